import Craft
import Suite
import Wire

/// Names for addresses, so that runs as different personas can be compared.
struct Parties {
  private var names: [FieldValue: String] = [:]

  init(target: Host, gateway: TargetDescription.Gateway?) {
    names[.mac(target.mac)] = "target"
    if let ipv4 = target.ipv4 { names[.ipv4(ipv4)] = "target" }
    if let ipv6 = target.ipv6 { names[.ipv6(ipv6)] = "target" }
    if let linkLocal = target.linkLocal { names[.ipv6(linkLocal)] = "target's link-local address" }
    if let ipv4 = gateway?.ipv4 { names[.ipv4(ipv4)] = "gateway" }
    if let ipv6 = gateway?.ipv6 { names[.ipv6(ipv6)] = "gateway" }
    names[.mac(MACAddress(rawValue: Self.gatewayMAC))] = "gateway"
  }

  /// The same with the senders of stimuli.
  func with(senders stimuli: [Dissection]) -> Parties {
    var copy = self
    for (number, frame) in stimuli.enumerated() {
      let name = number == 0 ? "sender" : "sender of another"
      for view in frame.layers where [.ethernet, .ipv4, .ipv6].contains(view.kind) {
        guard let source = view.value(of: "source"), copy.names[source] == nil else { continue }
        copy.names[source] = name
      }
    }
    return copy
  }

  /// What an address is called: its own text where it is nobody's in particular.
  func name(of address: FieldValue) -> String {
    if let name = names[address] { return name }
    switch address {
    case .mac(let mac) where mac.rawValue & ~0xffff == Self.personaMACs: return "another persona"
    case .ipv4(let ipv4) where Self.personas4.contains(ipv4.rawValue): return "another persona"
    case .ipv4(let ipv4) where [Self.strangers4, Self.moreStrangers4].contains(ipv4.rawValue >> 8):
      return "a stranger"
    case .ipv6(let ipv6) where ipv6.high == Self.personas6 && ipv6.low >> 16 == 1: return "another persona"
    case .ipv6(let ipv6) where ipv6.high == Self.strangers6: return "a stranger"
    case .ipv6(let ipv6) where ipv6.high == 0xfe80 << 48 && ipv6.low >> 32 == Self.personaLinkLocals:
      return "another persona"
    // Where its neighbours ask for an address [RFC 4291 2.7.1].
    case .ipv6(let ipv6) where ipv6.high == 0xff02 << 48 && ipv6.low >> 24 == 0x1ff: return "its group"
    case .mac(let mac) where mac.rawValue >> 24 == 0x3333ff: return "its group"
    default: return address.description
    }
  }

  // Which addresses Assay's labs have for whom.
  private static let gatewayMAC: UInt64 = 0x02a5_5aff_00fe
  private static let personaMACs: UInt64 = 0x02a5_5a00_0000
  private static let personaLinkLocals: UInt64 = 0xa55a
  private static let personas4: ClosedRange<UInt32> = 0xc000_0210...0xc000_02fa
  private static let personas6: UInt64 = 0x2001_0db8_0001_0000
  private static let strangers4: UInt32 = 0xc6_3364
  private static let moreStrangers4: UInt32 = 0xcb_0071
  private static let strangers6: UInt64 = 0x2001_0db8_ffff_0000
}
