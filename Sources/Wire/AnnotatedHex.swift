/// Hex dumps for people: each layer under its name, each field with its octets and its value.
///
/// ```
/// ICMPv4 echo-request, octets 34 to 41
///   0022  08                       type = 8 (echo-request)
///   0023  00                       code = 0
///   0024  8e fe                    checksum = 0x8efe
/// ```
public enum AnnotatedHex {
  /// Renders a crafted packet by its template's layers, whatever the octets would be taken for.
  public static func render(_ packet: EncodedPacket) -> String {
    let items = packet.spans.map { span in
      let end = packet.bytes.count
      let isQuote = span.kind == .quote
      let header = isQuote ? span.range.lowerBound..<span.range.lowerBound : span.range
      return HexDump.Item(
        view: LayerView(
          span.kind,
          frame: packet.bytes,
          header: header,
          payload: isQuote ? span.range : span.range.upperBound..<end,
          list: span.list
        ),
        depth: span.depth
      )
    }
    var dump = HexDump(bytes: packet.bytes)
    dump.write(items)
    return dump.text
  }

  /// Renders octets as a dissection sees them, with its remarks beside the fields they are about.
  public static func render(_ dissection: Dissection) -> String {
    var dump = HexDump(bytes: dissection.layers.first?.frame ?? [])
    dump.remarks = dissection.remarks
    var items = dissection.layers.map { HexDump.Item(view: $0, depth: 0) }
    let quoted = dissection.quote.map { HexDump.Item(view: $0, depth: 1) }
    if let place = items.firstIndex(where: { $0.view.kind == .quote }) {
      items.insert(contentsOf: quoted, at: place + 1)
    }
    dump.write(items)
    return dump.text
  }

  /// Renders octets which begin with a layer of this kind.
  public static func render(_ bytes: [UInt8], as kind: LayerKind = .ethernet) -> String {
    render(Dissection(packet: bytes, as: kind))
  }
}
