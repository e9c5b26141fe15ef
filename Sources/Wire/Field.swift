/// One field of a header: where it lies, how it is written, what its values are called.
///
/// The fields of all protocols form one table. Decoding, encoding, the suite language, annotated hex
/// dumps, the field-by-field difference of a failure and the JSON Schema all read it.
public struct Field: Sendable, Hashable {
  /// How a value is written for people.
  public enum Format: Sendable, Hashable { case decimal, hexadecimal, flag, mac, ipv4, ipv6 }

  /// What the encoder puts there when a template says nothing.
  public enum Default: Sendable, Hashable {
    /// A constant.
    case constant(UInt64)
    /// Worked out from the rest of the packet: a length, a checksum, the protocol of what follows.
    case computed
    /// An address which only the plan knows (the persona's, the target's); zero when nobody says it.
    case address
  }

  /// The name in suites and reports, for example `header-checksum`.
  public let name: String
  /// Distance of the first bit from the start of the header.
  public let bitOffset: Int
  /// Number of bits, 1 to 128.
  public let bitWidth: Int
  /// How a value is written.
  public let format: Format
  /// The value when a template says nothing.
  public let byDefault: Default
  /// Names of values, both ways; nil where values have none.
  public let names: NameTable?
  /// One line of explanation with its source.
  ///
  /// For example `Routers that the datagram may still pass [RFC 791 3.1].`
  public let summary: String

  /// Declares a field; `bits` counts from the start of the header.
  public init(
    _ name: String,
    bits: Range<Int>,
    format: Format = .decimal,
    byDefault: Default = .constant(0),
    names: NameTable? = nil,
    summary: String
  ) {
    self.name = name
    self.bitOffset = bits.lowerBound
    self.bitWidth = bits.count
    self.format = format
    self.byDefault = byDefault
    self.names = names
    self.summary = summary
  }
}
