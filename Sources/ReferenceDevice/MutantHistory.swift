internal import Capture
internal import Wire

/// What mutants remember that break a rule only now and then, or after something happened.
struct MutantHistory: Sendable {
  /// The device has crashed and does nothing any more.
  var isDead = false
  /// Nothing is done until then.
  var sleepsUntil: Timestamp?
  /// The gateway that advertised itself.
  var gateway: IPv4Address?
  /// The network mask that somebody told it.
  var mask: UInt32?
  /// Hosts that somebody said are unreachable.
  var unreachable: Set<IPv4Address> = []
  /// TCP connections on which nothing is sent any more.
  var stalled: Set<TCPPeer> = []
  /// TCP connections that have one segment under way at a time.
  var slowed: Set<TCPPeer> = []
  /// The first of the echo requests that came together last.
  private var echo: (identifier: UInt16, sequence: UInt16, time: Timestamp)?
  /// The sender of the first of the messages with one identifier that came together last.
  private var sender: (identifier: UInt16, address: IPv6Address, time: Timestamp)?
  /// What comes within this time comes together.
  private static let together = Duration.milliseconds(1)
  private var counts: [String: Int] = [:]
  private var identifications: Set<UInt16> = []
  private var echoes: Set<UInt32> = []

  /// How often a mutant has come to this place, this time included.
  mutating func counts(_ deviation: some Deviation) -> Int {
    counts[deviation.rawValue, default: 0] += 1
    return counts[deviation.rawValue, default: 0]
  }

  /// Whether an echo request with that identifier and sequence number came before.
  mutating func seen(echo: UInt32) -> Bool { !echoes.insert(echo).inserted }

  /// An echo request came.
  mutating func noteEcho(_ identifier: UInt16, _ sequence: UInt16, at now: Timestamp) {
    if let echo, echo.identifier == identifier, now - echo.time < Self.together { return }
    echo = (identifier, sequence, now)
  }

  /// The sequence number of the first of the requests with an identifier that came together.
  func echoTogether(_ identifier: UInt16, at now: Timestamp) -> UInt16? {
    guard let echo, echo.identifier == identifier, now - echo.time < Self.together else { return nil }
    return echo.sequence
  }

  /// The sender of the first of the messages with an identifier that came together, of which this is one.
  mutating func firstSender(of identifier: UInt16, _ address: IPv6Address, at now: Timestamp) -> IPv6Address {
    if let sender, sender.identifier == identifier, now - sender.time < Self.together {
      return sender.address
    }
    sender = (identifier, address, now)
    return address
  }

  /// Whether a datagram with that identification came before; 0 is none.
  mutating func seen(identification: UInt16) -> Bool {
    identification != 0 && !identifications.insert(identification).inserted
  }
}
