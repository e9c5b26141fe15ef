/// A frame taken apart into layers, with remarks about what is inconsistent in it.
///
/// Any octets at all give a dissection: what isn't understood, or isn't there, ends in a `data` layer.
///
/// ```
/// let dissection = Dissection(frame)
/// dissection.layer(.icmpv4)?.number("type")              // 3
/// dissection.quotedLayer(.udp)?.number("source-port")    // 40000
/// dissection.remarks.map(\.text)                         // ["ICMPv4: checksum is 0x0000, computed 0x8efe (octet 36)"]
/// ```
public struct Dissection: Sendable {
  /// The layers, outermost first; the packet inside an ICMP message is one `quote` layer here.
  public let layers: [LayerView]
  /// The layers of the packet inside an ICMP error or redirect, often truncated; empty if there is none.
  public let quote: [LayerView]
  /// What is inconsistent, in wire order of the layers.
  public let remarks: [Remark]

  /// Takes an Ethernet frame apart.
  public init(_ frame: [UInt8]) { self.init(packet: frame, as: .ethernet) }

  /// Takes octets apart which begin with a layer of this kind.
  ///
  /// Checksums which need a pseudo-header are checked only where an IP header is there.
  public init(packet: [UInt8], as kind: LayerKind) {
    var dissector = Dissector(packet)
    dissector.dissect(Dissector.Step(kind: kind, range: 0..<packet.count))
    layers = dissector.layers
    quote = dissector.quote
    remarks = dissector.remarks
  }

  /// The outermost layer of a kind.
  public func layer(_ kind: LayerKind) -> LayerView? { layers.first { $0.kind == kind } }

  /// The octets of the frame behind the packet that it carries: padding, or what an expectation calls `trailer`.
  public var trailer: ArraySlice<UInt8> {
    guard let link = layers.first else { return [] }
    let network = layers.first { $0.kind != .ethernet && $0.kind != .vlan && $0.kind != .data } ?? link
    let end = max(network.header.upperBound, network.payload.upperBound)
    return end <= link.frame.count ? link.frame[end...] : []
  }

  /// The outermost layer of a kind in the quoted packet.
  public func quotedLayer(_ kind: LayerKind) -> LayerView? { quote.first { $0.kind == kind } }
}
