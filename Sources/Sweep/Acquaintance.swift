internal import Capture
internal import Suite
internal import Wire

/// Makes the target and the hosts of a sweep known to each other, so that no probe waits for an Ethernet address.
struct Acquaintance {
  let cast: SweepCast
  let versions: [IPVersion]

  private static let attempts = 4
  private static let patience = Duration.milliseconds(250)

  /// Lets each host ask for the target's address, until all were answered or it's no use.
  ///
  /// - Returns: The target's Ethernet address on both sides.
  func make(_ hosts: [SweepHost], on wire: SweepWire) throws(SweepError) -> [Arm: MACAddress] {
    for _ in 0..<Self.attempts {
      let open = hosts.flatMap { host in questions(of: host, unanswered: wire.desk.answered[host.arm] ?? []) }
      if open.isEmpty { break }
      for arm in Arm.allCases {
        try wire.send(open.filter { $0.arm == arm }.map(\.frame), at: arm)
      }
      let deadline = wire.now() + Self.patience
      while wire.now() < deadline, !isDone(hosts, wire), !wire.isInterrupted {
        try wire.receive(until: deadline) { _ in false }
      }
      if isDone(hosts, wire) { break }
    }
    var found: [Arm: MACAddress] = [:]
    for arm in Arm.allCases {
      guard let mac = wire.desk.targets[arm] ?? cast.side(arm)?.mac else {
        let side = cast.side(arm)
        let asked = [side?.ipv4.map { "\($0)" }, side?.ipv6.map { "\($0)" }].compactMap(\.self)
        let addresses = asked.joined(separator: " or ")
        throw .unreachable("nobody on the \(arm.rawValue) side says it has \(addresses)")
      }
      found[arm] = cast.side(arm)?.mac ?? mac
    }
    return found
  }

  private func isDone(_ hosts: [SweepHost], _ wire: SweepWire) -> Bool {
    hosts.allSatisfy { host in
      versions.allSatisfy { version in
        host.address(version).map { wire.desk.answered[host.arm]?.contains($0) ?? false } ?? true
      }
    }
  }

  private func questions(
    of host: SweepHost,
    unanswered answered: Set<FieldValue>
  ) -> [(arm: Arm, frame: [UInt8])] {
    guard let side = cast.side(host.arm) else { return [] }
    var frames: [[UInt8]] = []
    if versions.contains(.v4), let own = host.ipv4, let target = side.ipv4, !answered.contains(.ipv4(own)),
      let frame = try? NeighborMessage.request(for: target, from: host.mac, own)
    {
      frames.append(frame)
    }
    if versions.contains(.v6), let own = host.ipv6, let target = side.ipv6, !answered.contains(.ipv6(own)),
      let frame = try? NeighborMessage.solicitation(for: target, from: host.mac, own)
    {
      frames.append(frame)
    }
    return frames.map { (host.arm, $0) }
  }
}
