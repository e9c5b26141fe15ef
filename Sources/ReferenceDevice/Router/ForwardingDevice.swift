public import Capture
public import Link
public import Suite
public import Wire

/// A strict router, NAT or firewall with a link on each side, in virtual time: what the requirement catalogue asks
/// of one, and nothing that it forbids.
///
/// On each side it is a host, by the same code as the reference host; this part looks at what isn't for one of
/// them, and finds the way for what they send. A NAT has its inside at the near arm, a firewall protects it.
///
/// ```
/// let link = SimulatedLink(to: ForwardingDevice(.router))
/// ```
public struct ForwardingDevice: SimulatedDevice {
  /// What kind of box it is.
  public let role: Role
  /// Where it deviates from the RFCs.
  public let mutants: Set<Mutant>
  private let deviations: ActiveDeviations
  var routes: RoutingTable

  /// The time of the frame or timer that is being handled.
  var now = Timestamp(nanoseconds: 0)
  /// The hosts that it is on its two links.
  var near: ReferenceDevice
  var far: ReferenceDevice
  private var output: [Emission] = []

  /// Packets that wait for a neighbor's Ethernet address, as errors about them would quote them.
  var unresolved4: [Unresolved<IPv4Address, IPv4Datagram>] = []
  var unresolved6: [Unresolved<IPv6Address, IPv6Packet>] = []
  /// What is left of the redirects that one host may get for one destination.
  var redirectBudgets: [[UInt8]: ErrorBudget] = [:]
  /// Whether it has been told the time before.
  var hasStarted = false
  /// When it tells hosts of itself, by side.
  var advertising4: [Arm: AdvertisingSchedule] = [:]
  var advertising6: [Arm: AdvertisingSchedule] = [:]
  /// A NAT's mappings, and where the fragments of translated datagrams go.
  var natTable: NATTable
  var natFragments: [FragmentKey4: IPv4Address] = [:]
  var natIdentifications: [FragmentKey4: UInt16] = [:]
  var natIdentification: UInt16 = 0
  /// What a firewall has let through.
  var flowTable = FlowTable()
  /// Drawn for delays which have to be random.
  var chance = Chance(seed: 0x0a55_a7)
  /// What state-dependent mutants have lived through.
  var history = MutantHistory()

  /// A device of that kind, obedient but for the mutants; `.host` makes a router, since it has two sides.
  public init(_ role: Role, mutants: Set<Mutant> = [], trace: DeviationTrace? = nil) {
    self.role = role == .host ? .router : role
    self.mutants = mutants
    deviations = ActiveDeviations(mutants, trace)
    routes = .lab
    near = Self.host(on: .near, of: self.role, mutants, trace)
    far = Self.host(on: .far, of: self.role, mutants, trace)
    natTable = NATTable(outside: far.configuration.ipv4, deviations)
  }

  /// The host that such a device is on one of its links.
  static func host(on arm: Arm, of role: Role, _ mutants: Set<Mutant>, _ trace: DeviationTrace?)
    -> ReferenceDevice
  {
    var configuration = DeviceConfiguration.side(arm)
    configuration.role = role
    configuration.routes = .lab
    // RFC1256-4.3-a, RFC1812-4.3.3.10-a; what is outside of a NAT or firewall needn't know it as a router.
    configuration.advertisesIPv4 = role == .router || arm == .near
    // RFC4861-6.2-nonadv: only where it is asked for.
    configuration.advertisesIPv6 = arm == .near
    return ReferenceDevice(configuration: configuration, mutants: mutants, trace: trace)
  }

  /// Takes a frame in from the near side; returns what goes out at once, on either side.
  public mutating func receive(_ frame: [UInt8], at time: Timestamp) -> [Emission] {
    receive(frame, from: .near, at: time)
  }

  /// Takes a frame in; returns what goes out at once, on either side.
  public mutating func receive(_ frame: [UInt8], from arm: Arm, at time: Timestamp) -> [Emission] {
    begin(at: time)
    guard !isDead else { return [] }
    receiveFrame(frame, from: arm)
    reportUnresolved()
    return takeOutput()
  }

  /// When the next of its timers ends; nil when none runs.
  public var nextWake: Timestamp? {
    [near.nextWake, far.nextWake, nextAdvertisement].compactMap(\.self).min()
  }

  /// Lets timers end; returns what that makes it send.
  public mutating func wake(at time: Timestamp) -> [Emission] {
    begin(at: time)
    for arm in Arm.allCases {
      let emissions = arm == .near ? near.wake(at: time) : far.wake(at: time)
      output += emissions.map { Emission(delay: $0.delay, frame: $0.frame, at: arm) }
      collect(from: arm)
    }
    advertise()
    reportUnresolved()
    return takeOutput()
  }

  /// Whether the device deviates in this way.
  func breaks(_ deviation: some Deviation) -> Bool { deviations.contain(deviation) }

  private var isDead: Bool { near.history.isDead || far.history.isDead }

  private mutating func begin(at time: Timestamp) {
    now = time
    near.now = time
    far.now = time
    startAdvertising()
  }

  private mutating func receiveFrame(_ frame: [UInt8], from arm: Arm) {
    guard frame.count >= 14 else { return }
    let header = FrameHeader(source: frame.mac(6), destination: frame.mac(0))
    guard header.destination == host(on: arm).configuration.mac || header.destination.isMulticast else {
      return
    }
    let arrival = Arrival(arm: arm, frame: header, octets: frame)
    switch frame.number16(12) {
    case 0x0800: receiveIPv4(arrival)
    case 0x86dd: receiveIPv6(arrival)
    default: deliverAsIs(arrival)
    }
  }

  /// Leaves a frame to the host on the link that it came from.
  mutating func deliverAsIs(_ arrival: Arrival) {
    ask(arrival.arm) { $0.receiveFrame(arrival.octets) }
  }

  /// The host on one of the links, to be looked at.
  func host(on arm: Arm) -> ReferenceDevice { arm == .near ? near : far }

  /// Lets the host on a link do something, and finds the way for what it sends.
  mutating func ask<Answer>(_ arm: Arm, _ question: (inout ReferenceDevice) -> Answer) -> Answer {
    let answer = arm == .near ? question(&near) : question(&far)
    collect(from: arm)
    return answer
  }

  /// Lets what the host on a link sends go out later.
  mutating func setEmissionDelay(_ delay: Duration, at arm: Arm) {
    if arm == .near { near.emissionDelay = delay } else { far.emissionDelay = delay }
  }

  /// Takes over what a host has put on its wire, and forwards what it has no way for.
  private mutating func collect(from arm: Arm) {
    let emissions = arm == .near ? near.output : far.output
    let packets = arm == .near ? near.outbound : far.outbound
    if arm == .near {
      near.output.removeAll()
      near.outbound.removeAll()
    } else {
      far.output.removeAll()
      far.outbound.removeAll()
    }
    output += emissions.map { Emission(delay: $0.delay, frame: $0.frame, at: arm) }
    for packet in packets { sendOwn(packet) }
  }

  private mutating func takeOutput() -> [Emission] {
    defer { output.removeAll(keepingCapacity: true) }
    return output
  }
}

/// A frame for the router, and where it came from.
struct Arrival {
  var arm: Arm
  var frame: FrameHeader
  /// From the Ethernet header on.
  var octets: [UInt8]

  /// What the frame carries, with what may stand behind it.
  var packet: [UInt8] { octets.octets(from: 14) }
}
