/// A value that is one text wherever it is encoded, as people write it.
public protocol TextCodable: Codable, CustomStringConvertible {
  /// The value of a text; nil for a text that is none.
  init?(text: String)
}

extension TextCodable {
  /// Decodes the text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let value = Self(text: text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is no \(Self.self)")
    }
    self = value
  }

  /// Encodes the text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension MACAddress: TextCodable {
  /// Takes `02:00:00:00:00:01`.
  public init?(text: String) { self.init(text) }
}

extension IPv4Address: TextCodable {
  /// Takes `192.0.2.1`.
  public init?(text: String) { self.init(text) }
}

extension IPv6Address: TextCodable {
  /// Takes the texts of RFC 4291 section 2.2.
  public init?(text: String) { self.init(text) }
}
