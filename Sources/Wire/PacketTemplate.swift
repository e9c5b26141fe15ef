/// A packet to be crafted: layers from the outside in.
///
/// What a layer doesn't say is computed from its neighbours (EtherType, protocol numbers, lengths, checksums) or is
/// the field's default; what it says goes out as said.
///
/// ```
/// let template = PacketTemplate([
///   LayerTemplate(.ipv4, fields: ["source": .given(.ipv4(tester)), "destination": .given(.ipv4(target))]),
///   LayerTemplate(.icmpv4, fields: ["type": .given(.number(8)), "checksum": .offByOne]),
/// ])
/// let bytes = try template.encode().bytes   // 28 octets
/// ```
public struct PacketTemplate: Hashable, Sendable {
  /// The layers, outermost first; the first may be of any kind.
  public var layers: [LayerTemplate]

  /// A packet of these layers, outermost first.
  public init(_ layers: [LayerTemplate]) { self.layers = layers }

  /// Works out the octets.
  ///
  /// - Throws: `EncodingError` for an unknown layer or field, and for a value which the field can't hold.
  public func encode() throws(EncodingError) -> EncodedPacket {
    var encoder = PacketEncoder()
    try encoder.append(layers, depth: 0)
    return encoder.finish()
  }
}

/// A crafted packet: its octets, and where each layer lies in them.
public struct EncodedPacket: Hashable, Sendable {
  /// The octets as they go on the wire, without the frame check sequence.
  public var bytes: [UInt8]
  /// The layers in wire order; layers which `truncate` cut away entirely are missing.
  public var spans: [LayerSpan]

  /// Puts octets and spans together.
  public init(bytes: [UInt8], spans: [LayerSpan]) {
    self.bytes = bytes
    self.spans = spans
  }
}

/// Where a layer lies in a crafted packet.
public struct LayerSpan: Hashable, Sendable {
  /// The kind of layer.
  public var kind: LayerKind
  /// The header with its options; for `data` and `raw` all octets, for `quote` all octets with their padding.
  public var range: Range<Int>
  /// 0 for the packet itself, 1 for the packet which it quotes.
  public var depth: Int
  /// Which of its kind's lists the layer carries, where there are several.
  public var list: Int

  /// Puts kind, place and depth together.
  public init(kind: LayerKind, range: Range<Int>, depth: Int, list: Int = 0) {
    self.kind = kind
    self.range = range
    self.depth = depth
    self.list = list
  }
}

/// Why a template can't be encoded.
public struct EncodingError: Error, Hashable, CustomStringConvertible {
  /// The layer which is at fault.
  public var layer: LayerKind
  /// The field which is at fault; nil if it is the layer itself.
  public var field: String?
  /// What is wrong, for example `70000 doesn't fit 16 bits`.
  public var message: String

  /// Puts layer, field and message together.
  public init(layer: LayerKind, field: String?, message: String) {
    self.layer = layer
    self.field = field
    self.message = message
  }

  /// `ipv4.ttl: 300 doesn't fit 8 bits`.
  public var description: String { "\(layer)\(field.map { "." + $0 } ?? ""): \(message)" }
}
