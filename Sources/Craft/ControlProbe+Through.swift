internal import Suite
public import Wire

/// Control probes on the far side of a target: they come out there, and a persona answers them.
extension ControlProbe {
  /// Whether a frame is a request of a probe that goes through a target, as it comes out on the far side; a NAT may have
  /// changed who asks and with which identifier.
  public static func isPassedOn(_ frame: Dissection) -> Bool { echo(in: frame, isReply: false) != nil }

  /// Whether a frame is a persona's answer to such a request.
  public static func isPersonasReply(_ frame: Dissection) -> Bool { echo(in: frame, isReply: true) != nil }

  /// The persona's answer to a request that came out on the far side; nil for other frames.
  ///
  /// - Parameter frame: The request as captured there.
  /// - Returns: The whole frame to be sent there.
  public static func reply(to frame: Dissection) -> [UInt8]? {
    guard let (ip, icmp) = echo(in: frame, isReply: false), let ethernet = frame.layer(.ethernet),
      let asked = ethernet.value(of: "destination"), let asker = ethernet.value(of: "source"),
      let source = ip.value(of: "destination"), let destination = ip.value(of: "source"),
      let identifier = icmp.value(of: "identifier"), let sequence = icmp.value(of: "sequence")
    else { return nil }
    func layer(_ kind: LayerKind, _ fields: [String: FieldValue]) -> LayerTemplate {
      LayerTemplate(kind, fields: fields.mapValues { .given($0) })
    }
    let type: UInt64 = icmp.kind == .icmpv4 ? 0 : 129
    let packet = PacketTemplate([
      layer(.ethernet, ["source": asked, "destination": asker]),
      layer(ip.kind, ["source": source, "destination": destination]),
      layer(icmp.kind, ["type": .number(type), "identifier": identifier, "sequence": sequence]),
      LayerTemplate(.data, body: data),
    ])
    return try? packet.encode().bytes
  }

  private static func echo(in frame: Dissection, isReply: Bool) -> (ip: LayerView, icmp: LayerView)? {
    for (network, kind, type) in [
      (LayerKind.ipv4, LayerKind.icmpv4, UInt64(isReply ? 0 : 8)), (.ipv6, .icmpv6, isReply ? 129 : 128),
    ] {
      guard let ip = frame.layer(network), let icmp = frame.layer(kind), icmp.number("type") == type,
        icmp.number("code") == 0, frame.layer(.data).map({ Array($0.bytes) }) == data, frame.remarks.isEmpty
      else { continue }
      return (ip, icmp)
    }
    return nil
  }
}
