public import Capture
public import Link
internal import Wire

/// A strict host for IPv4 and IPv6 in virtual time: what the requirement catalogue asks of a host, and nothing
/// that it forbids.
///
/// One file a concern; each behaviour names its requirement. A mutant is asked at the place where it breaks it.
/// The device reads and builds packets octet by octet on its own, so that it is a witness of the harness's codecs
/// and no copy of them.
///
/// ```
/// let link = SimulatedLink(to: ReferenceDevice(mutants: [.repliesToBadChecksum]))
/// ```
public struct ReferenceDevice: SimulatedDevice {
  /// Who it is.
  public let configuration: DeviceConfiguration
  /// Where it deviates from the RFCs.
  public let mutants: Set<Mutant>
  private let deviations: ActiveDeviations

  /// The time of the frame or timer that is being handled.
  var now = Timestamp(nanoseconds: 0)
  /// What goes out because of it.
  var output: [Emission] = []
  /// How long what goes out is held back.
  var emissionDelay = Duration.zero
  /// Packets of its own that a router has yet to find the way for.
  var outbound: [OutboundPacket] = []
  /// Drawn for delays which have to be random.
  var chance = Chance(seed: 0x5eed)

  var neighbors4 = NeighborTable<IPv4Address>()
  var neighbors6 = NeighborCache()
  var reassembly4 = ReassemblyTable<FragmentKey4>()
  var reassembly6 = ReassemblyTable<FragmentKey6>()
  /// Better first hops which the gateway in use told of, by destination.
  var redirects4: [IPv4Address: IPv4Address] = [:]
  var redirects6: [IPv6Address: IPv6Address] = [:]
  /// What IPv6 routers said: of themselves, of prefixes, and of the link.
  var routers6 = DefaultRouters()
  var prefixes6 = OnLinkPrefixes()
  var link6 = LinkParameters()
  /// Addresses that it made of these prefixes.
  var addresses6 = AutoconfiguredAddresses()
  /// Largest packets which a path carries, where that is less than the link's MTU, by destination.
  var pathMTU4: [IPv4Address: Int] = [:]
  var pathMTU6: [IPv6Address: Int] = [:]
  /// Which groups are to be reported.
  var listener = ListenerTimers()
  /// What was sent of late, so that errors about other packets can be told.
  var sentPackets = SentPackets()
  /// Connections to the TCP port.
  var connections: [TCPPeer: TCPConnection] = [:]
  /// The same, the oldest first.
  var connectionOrder: [TCPPeer] = []
  /// Tokens left for ICMPv6 errors, by destination.
  var errorBudgets: [IPv6Address: ErrorBudget] = [:]
  var nextIdentification: UInt16 = 0x1d0f
  var nextFragmentIdentification: UInt32 = 0x5eed_0001
  /// What state-dependent mutants have lived through.
  var history = MutantHistory()

  /// A device of the lab, obedient but for the mutants.
  public init(
    configuration: DeviceConfiguration = DeviceConfiguration(),
    mutants: Set<Mutant> = [],
    trace: DeviationTrace? = nil
  ) {
    self.configuration = configuration
    self.mutants = mutants
    deviations = ActiveDeviations(mutants, trace)
  }

  /// Takes a frame in; returns what it answers at once.
  public mutating func receive(_ frame: [UInt8], at time: Timestamp) -> [Emission] {
    now = time
    if !history.isDead, history.sleepsUntil.map({ $0 <= now }) ?? true { receiveFrame(frame) }
    return takeOutput()
  }

  /// When the next of its timers ends; nil when none runs.
  public var nextWake: Timestamp? {
    [
      neighbors4.nextWake, neighbors6.nextWake, reassembly4.nextWake, reassembly6.nextWake, nextTCPWake,
      listener.nextWake, addresses6.nextWake,
    ].compactMap(\.self).min()
  }

  /// Lets timers end; returns what that makes it send.
  public mutating func wake(at time: Timestamp) -> [Emission] {
    now = time
    askAgain4()
    askAgain6()
    probeNeighbors()
    abandonReassembly4()
    abandonReassembly6()
    resendTCP()
    answerListenerQueries()
    detectDuplicates()
    return takeOutput()
  }

  /// Whether the device deviates in this way.
  func breaks(_ deviation: some Deviation) -> Bool { deviations.contain(deviation) }

  private mutating func takeOutput() -> [Emission] {
    defer { output.removeAll(keepingCapacity: true) }
    return output
  }
}
