public import Craft
public import Suite
public import Wire

/// The virtual hosts that Assay plays on the near link: who they are, and which are in use.
public struct Personas: Sendable {
  /// A persona with its twin.
  struct Seat: Sendable {
    var tester: Host
    var tester2: Host?
    /// Those on the far side, where the target has one.
    var far: Host?
    var far2: Host?

    /// All of them.
    var hosts: [Host] { [tester, tester2, far, far2].compactMap(\.self) }
  }

  let seats: [Seat]
  /// The target's gateway, played by Assay; nil when it isn't.
  let router: Host?
  /// The same on the far side.
  let farRouter: Host?
  /// Whether the target has a far side.
  let hasFar: Bool
  /// Addresses that Assay leaves unanswered.
  let unused: Host
  /// Whether Assay answers ARP and neighbour discovery; false when the kernel owns the addresses.
  let answersNeighbors: Bool
  private var free: [Int]
  private var strangers: UInt64 = 0
  private var unusedCount: UInt64 = 0
  /// IPv6 addresses of the testers' range that no persona has; nil if there are none.
  private let spare6: ClosedRange<IPv6Address>?

  /// Where the Ethernet addresses of personas begin: locally administered [IEEE 802].
  private static let macBase: UInt64 = 0x02a5_5a00_0000
  private static let routerMAC = MACAddress(rawValue: 0x02a5_5aff_00fe)
  /// Interface identifiers of the personas' link-local addresses begin here: `fe80::a55a:1:0`.
  private static let linkLocalBase = IPv6Address(high: 0xfe80_0000_0000_0000, low: 0xa55a_0001_0000)
  /// Those of the far side begin here, and at `fe80::a55a:2:0`.
  private static let farMACBase: UInt64 = 0x02a5_5b00_0000
  private static let farRouterMAC = MACAddress(rawValue: 0x02a5_5bff_00fe)
  private static let farLinkLocalBase = IPv6Address(high: 0xfe80_0000_0000_0000, low: 0xa55a_0002_0000)
  /// Those of unused hosts: `fe80::a55a:300:0`.
  private static let unusedLinkLocalBase = IPv6Address(high: 0xfe80_0000_0000_0000, low: 0xa55a_0300_0000)
  /// Strangers live in documentation space that is on no link [RFC 5737, RFC 3849].
  private static let strangerIPv4: UInt32 = 0xc633_6400
  /// When these are used up, there are as many more.
  private static let furtherStrangerIPv4: UInt32 = 0xcb00_7100
  private static let strangerIPv6 = IPv6Address(high: 0x2001_0db8_ffff_0000, low: 0)
  /// More personas than this are never needed at once.
  private static let limit = 512

  /// Personas from the target file's tester ranges.
  ///
  /// - Parameters:
  ///   - target: The target.
  ///   - interfaceMAC: The Ethernet address of the tester's interface, for targets that want no others.
  ///   - farInterfaceMAC: The same on the far side.
  public init(for target: TargetDescription, interfaceMAC: MACAddress, farInterfaceMAC: MACAddress? = nil) {
    let near = target.near
    let ipv4 = near.testers?.ipv4
    let ipv6 = near.testers?.ipv6
    let count4 = ipv4.map { Int($0.upperBound.rawValue - $0.lowerBound.rawValue) + 1 }
    let count6 = ipv6.map { range in
      range.lowerBound.high == range.upperBound.high
        ? Int(min(range.upperBound.low - range.lowerBound.low, UInt64(Self.limit * 4))) + 1 : Self.limit * 4
    }
    // The last address stays unanswered, the others make pairs.
    let farCounts = target.far.map { Self.counts(of: $0) } ?? []
    let addresses =
      ([count4, count6] + farCounts).compactMap(\.self).min().map { min($0, Self.limit * 2 + 1) }
      ?? Self.limit * 2 + 1
    let pairs = addresses >= 3 ? (addresses - 1) / 2 : min(addresses, 1)
    func host(_ index: Int) -> Host {
      let mac = target.usesOwnMAC ? interfaceMAC : MACAddress(rawValue: Self.macBase + UInt64(index))
      return Host(
        mac: mac,
        ipv4: ipv4.map { IPv4Address(rawValue: $0.lowerBound.rawValue &+ UInt32(index)) },
        ipv6: ipv6.map { IPv6Address(high: $0.lowerBound.high, low: $0.lowerBound.low &+ UInt64(index)) },
        linkLocal: IPv6Address(high: Self.linkLocalBase.high, low: Self.linkLocalBase.low + UInt64(index))
      )
    }
    let gateway = near.gateway.map {
      Host(
        mac: target.usesOwnMAC ? interfaceMAC : Self.routerMAC,
        ipv4: $0.ipv4,
        ipv6: $0.ipv6,
        linkLocal: $0.ipv6.flatMap { $0.isLinkLocal ? $0 : nil }
      )
    }
    router = gateway
    hasFar = target.far != nil
    let farSide = target.far
    func farHost(_ index: Int) -> Host? {
      guard let farSide else { return nil }
      let own = target.usesOwnMAC ? farInterfaceMAC : nil
      return Host(
        mac: own ?? MACAddress(rawValue: Self.farMACBase + UInt64(index)),
        ipv4: farSide.testers?.ipv4.map { IPv4Address(rawValue: $0.lowerBound.rawValue &+ UInt32(index)) },
        ipv6: farSide.testers?.ipv6.map {
          IPv6Address(high: $0.lowerBound.high, low: $0.lowerBound.low &+ UInt64(index))
        },
        linkLocal: IPv6Address(
          high: Self.farLinkLocalBase.high,
          low: Self.farLinkLocalBase.low + UInt64(index)
        )
      )
    }
    farRouter = farSide?.gateway.map {
      Host(
        mac: (target.usesOwnMAC ? farInterfaceMAC : nil) ?? Self.farRouterMAC,
        ipv4: $0.ipv4,
        ipv6: $0.ipv6,
        linkLocal: $0.ipv6.flatMap { $0.isLinkLocal ? $0 : nil }
      )
    }
    seats = (0..<pairs).map { index in
      Seat(
        tester: host(index),
        tester2: addresses >= 3 ? host(index + pairs) : nil,
        far: farHost(index),
        far2: addresses >= 3 ? farHost(index + pairs) : nil
      )
    }
    unused = host(max(addresses - 1, 0))
    spare6 = ipv6.flatMap { range in
      let first = range.lowerBound.low.addingReportingOverflow(UInt64(max(addresses, 0)))
      guard !first.overflow, range.lowerBound.high == range.upperBound.high,
        first.partialValue < range.upperBound.low
      else { return nil }
      return IPv6Address(high: range.lowerBound.high, low: first.partialValue)...range.upperBound
    }
    answersNeighbors = true
    free = Array(seats.indices)
  }

  /// A single persona: the interface's own addresses, which the kernel answers for.
  public init(own host: Host, unused: Host) {
    seats = [Seat(tester: host, tester2: nil)]
    (router, farRouter, hasFar) = (nil, nil, false)
    self.unused = unused
    spare6 = nil
    answersNeighbors = false
    free = [0]
  }

  /// The number of a host behind the gateway that no trial has used for long: what a target learns of one outlives the
  /// trial.
  mutating func nextStranger() -> UInt64 {
    strangers += 1
    return strangers
  }

  /// How many addresses a side leaves to testers, for each version of IP that it has.
  private static func counts(of side: TargetDescription.Side) -> [Int?] {
    let count4 = side.testers?.ipv4.map { Int($0.upperBound.rawValue - $0.lowerBound.rawValue) + 1 }
    let count6 = side.testers?.ipv6.map { range in
      range.lowerBound.high == range.upperBound.high
        ? Int(min(range.upperBound.low - range.lowerBound.low, UInt64(limit * 4))) + 1 : limit * 4
    }
    return [count4, count6]
  }

  /// A host behind the gateway on the far side; nil without a gateway of ours there.
  ///
  /// 203.0.113.64/27 and 2001:db8:fffe::/64 are theirs.
  func farStranger(_ number: UInt64) -> Host? {
    farRouter.map { router in
      Host(
        mac: router.mac,
        ipv4: IPv4Address(rawValue: Self.furtherStrangerIPv4 + 65 + UInt32(number % 30)),
        ipv6: IPv6Address(high: 0x2001_0db8_fffe_0000, low: number)
      )
    }
  }

  /// A host behind the gateway; nil without a gateway of ours.
  func stranger(_ number: UInt64) -> Host? {
    guard let router else { return nil }
    if hasFar {
      // The networks of other targets' strangers may be on the far side of this one: 203.0.113.0/26 isn't.
      return Host(
        mac: router.mac,
        ipv4: IPv4Address(rawValue: Self.furtherStrangerIPv4 + 1 + UInt32(number % 62)),
        ipv6: IPv6Address(high: Self.strangerIPv6.high, low: number)
      )
    }
    // 508 of them, then from the first one again.
    let index = UInt32(number % 508)
    return Host(
      mac: router.mac,
      ipv4: IPv4Address(
        rawValue: index < 254 ? Self.strangerIPv4 + 1 + index : Self.furtherStrangerIPv4 + index - 253
      ),
      ipv6: IPv6Address(high: Self.strangerIPv6.high, low: number)
    )
  }

  /// The number of an address that nobody has, where there are enough another one each time: what a target learns of
  /// one outlives the trial.
  mutating func nextUnused() -> UInt64 {
    unusedCount += 1
    return unusedCount
  }

  /// Whether each trial can have an unused IPv6 address of its own.
  var hasManyUnused: Bool { spare6.map { $0.upperBound != $0.lowerBound } ?? false }

  /// A host that nobody plays, for a trial to speak as or to ask about: its IPv6 addresses are its own, and its link-local one
  /// has the same solicited-node group as the other.
  func unused(_ number: UInt64) -> Host {
    guard let range = spare6, case let size = range.upperBound.low - range.lowerBound.low, size > 0 else {
      return unused
    }
    var host = unused
    let low = range.upperBound.low - number % size
    host.ipv6 = IPv6Address(high: range.upperBound.high, low: low)
    host.linkLocal = IPv6Address(
      high: Self.linkLocalBase.high,
      low: Self.unusedLinkLocalBase.low | low & 0xff_ffff
    )
    return host
  }

  /// How many trials can fly at once.
  var capacity: Int { seats.count }

  /// All testers, the first ones of each pair first.
  var allHosts: [Host] { seats.map(\.tester) + seats.compactMap(\.tester2) }

  /// Whether some persona isn't in use.
  var hasFree: Bool { !free.isEmpty }

  /// The persona that rested longest, of those which a trial hasn't spoken as before and that are fit; nil when there is none.
  mutating func acquire(avoiding used: Set<Int> = [], where isFit: (Seat) -> Bool = { _ in true }) -> Int? {
    free.firstIndex { !used.contains($0) && isFit(seats[$0]) }.map { free.remove(at: $0) }
  }

  /// Gives a persona back; it rests until all others were used.
  mutating func release(_ seat: Int) { free.append(seat) }
}
