/// One element of a list in a crafted packet: what isn't said is computed or the default, what is said goes out as said.
///
/// ```
/// ElementTemplate("mtu", ["mtu": .given(.number(1280))])
/// ElementTemplate("lsrr", parts: ["addresses": .values([.ipv4(hop)])])
/// ElementTemplate.literal(type: 0x5e, data: [1, 2])
/// ```
public struct ElementTemplate: Hashable, Sendable {
  /// The element's name in its list; empty for one by its numbers or octets.
  public var name: String
  /// Settings by field name; a missing name means the field's default.
  public var fields: [String: FieldSetting]
  /// What follows the fields, by key; a missing key means nothing, or as many empty entries as are usual.
  public var parts: [String: ElementContent]
  /// Keep only this many octets of the element, before its own length is computed.
  public var truncate: Int?

  /// An element which says only what is passed here.
  public init(
    _ name: String,
    _ fields: [String: FieldSetting] = [:],
    parts: [String: ElementContent] = [:],
    truncate: Int? = nil
  ) {
    self.name = name
    self.fields = fields
    self.parts = parts
    self.truncate = truncate
  }

  /// An element by its numbers; `length` nil is computed.
  public static func literal(type: UInt8, length: UInt8? = nil, data: [UInt8] = []) -> ElementTemplate {
    var fields: [String: FieldSetting] = ["type": .given(.number(UInt64(type)))]
    if let length { fields["length"] = .given(.number(UInt64(length))) }
    return ElementTemplate("", fields, parts: ["data": .octets(data)])
  }

  /// Octets as they are, without type or length.
  public static func octets(_ octets: [UInt8]) -> ElementTemplate {
    ElementTemplate("", parts: ["data": .octets(octets)])
  }

  /// The octets of an element without type or length; nil for all others.
  public var plainOctets: [UInt8]? {
    guard name.isEmpty, fields.isEmpty else { return nil }
    if case .octets(let octets)? = parts["data"] { return octets }
    return parts.isEmpty ? [] : nil
  }
}

/// What follows the fields of an element.
public enum ElementContent: Hashable, Sendable {
  /// Entries, each by its fields; a group is a single entry, and an address in it has the name `address`.
  case entries([[String: FieldSetting]])
  /// Octets, or the octets of a text.
  case octets([UInt8])
  /// Domain names, with dots between labels.
  case names([String])
  /// A packet, its own lengths and checksums computed as for a whole packet, of which so many octets are kept.
  case packet([LayerTemplate], truncate: Int? = nil)
}
