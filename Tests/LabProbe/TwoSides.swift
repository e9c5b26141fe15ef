import Capture
import Lab
import Link
import Suite
import Wire

/// A lab whose target has two sides, with a host of ours on each.
struct TwoSides {
  /// What the target did with a packet.
  struct Answer {
    var arm: Arm
    var frame: Dissection

    /// Where it was seen, its TTL or hop limit, and what it was.
    var text: String {
      let ip = frame.layer(.ipv4) ?? frame.layer(.ipv6)
      let limit = ip?.number("ttl") ?? ip?.number("hop-limit") ?? 0
      return "\(arm.rawValue) \(limit) \(frame.summary)"
    }
  }

  let lab: OpenLab
  let link: PairedLink
  private let target: TargetDescription

  /// Opens the lab that the arguments name; nil if its target has one side.
  init?(_ arguments: Arguments) throws {
    lab = try Lab.open(arguments.lab, rulesets: arguments.rulesets)
    guard let far = lab.farInterface else { return nil }
    link = PairedLink(
      near: try LiveLink(interface: lab.interface),
      far: try LiveLink(interface: far, arm: .far)
    )
    target = lab.targetDescription
  }

  /// Sends a packet and waits for what becomes of it: the first answer, or none until well after a later question was answered.
  ///
  /// - Parameters:
  ///   - layers: the packet from its IP layer on.
  ///   - arm: the side on which it is sent.
  /// - Returns: what the target sent because of it, on both sides.
  /// - Throws: what the links throw.
  func answers(to layers: [LayerTemplate], at arm: Arm) throws -> [Answer] {
    let sent = try frame(layers, at: arm)
    let control = try frame(Self.control, at: .near)
    try link.send([sent], at: arm)
    try link.send([control], at: .near)
    var answers: [Answer] = []
    var deadline = link.now() + .seconds(3)
    var isSettling = false
    while link.now() < deadline {
      var resolutions: [(Arm, [UInt8])] = []
      try link.receive(until: deadline) { captured in
        let seen = Dissection(captured.bytes)
        guard case .mac(let source)? = seen.layer(.ethernet)?.value(of: "source"), isTarget(source) else {
          return
        }
        if let answer = resolution(of: seen, at: captured.arm) {
          resolutions.append((captured.arm, answer))
        } else if seen.layer(.icmpv4)?.number("identifier") == Self.controlIdentifier {
          if !isSettling { deadline = min(deadline, link.now() + .milliseconds(150)) }
          isSettling = true
        } else if Self.isTraffic(seen) {
          answers.append(Answer(arm: captured.arm, frame: seen))
          deadline = min(deadline, link.now() + .milliseconds(20))
        }
      }
      for (arm, answer) in resolutions { try link.send([answer], at: arm) }
    }
    return answers
  }

  /// Asks the target itself, on the near side.
  private static let control = [
    ip4("192.0.2.99", "192.0.2.1"), LayerTemplate(.icmpv4, fields: ["identifier": .given(.number(0xc0c0))]),
  ]
  private static let controlIdentifier: UInt64 = 0xc0c0

  /// What the target says of its own accord is nobody's answer.
  private static func isTraffic(_ frame: Dissection) -> Bool {
    if let type = frame.layer(.icmpv6)?.number("type") { return !(130...143).contains(type) }
    return frame.layer(.arp) == nil && (frame.layer(.ipv4) ?? frame.layer(.ipv6)) != nil
      && frame.layer(.ipv4)?.number("protocol") != 2
  }

  private func isTarget(_ mac: MACAddress) -> Bool { mac == target.near.mac || mac == target.far?.mac }

  private func frame(_ layers: [LayerTemplate], at arm: Arm) throws -> [UInt8] {
    let mac = (arm == .near ? target.near.mac : target.far?.mac) ?? MACAddress(rawValue: 0)
    let ethernet = LayerTemplate(
      .ethernet,
      fields: ["source": .given(.mac(Self.mac(arm))), "destination": .given(.mac(mac))]
    )
    return try PacketTemplate([ethernet] + layers).encode().bytes
  }

  /// All hosts on a side have one Ethernet address.
  private static func mac(_ arm: Arm) -> MACAddress {
    MACAddress(rawValue: arm == .near ? 0x0200_0000_0016 : 0x0200_0000_0116)
  }

  /// The answer to a question for any host's Ethernet address.
  private func resolution(of frame: Dissection, at arm: Arm) -> [UInt8]? {
    let mac = FieldSetting.given(.mac(Self.mac(arm)))
    if let arp = frame.layer(.arp), arp.number("operation") == 1, let wanted = arp.value(of: "target-ip"),
      let asker = arp.value(of: "sender-ip")
    {
      let reply = LayerTemplate(
        .arp,
        fields: [
          "operation": .given(.number(2)), "sender-mac": mac, "sender-ip": .given(wanted),
          "target-ip": .given(asker),
        ]
      )
      return try? self.frame([reply], at: arm)
    }
    guard let icmp = frame.layer(.icmpv6), icmp.number("type") == 135, let wanted = icmp.value(of: "target"),
      let asker = frame.layer(.ipv6)?.value(of: "source")
    else { return nil }
    let ip = LayerTemplate(
      .ipv6,
      fields: ["source": .given(wanted), "destination": .given(asker), "hop-limit": .given(.number(255))]
    )
    let advertisement = LayerTemplate(
      .icmpv6,
      fields: [
        "type": .given(.number(136)), "solicited": .given(.number(1)), "override": .given(.number(1)),
        "target": .given(wanted),
      ]
    )
    let options = LayerTemplate(
      .ndpOptions,
      lists: ["options": [ElementTemplate("target-link-layer", ["address": mac])]]
    )
    return try? self.frame([ip, advertisement, options], at: arm)
  }
}

/// An IPv4 header; addresses that are none stay out of it.
func ip4(_ source: String, _ destination: String, dontFragment: Bool = false) -> LayerTemplate {
  var layer = LayerTemplate(.ipv4, fields: ["dont-fragment": .given(.number(dontFragment ? 1 : 0))])
  layer.fields["source"] = IPv4Address(source).map { .given(.ipv4($0)) }
  layer.fields["destination"] = IPv4Address(destination).map { .given(.ipv4($0)) }
  return layer
}

/// An IPv6 header.
func ip6(_ source: String, _ destination: String) -> LayerTemplate {
  var layer = LayerTemplate(.ipv6)
  layer.fields["source"] = IPv6Address(source).map { .given(.ipv6($0)) }
  layer.fields["destination"] = IPv6Address(destination).map { .given(.ipv6($0)) }
  return layer
}
