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
  /// Sequence numbers of messages that came together.
  var sequences = FirstTogether<UInt16>()
  /// Senders of messages that came together.
  var senders = FirstTogether<IPv6Address>()
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

  /// Whether a datagram with that identification came before; 0 is none.
  mutating func seen(identification: UInt16) -> Bool {
    identification != 0 && !identifications.insert(identification).inserted
  }
}

/// What the first of the messages had that have one identifier and came within a millisecond.
struct FirstTogether<Value: Sendable>: Sendable {
  private var latest: (identifier: UInt16, value: Value, time: Timestamp)?

  /// The first one's value; the message's own if it is the first.
  mutating func value(of identifier: UInt16, _ own: Value, at now: Timestamp) -> Value {
    if let latest, latest.identifier == identifier, now - latest.time < .milliseconds(1) {
      return latest.value
    }
    latest = (identifier, own, now)
    return own
  }
}
