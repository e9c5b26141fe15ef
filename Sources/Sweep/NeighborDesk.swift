internal import Capture
internal import Suite
internal import Wire

/// Answers ARP requests and neighbor solicitations for the hosts that a sweep plays, and notes who answers theirs.
struct NeighborDesk: Sendable {
  private var macs: [Arm: [FieldValue: MACAddress]] = [:]
  /// Ethernet addresses of the target, by side, as far as it said them.
  private(set) var targets: [Arm: MACAddress] = [:]
  /// Addresses of ours whose questions were answered.
  private(set) var answered: [Arm: Set<FieldValue>] = [:]

  /// Who is answered for.
  init(_ hosts: [SweepHost]) {
    for host in hosts {
      for version in IPVersion.allCases {
        if let address = host.address(version) { macs[host.arm, default: [:]][address] = host.mac }
      }
    }
  }

  /// Looks at a frame; returns the answer that it asks for.
  mutating func take(_ frame: CapturedFrame) -> [UInt8]? {
    // Only ARP, and IPv6 with a fixed next header of ICMPv6, can be any of it.
    guard frame.bytes.count >= 42 else { return nil }
    let type = UInt16(frame.bytes[12]) << 8 | UInt16(frame.bytes[13])
    switch type {
    case 0x0806: return takeARP(Dissection(frame.bytes), at: frame.arm)
    case 0x86dd:
      // Solicitation and advertisement.
      guard frame.bytes.count > 54, frame.bytes[20] == 58, (135...136).contains(frame.bytes[54]) else {
        return nil
      }
      return takeDiscovery(Dissection(frame.bytes), at: frame.arm)
    default: return nil
    }
  }

  private mutating func takeARP(_ frame: Dissection, at arm: Arm) -> [UInt8]? {
    guard let arp = frame.layer(.arp), case .mac(let asker)? = arp.value(of: "sender-mac"),
      case .ipv4(let askerAddress)? = arp.value(of: "sender-ip"),
      case .ipv4(let wanted)? = arp.value(of: "target-ip"), let own = macs[arm]?[.ipv4(wanted)]
    else { return nil }
    if arp.number("operation") == 2 {
      // What we say ourselves is seen, too.
      if macs[arm]?[.ipv4(askerAddress)] == nil { note(asker, at: arm, asked: .ipv4(wanted)) }
      return nil
    }
    guard arp.number("operation") == 1 else { return nil }
    return try? NeighborMessage.reply(from: own, wanted, to: asker, askerAddress)
  }

  private mutating func takeDiscovery(_ frame: Dissection, at arm: Arm) -> [UInt8]? {
    guard let icmp = frame.layer(.icmpv6), let ip = frame.layer(.ipv6),
      case .ipv6(let target)? = icmp.value(of: "target"),
      case .ipv6(let asker)? = ip.value(of: "source"),
      case .mac(let source)? = frame.layer(.ethernet)?.value(of: "source")
    else { return nil }
    if icmp.number("type") == 136 {
      if let destination = ip.value(of: "destination"), macs[arm]?[destination] != nil,
        macs[arm]?[.ipv6(target)] == nil
      {
        note(source, at: arm, asked: destination)
      }
      return nil
    }
    guard let own = macs[arm]?[.ipv6(target)], !asker.isUnspecified else { return nil }
    return try? NeighborMessage.advertisement(from: own, target, to: source, asker)
  }

  private mutating func note(_ mac: MACAddress, at arm: Arm, asked: FieldValue) {
    targets[arm] = mac
    answered[arm, default: []].insert(asked)
  }
}
