internal import Craft
internal import Wire

/// A number which a trial puts where the target must copy it: what makes an answer recognisable.
enum Tag: Hashable {
  /// Identifier of an ICMP query, or identification of a datagram.
  case identifier(UInt64)
  /// A UDP or TCP port of ours.
  case port(UInt64)

  /// The tags of a trial, its control probe's among them.
  static func all(of endpoints: Endpoints) -> Set<Tag> {
    [
      .identifier(UInt64(endpoints.id)), .identifier(UInt64(~endpoints.id)),
      .port(UInt64(endpoints.port)),
    ]
  }

  /// What in a frame may be a tag: in its own transport header, and in the packet that it quotes.
  static func all(in frame: Dissection) -> Set<Tag> {
    var result: Set<Tag> = []
    for (layers, isQuoted) in [(frame.layers, false), (frame.quote, true)] {
      for layer in layers {
        switch layer.kind {
        case .icmpv4, .icmpv6: layer.number("identifier").map { _ = result.insert(.identifier($0)) }
        case .udp, .tcp:
          for field in ["destination-port", "source-port"] {
            layer.number(field).map { _ = result.insert(.port($0)) }
          }
        // The target numbers its own datagrams, but it quotes the numbers of ours.
        case .ipv4, .fragment:
          if isQuoted { layer.number("identification").map { _ = result.insert(.identifier($0)) } }
        default: continue
        }
      }
    }
    return result
  }
}
