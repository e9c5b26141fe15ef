/// How one field of a crafted packet gets its value.
public enum FieldSetting: Hashable, Sendable {
  /// Goes out as given, right or wrong; numbers must fit the field's width.
  case given(FieldValue)
  /// The right value plus a difference, modulo the field's width: lengths that lie by a little.
  case computedPlus(Int)
  /// A value that differs from the right one in several bits: `checksum: wrong`.
  case wrong
  /// The right checksum plus one in one's complement arithmetic, so that it is never right by wrap-around.
  case offByOne
  /// The bitwise complement of the right value.
  case complement
}

/// One option of IPv4, TCP, an IPv6 options header, or neighbour discovery.
///
/// Lengths count as the protocol counts them (octets with or without the header, or units of eight).
public struct OptionTemplate: Hashable, Sendable {
  /// The option's type octet.
  public var type: UInt8
  /// The length octet: nil is computed, a value goes out as given.
  public var length: UInt8?
  /// What follows type and length.
  public var body: [UInt8]
  /// False for the single-octet options (End of List, No Operation, Pad1).
  public var hasLength: Bool

  /// An option with its octets; `length` nil is computed.
  public init(type: UInt8, length: UInt8? = nil, body: [UInt8] = [], hasLength: Bool = true) {
    self.type = type
    self.length = length
    self.body = body
    self.hasLength = hasLength
  }
}

/// One layer of a crafted packet: what isn't said is computed, what is said goes out as said.
public struct LayerTemplate: Hashable, Sendable {
  /// What the layer is.
  public var kind: LayerKind
  /// Settings by field name; a missing name means the field's default.
  public var fields: [String: FieldSetting]
  /// Options, for kinds that have them; padded to the protocol's alignment unless `padsOptions` is false.
  public var options: [OptionTemplate]
  /// Whether options are padded to the alignment the header needs.
  public var padsOptions: Bool
  /// The octets of `data` and `raw` layers.
  public var body: [UInt8]
  /// The packet inside a `quote` layer, its own lengths and checksums computed as for a whole packet.
  public var quoted: [LayerTemplate]
  /// Keep only this many octets of this layer and what it carries, before enclosing lengths and checksums
  /// (and this layer's own) are computed; for `quote`, of the quoted packet.
  public var truncate: Int?

  /// A layer which says only what is passed here.
  public init(
    _ kind: LayerKind,
    fields: [String: FieldSetting] = [:],
    options: [OptionTemplate] = [],
    padsOptions: Bool = true,
    body: [UInt8] = [],
    quoted: [LayerTemplate] = [],
    truncate: Int? = nil
  ) {
    self.kind = kind
    self.fields = fields
    self.options = options
    self.padsOptions = padsOptions
    self.body = body
    self.quoted = quoted
    self.truncate = truncate
  }
}
