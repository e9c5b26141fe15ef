internal import Craft
internal import Wire

/// Answers ARP requests and neighbour solicitations for the personas, so that no kernel has a part in it.
struct NeighborResponder {
  /// The hosts of one side.
  private struct Side {
    var macOfIPv4: [IPv4Address: MACAddress] = [:]
    var macOfIPv6: [IPv6Address: MACAddress] = [:]
    /// Addresses of its gateway, which says that it is a router [RFC 4861 7.2.4].
    var routers: Set<IPv6Address> = []
  }

  private var sides: [Arm: Side] = [:]

  /// Who is answered for: all personas and the gateway.
  init(_ personas: Personas) {
    guard personas.answersNeighbors else { return }
    for seat in personas.seats {
      for host in [seat.tester, seat.tester2] { add(host, at: .near) }
      for host in [seat.far, seat.far2] { add(host, at: .far) }
    }
    add(personas.router, at: .near, isRouter: true)
    add(personas.farRouter, at: .far, isRouter: true)
  }

  private mutating func add(_ host: Host?, at arm: Arm, isRouter: Bool = false) {
    guard let host else { return }
    var side = sides[arm] ?? Side()
    if let address = host.ipv4 { side.macOfIPv4[address] = host.mac }
    if let address = host.ipv6 { side.macOfIPv6[address] = host.mac }
    if let address = host.linkLocal { side.macOfIPv6[address] = host.mac }
    if isRouter { side.routers = Set([host.ipv6, host.linkLocal].compactMap(\.self)) }
    sides[arm] = side
  }

  /// The frame that answers a request; nil when it asks for nobody here.
  func answer(to frame: Dissection, at arm: Arm = .near) -> [UInt8]? {
    guard let side = sides[arm] else { return nil }
    if let arp = frame.layer(.arp) { return arpReply(to: arp, side) }
    if let icmp = frame.layer(.icmpv6), icmp.number("type") == 135 { return advertisement(frame, icmp, side) }
    // A control probe that came through the target.
    if arm == .far, case .mac(let to)? = frame.layer(.ethernet)?.value(of: "destination"), isOwn(to, side) {
      return ControlProbe.reply(to: frame)
    }
    return nil
  }

  private func isOwn(_ mac: MACAddress, _ side: Side) -> Bool {
    side.macOfIPv4.values.contains(mac) || side.macOfIPv6.values.contains(mac)
  }

  /// ARP reply [RFC 826].
  private func arpReply(to request: LayerView, _ side: Side) -> [UInt8]? {
    guard request.number("operation") == 1, case .ipv4(let wanted)? = request.value(of: "target-ip"),
      let mac = side.macOfIPv4[wanted], let asker = request.value(of: "sender-mac"),
      let askerIP = request.value(of: "sender-ip")
    else { return nil }
    let ethernet = LayerTemplate(
      .ethernet,
      fields: ["source": .given(.mac(mac)), "destination": .given(asker)]
    )
    let reply = LayerTemplate(
      .arp,
      fields: [
        "operation": .given(.number(2)), "sender-mac": .given(.mac(mac)), "sender-ip": .given(.ipv4(wanted)),
        "target-mac": .given(asker), "target-ip": .given(askerIP),
      ]
    )
    return try? PacketTemplate([ethernet, reply]).encode().bytes
  }

  /// Neighbour advertisement, solicited and overriding [RFC 4861 7.2.4].
  private func advertisement(_ frame: Dissection, _ solicitation: LayerView, _ side: Side) -> [UInt8]? {
    guard case .ipv6(let wanted)? = solicitation.value(of: "target"), let mac = side.macOfIPv6[wanted],
      case .ipv6(let asker)? = frame.layer(.ipv6)?.value(of: "source"), !asker.isUnspecified,
      let askerMAC = frame.layer(.ethernet)?.value(of: "source")
    else { return nil }
    let ethernet = LayerTemplate(
      .ethernet,
      fields: ["source": .given(.mac(mac)), "destination": .given(askerMAC)]
    )
    let ip = LayerTemplate(
      .ipv6,
      fields: [
        "source": .given(.ipv6(wanted)), "destination": .given(.ipv6(asker)),
        "hop-limit": .given(.number(255)),
      ]
    )
    let icmp = LayerTemplate(
      .icmpv6,
      fields: [
        "type": .given(.number(136)), "router": .given(.number(side.routers.contains(wanted) ? 1 : 0)),
        "solicited": .given(.number(1)), "override": .given(.number(1)),
        "target": .given(.ipv6(wanted)),
      ]
    )
    let options = LayerTemplate(
      .ndpOptions,
      lists: ["options": [ElementTemplate("target-link-layer", ["address": .given(.mac(mac))])]]
    )
    return try? PacketTemplate([ethernet, ip, icmp, options]).encode().bytes
  }
}
