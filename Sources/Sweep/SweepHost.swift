internal import Suite
public import Wire

/// A host that Assay plays at one side of the target while it sweeps.
public struct SweepHost: Hashable, Sendable {
  /// Its side.
  public var arm: Arm
  /// Its Ethernet address.
  public var mac: MACAddress
  /// Its IPv4 address, if it has one.
  public var ipv4: IPv4Address?
  /// Its IPv6 address, if it has one.
  public var ipv6: IPv6Address?

  /// Puts the parts together.
  public init(arm: Arm, mac: MACAddress, ipv4: IPv4Address? = nil, ipv6: IPv6Address? = nil) {
    self.arm = arm
    self.mac = mac
    self.ipv4 = ipv4
    self.ipv6 = ipv6
  }

  /// Its address of a version of IP.
  func address(_ version: IPVersion) -> FieldValue? {
    version == .v4 ? ipv4.map { .ipv4($0) } : ipv6.map { .ipv6($0) }
  }
}

/// The hosts of both sides, from the testers' ranges of a target file.
///
/// Each slice gets a pair of its own, so that nothing which one leaves in the target's memory is there for another.
struct SweepCast: Sendable {
  private let target: TargetDescription
  private let interfaceMACs: [Arm: MACAddress]

  /// Where the Ethernet addresses of the hosts of a side begin: locally administered.
  private static let macBases: [Arm: UInt64] = [.near: 0x02a5_5a00_0000, .far: 0x02a5_5b00_0000]
  /// No sweep needs more.
  private static let most = 128

  init(_ target: TargetDescription, interfaceMACs: [Arm: MACAddress]) {
    self.target = target
    self.interfaceMACs = interfaceMACs
  }

  /// The side of the target that an arm touches.
  func side(_ arm: Arm) -> TargetDescription.Side? { arm == .near ? target.near : target.far }

  /// Whether both sides have addresses of a version for testers, and for the target.
  func speaks(_ version: IPVersion) -> Bool {
    Arm.allCases.allSatisfy { arm in
      guard let side = side(arm) else { return false }
      return version == .v4
        ? side.ipv4 != nil && side.testers?.ipv4 != nil : side.ipv6 != nil && side.testers?.ipv6 != nil
    }
  }

  /// How many hosts a side has; each takes one address of each version that its side speaks.
  func count(_ arm: Arm) -> Int {
    guard let testers = side(arm)?.testers else { return 0 }
    let count4 = testers.ipv4.map { Int($0.upperBound.rawValue - $0.lowerBound.rawValue) + 1 }
    let count6 = testers.ipv6.map { range in
      range.lowerBound.high == range.upperBound.high
        ? Int(min(range.upperBound.low - range.lowerBound.low, UInt64(Self.most))) + 1 : Self.most
    }
    return min(count4 ?? Self.most, count6 ?? Self.most, Self.most)
  }

  /// The host of that number at a side; when there are too few, they take turns.
  func host(_ number: Int, at arm: Arm) -> SweepHost? {
    guard let side = side(arm), case let count = count(arm), count > 0 else { return nil }
    let place = number % count
    let own = target.usesOwnMAC ? interfaceMACs[arm] : nil
    return SweepHost(
      arm: arm,
      mac: own ?? MACAddress(rawValue: (Self.macBases[arm] ?? 0) + UInt64(place)),
      ipv4: side.testers?.ipv4.map { IPv4Address(rawValue: $0.lowerBound.rawValue &+ UInt32(place)) },
      ipv6: side.testers?.ipv6.map {
        IPv6Address(high: $0.lowerBound.high, low: $0.lowerBound.low &+ UInt64(place))
      }
    )
  }

  /// All hosts of the numbers below a limit.
  func all(below limit: Int) -> [SweepHost] {
    Arm.allCases.flatMap { arm in
      (0..<min(limit, count(arm))).compactMap { host($0, at: arm) }
    }
  }
}
