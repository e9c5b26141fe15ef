import Capture
import Link
import Suite
import Wire

@testable import Sweep

/// A stateful firewall between two sides in virtual time, whose rules are known to the test.
struct FilterBox: SimulatedDevice {
  /// What the rules say of a packet.
  enum Action: Equatable {
    case accept
    case drop
    /// Sent back with an error of that type and code.
    case reject(MessageKind)
    /// Accepted while the bucket of that name has tokens, else dropped.
    case limit(String)
    /// Accepted with another source address.
    case translate
  }

  /// A packet as rules see it.
  struct Packet {
    var arm: Arm
    var version: IPVersion
    /// ICMP's type and code; nil for UDP and TCP.
    var kind: MessageKind?
    /// Whether it answers one that went through the other way, or is about one.
    var isKnown: Bool
  }

  /// A token bucket.
  struct Bucket {
    var perSecond: Double
    var burst: Double
    var tokens: Double
    var filled: Timestamp?

    init(perSecond: Double, burst: Double) {
      (self.perSecond, self.burst, tokens) = (perSecond, burst, burst)
    }

    mutating func take(at time: Timestamp) -> Bool {
      if let filled { tokens = min(burst, tokens + perSecond * ((time - filled) / .seconds(1))) }
      filled = time
      guard tokens >= 1 else { return false }
      tokens -= 1
      return true
    }
  }

  var rules: @Sendable (Packet) -> Action
  var buckets: [String: Bucket] = [:]
  /// The errors that it sends; nil: as many as it takes.
  var errors: Bucket?
  /// Of 1,000 packets, how many it loses on their way through; and how many it has seen.
  var lossPerMille: UInt64 = 0
  private var count: UInt64 = 0
  private var macs: [FieldValue: MACAddress] = [:]
  private var flows: Set<[UInt8]> = []

  static let macs: [Arm: MACAddress] = [.near: Sample.gateway, .far: Sample.farGateway]
  static let own4: [Arm: String] = [.near: "192.0.2.1", .far: "198.51.100.1"]
  static let own6: [Arm: String] = [.near: "2001:db8:1::1", .far: "2001:db8:2::1"]

  init(_ rules: @escaping @Sendable (Packet) -> Action) { self.rules = rules }

  var nextWake: Timestamp? { nil }
  mutating func wake(at time: Timestamp) -> [Emission] { [] }
  mutating func receive(_ frame: [UInt8], at time: Timestamp) -> [Emission] {
    receive(frame, from: .near, at: time)
  }

  mutating func receive(_ frame: [UInt8], from arm: Arm, at time: Timestamp) -> [Emission] {
    guard frame.count >= 34 else { return [] }
    let type = UInt16(frame[12]) << 8 | UInt16(frame[13])
    if type == 0x0806 { return answerARP(Dissection(frame), arm) }
    let version: IPVersion = type == 0x86dd ? .v6 : .v4
    let upper = version == .v4 ? 34 : 54
    guard frame.count >= upper + 8 else { return [] }
    if version == .v6, frame[20] == 58, frame[upper] == 135 {
      return answerSolicitation(Dissection(frame), arm)
    }
    return forward(frame, arm, version, upper, time)
  }

  private mutating func forward(
    _ frame: [UInt8],
    _ arm: Arm,
    _ version: IPVersion,
    _ upper: Int,
    _ time: Timestamp
  ) -> [Emission] {
    let number = version == .v4 ? frame[23] : frame[20]
    let isICMP = number == (version == .v4 ? 1 : 58)
    let kind = isICMP ? MessageKind(type: frame[upper], code: frame[upper + 1]) : nil
    let destination = address(frame, version, isSource: false)
    guard let mac = macs[destination] else { return [] }
    let packet = Packet(arm: arm, version: version, kind: kind, isKnown: isKnown(frame, version, upper, kind))
    var action = rules(packet)
    if case .limit(let name) = action { action = buckets[name]?.take(at: time) == true ? .accept : .drop }
    count += 1
    switch action {
    case .drop, .limit: return []
    case .reject(let error):
      if errors?.take(at: time) == false { return [] }
      return [reject(frame, error, arm, version)].compactMap(\.self)
    case .accept, .translate:
      if let flow = flow(frame, version, upper, isReverse: false) { flows.insert(flow) }
      if isLost { return [] }
      var out = Sample.forwarded(frame)
      let other: Arm = arm == .near ? .far : .near
      out.replaceSubrange(0..<12, with: mac.octets + (Self.macs[other]?.octets ?? []))
      if action == .translate, version == .v4 {
        out.replaceSubrange(26..<30, with: [203, 0, 113, 7])
        Sample.mendHeader(&out)
      }
      return [Emission(frame: out, at: other)]
    }
  }

  private var isLost: Bool {
    var dice = SweepDice(seed: count)
    return dice.next() % 1000 < lossPerMille
  }

  private func address(_ frame: [UInt8], _ version: IPVersion, isSource: Bool) -> FieldValue {
    if version == .v4 {
      let place = isSource ? 26 : 30
      return .ipv4(IPv4Address(octets: frame[place..<place + 4]) ?? .unspecified)
    }
    let place = isSource ? 22 : 38
    return .ipv6(IPv6Address(octets: frame[place..<place + 16]) ?? .unspecified)
  }

  /// Whether a packet answers one that went the other way, or quotes one that did.
  private func isKnown(_ frame: [UInt8], _ version: IPVersion, _ upper: Int, _ kind: MessageKind?) -> Bool {
    if let kind, version.quotes(kind.type) {
      let quoted = Array(frame[(upper + 8)...])
      guard quoted.count >= (version == .v4 ? 28 : 48) else { return false }
      let padded = [UInt8](repeating: 0, count: 14) + quoted
      let inner = version == .v4 ? 34 : 54
      return flow(padded, version, inner, isReverse: false).map(flows.contains) ?? false
    }
    return flow(frame, version, upper, isReverse: true).map(flows.contains) ?? false
  }

  /// Addresses, protocol and numbers of a packet, as seen from the one that opened the conversation.
  private func flow(_ frame: [UInt8], _ version: IPVersion, _ upper: Int, isReverse: Bool) -> [UInt8]? {
    let (source, destination) =
      version == .v4
      ? (Array(frame[26..<30]), Array(frame[30..<34])) : (Array(frame[22..<38]), Array(frame[38..<54]))
    let number = version == .v4 ? frame[23] : frame[20]
    let ends = isReverse ? destination + source : source + destination
    if number == 1 || number == 58 {
      let requests: [UInt8: UInt8] = [0: 8, 14: 13, 16: 15, 18: 17, 129: 128]
      let type = isReverse ? requests[frame[upper]] : frame[upper]
      guard let type, [8, 13, 15, 17, 128].contains(type), frame[upper + 1] == 0 else { return nil }
      return [number, type] + ends + frame[upper + 4..<upper + 6]
    }
    let ports = [Array(frame[upper..<upper + 2]), Array(frame[upper + 2..<upper + 4])]
    return [number] + ends + (isReverse ? ports[1] + ports[0] : ports[0] + ports[1])
  }

  /// An error to the sender; never about an error.
  private func reject(_ frame: [UInt8], _ error: MessageKind, _ arm: Arm, _ version: IPVersion) -> Emission? {
    let isIPv4 = version == .v4
    let upper = isIPv4 ? 34 : 54
    let source = address(frame, version, isSource: true)
    guard let mac = macs[source], !version.quotes(frame[upper]) else { return nil }
    let own: FieldValue? =
      isIPv4
      ? Self.own4[arm].flatMap { IPv4Address($0) }.map { .ipv4($0) }
      : Self.own6[arm].flatMap { IPv6Address($0) }.map { .ipv6($0) }
    let template = PacketTemplate([
      LayerTemplate(
        .ethernet,
        fields: [
          "source": .given(.mac(Self.macs[arm] ?? .broadcast)), "destination": .given(.mac(mac)),
        ]
      ),
      LayerTemplate(
        isIPv4 ? .ipv4 : .ipv6,
        fields: ["source": .given(own ?? .number(0)), "destination": .given(source)]
      ),
      LayerTemplate(
        isIPv4 ? .icmpv4 : .icmpv6,
        fields: [
          "type": .given(.number(UInt64(error.type))), "code": .given(.number(UInt64(error.code))),
        ]
      ),
      LayerTemplate(.data, body: Array(frame[14...].prefix(isIPv4 ? 28 : 200))),
    ])
    return (try? template.encode().bytes).map { Emission(frame: $0, at: arm) }
  }

  private mutating func answerARP(_ frame: Dissection, _ arm: Arm) -> [Emission] {
    guard let arp = frame.layer(.arp), arp.number("operation") == 1,
      case .mac(let asker)? = arp.value(of: "sender-mac"),
      case .ipv4(let address)? = arp.value(of: "sender-ip"),
      let own = Self.own4[arm].flatMap({ IPv4Address($0) }), arp.value(of: "target-ip") == .ipv4(own),
      let mac = Self.macs[arm]
    else { return [] }
    macs[.ipv4(address)] = asker
    let reply = try? NeighborMessage.reply(from: mac, own, to: asker, address)
    return reply.map { [Emission(frame: $0, at: arm)] } ?? []
  }

  private mutating func answerSolicitation(_ frame: Dissection, _ arm: Arm) -> [Emission] {
    guard let icmp = frame.layer(.icmpv6),
      case .mac(let asker)? = frame.layer(.ethernet)?.value(of: "source"),
      case .ipv6(let address)? = frame.layer(.ipv6)?.value(of: "source"),
      let own = Self.own6[arm].flatMap({ IPv6Address($0) }), icmp.value(of: "target") == .ipv6(own),
      let mac = Self.macs[arm]
    else { return [] }
    macs[.ipv6(address)] = asker
    let answer = try? NeighborMessage.advertisement(from: mac, own, to: asker, address)
    return answer.map { [Emission(frame: $0, at: arm)] } ?? []
  }
}
