public import Wire

/// Who the parties of a captured exchange are in a trial: its sender is the tester, its receiver the target.
public struct Rebinding: Sendable {
  /// Variables by the addresses which they stand for.
  private var names: [String: String] = [:]
  /// The layers whose checksums are wrong for sure.
  private let spoiled: Set<String>
  /// The Ethernet address that the packet goes to if nobody says another.
  private var usualDestination = "$target.mac"

  /// Takes the parties from a packet that the tester sent.
  ///
  /// - Parameters:
  ///   - packet: The packet, or a fragment of it.
  ///   - hosts: The addresses of those who sent anything, which are no broadcast addresses.
  public init(_ packet: Dissection, hosts: Set<FieldValue>) {
    spoiled = Set(packet.remarks.filter { $0.kind == .checksum && !$0.isQuoted }.map(\.layer.rawValue))
    let link = packet.layer(.ethernet)
    guard let network = packet.network else { return }
    let isARP = network.kind == .arp
    // Where both are the same, the packet claims to come from the target.
    var parties = [
      ("tester", link?.value(of: "source"), network.value(of: isARP ? "sender-ip" : "source")),
      ("target", link?.value(of: "destination"), network.value(of: isARP ? "target-ip" : "destination")),
    ]
    let isBroadcast = link?.value(of: "destination") == .mac(.broadcast) && network.kind == .ipv4
    if isBroadcast, let address = parties[1].2, !hosts.contains(address) {
      names[address.description] = "$broadcast"
      parties[1].2 = nil
    }
    switch parties[1].2 {
    case nil: usualDestination = MACAddress.broadcast.description
    case .ipv4 where isARP:
      if network.number("operation") == 1 { usualDestination = MACAddress.broadcast.description }
    case .ipv4(let group) where group.isMulticast:
      usualDestination = MACAddress(multicastFor: group).description
    case .ipv4(let all) where all.isLimitedBroadcast: usualDestination = MACAddress.broadcast.description
    case .ipv6(let group) where group.isMulticast:
      usualDestination = MACAddress(multicastFor: group).description
    default: break
    }
    for (party, mac, address) in parties {
      if let mac { name(mac, party) }
      if let address { name(address, party) }
    }
    // Who asks for an address asks the target, through a group.
    if let asked = packet.message?.value(of: "target"), packet.message?.number("type") == 135 {
      name(asked, "target")
    }
  }

  private mutating func name(_ address: FieldValue, _ party: String) {
    switch address {
    case .mac(let mac):
      if !mac.isMulticast, mac.rawValue != 0 { names[address.description] = "$\(party).mac" }
    case .ipv4(let ipv4):
      if !ipv4.isMulticast, !ipv4.isLimitedBroadcast, ipv4 != .unspecified {
        names[address.description] = "$\(party)"
      }
    case .ipv6(let ipv6):
      if ipv6.isMulticast || ipv6 == .unspecified { return }
      names[address.description] = "$\(party).\(ipv6.isLinkLocal ? "link-local" : "ipv6")"
      names[ipv6.solicitedNodeMulticast.description] =
        "$\(party).\(ipv6.isLinkLocal ? "link-local-" : "")solicited-node"
    case .number, .octets: break
    }
  }

  /// A step or list of layers with variables in the place of the parties' addresses.
  public func renamed(_ text: YAMLText) -> YAMLText {
    switch text {
    case .scalar(let word): .scalar(names[word] ?? word)
    case .literal: text
    case .list(let items): .list(items.map(renamed))
    case .items(let items): .items(items.map(renamed))
    case .mapping(let entries): .mapping(entries.map(renamed))
    case .entries(let entries): .entries(entries.map(renamed))
    case .commented(let comments, let isApart, let inner):
      .commented(comments, isApart: isApart, renamed(inner))
    }
  }

  private func renamed(_ entry: YAMLText.Entry) -> YAMLText.Entry {
    entry.key == "text" ? entry : .init(entry.key, renamed(entry.value))
  }

  /// The layers of a packet as the trial's tester would send it: without what every trial has of its own.
  public func packet(_ layers: YAMLText) -> YAMLText {
    guard case .items(let items) = renamed(layers) else { return layers }
    return .items(items.compactMap { layer($0) })
  }

  private func layer(_ text: YAMLText) -> YAMLText? {
    guard case .entries(let head) = text, let name = head.first?.key,
      case .mapping(let fields)? = head.first?.value
    else { return text }
    let own = Set(PersonaFields.names(of: LayerKind(rawValue: name)))
    let kept = fields.compactMap { field -> YAMLText.Entry? in
      if own.contains(field.key), isUsual(field, of: name) { return nil }
      let isSpoiled = spoiled.contains(name) && field.key.hasSuffix("checksum")
      return isSpoiled && field.value != .scalar("0x0000") ? .init(field.key, "wrong") : field
    }
    if kept.isEmpty { return name == LayerKind.ethernet.rawValue ? nil : .scalar(name) }
    return .entries([.init(name, .mapping(kept))])
  }

  /// Whether a field that the trial fills in gets what it has here, or something that serves as well.
  private func isUsual(_ field: YAMLText.Entry, of layer: String) -> Bool {
    guard case .scalar(let value) = field.value else { return false }
    switch (layer, field.key) {
    case ("ethernet", "source"): return value == "$tester.mac"
    case ("ethernet", "destination"): return value == usualDestination
    case ("arp", "sender-mac"): return value == "$tester.mac"
    case ("arp", "sender-ip"), ("ipv4", "source"): return value == "$tester"
    case ("arp", "target-ip"), ("ipv4", "destination"): return value == "$target"
    case ("ipv6", "source"): return value == "$tester.ipv6"
    case ("ipv6", "destination"): return value == "$target.ipv6"
    case (_, "identification"), (_, "identifier"), (_, "flow-label"), (_, "source-port"): return true
    default: return false
    }
  }
}
