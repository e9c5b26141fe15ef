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
  /// A checksum summed up without the pseudo-header; of other fields the right value.
  case withoutPseudoHeader
}

/// One layer of a crafted packet: what isn't said is computed, what is said goes out as said.
public struct LayerTemplate: Hashable, Sendable {
  /// What the layer is.
  public var kind: LayerKind
  /// Settings by field name; a missing name means the field's default.
  public var fields: [String: FieldSetting]
  /// The elements of each list behind the header, by the list's key.
  public var lists: [String: [ElementTemplate]]
  /// Whether lists and their elements are padded to the alignment that the protocol needs.
  public var padsOptions: Bool
  /// The octets of `data`, `raw` and `trailer` layers; of others, octets behind the header.
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
    lists: [String: [ElementTemplate]] = [:],
    padsOptions: Bool = true,
    body: [UInt8] = [],
    quoted: [LayerTemplate] = [],
    truncate: Int? = nil
  ) {
    self.kind = kind
    self.fields = fields
    self.lists = lists
    self.padsOptions = padsOptions
    self.body = body
    self.quoted = quoted
    self.truncate = truncate
  }
}
