public import Capture
internal import Craft
public import Link
public import Suite
public import Wire

/// Why a run could not begin.
public enum RunnerError: Error, Hashable, Sendable {
  /// The target answered neither ARP nor neighbour discovery; the text says what was asked.
  case targetUnreachable(String)
  /// The link failed before the first trial.
  case link(LinkError)
}

/// Finds the target's Ethernet address by ARP or neighbour discovery.
struct TargetResolution {
  let tester: Host
  let ipv4: IPv4Address?
  let ipv6: IPv6Address?
  let responder: NeighborResponder
  /// The side where it is looked for.
  var arm = Arm.near

  /// Asks up to four times, half a second apart; `record` gets every frame that is captured meanwhile.
  func resolve(on link: any Link, record: (CapturedFrame) -> Void) throws(RunnerError) -> MACAddress {
    do {
      for _ in 0..<4 {
        try link.send(requests, at: arm)
        let deadline = link.now() + .milliseconds(500)
        while link.now() < deadline {
          var found: MACAddress?
          var answers: [[UInt8]] = []
          try link.receive(until: deadline) { frame in
            record(frame)
            let dissection = Dissection(frame.bytes)
            guard frame.arm == arm else { return }
            found = found ?? address(in: dissection)
            if let answer = responder.answer(to: dissection, at: arm) { answers.append(answer) }
          }
          if !answers.isEmpty { try link.send(answers, at: arm) }
          if let found { return found }
          if SignalFlag.pending != nil { break }
        }
      }
    } catch {
      throw .link(error)
    }
    let asked = [ipv4.map { "\($0)" }, ipv6.map { "\($0)" }].compactMap { $0 }.joined(separator: " nor ")
    let interface = arm == .near ? link.interface : link.farInterface ?? link.interface
    throw .targetUnreachable("nobody on '\(interface.name)' says it has \(asked)")
  }

  /// The questions, one for each version of IP.
  var requests: [[UInt8]] { [arpRequest, solicitation].compactMap(\.self) }

  private var arpRequest: [UInt8]? {
    guard let target = ipv4, let source = tester.ipv4 else { return nil }
    let ethernet = LayerTemplate(
      .ethernet,
      fields: ["source": .given(.mac(tester.mac)), "destination": .given(.mac(.broadcast))]
    )
    let request = LayerTemplate(
      .arp,
      fields: [
        "operation": .given(.number(1)), "sender-mac": .given(.mac(tester.mac)),
        "sender-ip": .given(.ipv4(source)),
        "target-ip": .given(.ipv4(target)),
      ]
    )
    return try? PacketTemplate([ethernet, request]).encode().bytes
  }

  private var solicitation: [UInt8]? {
    guard let target = ipv6, let source = tester.ipv6 else { return nil }
    let group = target.solicitedNodeMulticast
    let ethernet = LayerTemplate(
      .ethernet,
      fields: [
        "source": .given(.mac(tester.mac)), "destination": .given(.mac(MACAddress(multicastFor: group))),
      ]
    )
    let ip = LayerTemplate(
      .ipv6,
      fields: [
        "source": .given(.ipv6(source)), "destination": .given(.ipv6(group)),
        "hop-limit": .given(.number(255)),
      ]
    )
    let icmp = LayerTemplate(
      .icmpv6,
      fields: ["type": .given(.number(135)), "target": .given(.ipv6(target))]
    )
    let options = LayerTemplate(
      .ndpOptions,
      lists: ["options": [ElementTemplate("source-link-layer", ["address": .given(.mac(tester.mac))])]]
    )
    return try? PacketTemplate([ethernet, ip, icmp, options]).encode().bytes
  }

  func address(in frame: Dissection) -> MACAddress? {
    if let arp = frame.layer(.arp), arp.number("operation") == 2, let ipv4,
      arp.value(of: "sender-ip") == .ipv4(ipv4), case .mac(let mac)? = arp.value(of: "sender-mac")
    {
      return mac
    }
    if let icmp = frame.layer(.icmpv6), icmp.number("type") == 136, let ipv6,
      icmp.value(of: "target") == .ipv6(ipv6),
      case .mac(let mac)? = frame.layer(.ethernet)?.value(of: "source")
    {
      return mac
    }
    return nil
  }
}

extension Personas {
  /// Asks for the Ethernet address behind a target's IP addresses, as the first persona.
  ///
  /// - Parameters:
  ///   - target: Whose address is wanted.
  ///   - link: Where to ask.
  ///   - arm: On which side.
  ///   - record: Gets every frame that is captured meanwhile.
  /// - Returns: The Ethernet address.
  /// - Throws: `RunnerError.targetUnreachable` if nobody answers.
  public func resolve(
    _ target: TargetDescription,
    on link: any Link,
    at arm: Arm = .near,
    record: (CapturedFrame) -> Void = { _ in }
  ) throws(RunnerError) -> MACAddress {
    let side = arm == .near ? target.near : target.far ?? target.near
    guard let first = seats.first, let tester = arm == .near ? first.tester : first.far else {
      throw .targetUnreachable("there is no tester address")
    }
    let resolution = TargetResolution(
      tester: tester,
      ipv4: side.ipv4,
      ipv6: side.ipv6,
      responder: NeighborResponder(self),
      arm: arm
    )
    return try resolution.resolve(on: link, record: record)
  }
}
