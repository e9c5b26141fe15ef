import Capture
import Link
import Wire

/// A target at the other end of a simulated link: right by default, and wrong as a test scripts it.
///
/// It answers ARP and neighbour solicitations for its own addresses, and echo requests.
struct ScriptedTarget: SimulatedDevice {
  /// What a script may see and say of an echo request.
  struct Echo {
    var frame: [UInt8]
    var dissection: Dissection
    var time: Timestamp
    /// How many echo requests of this shape (sequence number, data) came before, from whomever.
    var count: Int

    var identifier: UInt16 { UInt16(truncatingIfNeeded: icmp?.number("identifier") ?? 0) }
    var sequence: UInt16 { UInt16(truncatingIfNeeded: icmp?.number("sequence") ?? 0) }
    /// Control probes have even identifiers here, trials odd ones.
    var isControl: Bool { identifier.isMultiple(of: 2) }
    private var icmp: LayerView? { dissection.layer(.icmpv4) ?? dissection.layer(.icmpv6) }

    /// The right reply.
    var reply: [UInt8] { Self.reply(to: frame) }

    private static func reply(to request: [UInt8]) -> [UInt8] {
      let isIPv6 = request[12] == 0x86
      var bytes = request
      let (source, destination, length) = isIPv6 ? (22, 38, 16) : (26, 30, 4)
      bytes.replaceSubrange(0..<6, with: request[6..<12])
      bytes.replaceSubrange(6..<12, with: request[0..<6])
      bytes.replaceSubrange(source..<source + length, with: request[destination..<destination + length])
      bytes.replaceSubrange(destination..<destination + length, with: request[source..<source + length])
      let type = isIPv6 ? 54 : 34
      // One's complement arithmetic on the word that holds the type [RFC 1624].
      let old = UInt32(request[type]) << 8
      bytes[type] = isIPv6 ? 129 : 0
      let new = UInt32(bytes[type]) << 8
      let sum = (UInt32(request[type + 2]) << 8 | UInt32(request[type + 3])) ^ 0xffff
      var folded = sum + (old ^ 0xffff) + new
      while folded > 0xffff { folded = folded & 0xffff + folded >> 16 }
      let checksum = UInt16(truncatingIfNeeded: folded) ^ 0xffff
      bytes[type + 2] = UInt8(checksum >> 8)
      bytes[type + 3] = UInt8(checksum & 0xff)
      return bytes
    }
  }

  /// What goes out instead of a right reply; nil is a right reply.
  typealias Script = (Echo) -> [Emission]?

  var script: Script = { _ in nil }
  /// Silent from this time on, for so long.
  var deaf: (from: Timestamp, to: Timestamp)?
  /// An echo with this sequence number makes it deaf for so long.
  var poison: (sequence: UInt16, lasts: Duration)?
  /// How many such echoes it takes until it is deaf for good.
  var poisonedForGood = Int.max
  /// How it sends port unreachable to UDP datagrams; nil: it doesn't.
  var errors: ErrorSource?
  /// What of the trials' frames since it was started brings it down, and for how long.
  var crash: (lasts: Duration, cause: ([[UInt8]]) -> Bool)?
  /// Whether a control probe makes it forget what came before.
  var forgetsAtControls = false
  /// The trials' frames since it was started: those that are no control probes.
  private var survived: [[UInt8]] = []
  /// Frames that it sends of its own accord after the first one it gets.
  var chatter: [[UInt8]] = []
  /// Every frame that it got.
  private(set) var heard: [[UInt8]] = []
  private var counts: [[UInt8]: Int] = [:]

  static let mac = MACAddress(rawValue: 0x0200_0000_0001)
  static let ipv4 = IPv4Address(rawValue: 0xc000_0201)
  static let ipv6 = IPv6Address(high: 0x2001_0db8_0001_0000, low: 1)

  var nextWake: Timestamp? { nil }

  mutating func wake(at time: Timestamp) -> [Emission] { [] }

  mutating func receive(_ frame: [UInt8], at time: Timestamp) -> [Emission] {
    heard.append(frame)
    if let deaf, time >= deaf.from, time < deaf.to { return [] }
    if diesOf(frame, at: time) { return [] }
    let unasked = heard.count == 1 ? chatter.map { Emission(frame: $0) } : []
    return unasked + answers(to: frame, Dissection(frame), at: time)
  }

  private mutating func diesOf(_ frame: [UInt8], at time: Timestamp) -> Bool {
    guard let crash, frame[12] != 0x08 || frame[13] == 0 else { return false }
    let dissection = Dissection(frame)
    if let icmp = dissection.layer(.icmpv4) ?? dissection.layer(.icmpv6) {
      let type = icmp.number("type") ?? 0
      let isControl = icmp.number("identifier").map { $0.isMultiple(of: 2) } ?? true
      if isControl, forgetsAtControls { survived = [] }
      if isControl || ![8, 128].contains(type) { return false }
    }
    survived.append(frame)
    guard crash.cause(survived) else { return false }
    survived = []
    deaf = (time, time + crash.lasts)
    return true
  }

  private mutating func answers(to frame: [UInt8], _ dissection: Dissection, at time: Timestamp) -> [Emission]
  {
    if let arp = dissection.layer(.arp) {
      guard arp.number("operation") == 1, arp.value(of: "target-ip") == .ipv4(Self.ipv4) else { return [] }
      return [Emission(frame: Self.arpReply(to: arp))]
    }
    if let icmp = dissection.layer(.icmpv6), icmp.number("type") == 135 {
      guard icmp.value(of: "target") == .ipv6(Self.ipv6), let asker = dissection.layer(.ipv6) else {
        return []
      }
      return [Emission(frame: Self.advertisement(to: asker, dissection.layer(.ethernet)))]
    }
    if dissection.layer(.udp) != nil { return errors?.answers(to: dissection, at: time) ?? [] }
    guard dissection.layer(.icmpv4)?.number("type") == 8 || dissection.layer(.icmpv6)?.number("type") == 128
    else { return [] }
    var shape = Array(frame.dropFirst(dissection.layer(.ipv6) == nil ? 34 : 54))
    // Without checksum and identifier, which differ from trial to trial.
    shape.replaceSubrange(2..<6, with: [])
    let echo = Echo(frame: frame, dissection: dissection, time: time, count: counts[shape] ?? 0)
    counts[shape, default: 0] += 1
    if let poison, poison.sequence == echo.sequence, !echo.isControl {
      let isForGood = echo.count + 1 >= poisonedForGood
      deaf = (time, time + (isForGood ? .seconds(1_000_000) : poison.lasts))
      return []
    }
    return script(echo) ?? [Emission(frame: echo.reply)]
  }

  static func arpRequest(for address: IPv4Address) -> [UInt8] {
    encoded([
      ethernet(to: .mac(.broadcast)),
      LayerTemplate(
        .arp,
        fields: [
          "operation": .given(.number(1)), "sender-mac": .given(.mac(mac)), "sender-ip": .given(.ipv4(ipv4)),
          "target-ip": .given(.ipv4(address)),
        ]
      ),
    ])
  }

  static func solicitation(for address: IPv6Address) -> [UInt8] {
    let group = address.solicitedNodeMulticast
    return encoded([
      ethernet(to: .mac(MACAddress(multicastFor: group))),
      LayerTemplate(
        .ipv6,
        fields: [
          "source": .given(.ipv6(ipv6)), "destination": .given(.ipv6(group)),
          "hop-limit": .given(.number(255)),
        ]
      ),
      LayerTemplate(.icmpv6, fields: ["type": .given(.number(135)), "target": .given(.ipv6(address))]),
    ])
  }

  private static func arpReply(to request: LayerView) -> [UInt8] {
    guard let asker = request.value(of: "sender-mac"), let address = request.value(of: "sender-ip") else {
      return []
    }
    return encoded([
      ethernet(to: asker),
      LayerTemplate(
        .arp,
        fields: [
          "operation": .given(.number(2)), "sender-mac": .given(.mac(mac)), "sender-ip": .given(.ipv4(ipv4)),
          "target-mac": .given(asker), "target-ip": .given(address),
        ]
      ),
    ])
  }

  private static func advertisement(to asker: LayerView, _ link: LayerView?) -> [UInt8] {
    guard let address = asker.value(of: "source"), let mac = link?.value(of: "source") else { return [] }
    return encoded([
      ethernet(to: mac),
      LayerTemplate(
        .ipv6,
        fields: [
          "source": .given(.ipv6(ipv6)), "destination": .given(address), "hop-limit": .given(.number(255)),
        ]
      ),
      LayerTemplate(
        .icmpv6,
        fields: [
          "type": .given(.number(136)), "solicited": .given(.number(1)), "target": .given(.ipv6(ipv6)),
        ]
      ),
    ])
  }

  static func ethernet(to destination: FieldValue) -> LayerTemplate {
    LayerTemplate(.ethernet, fields: ["source": .given(.mac(mac)), "destination": .given(destination)])
  }

  static func encoded(_ layers: [LayerTemplate]) -> [UInt8] {
    (try? PacketTemplate(layers).encode().bytes) ?? []
  }
}
