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
  /// TCP connections on which nothing is sent any more.
  var stalled: Set<TCPPeer> = []
  /// TCP connections that have one segment under way at a time.
  var slowed: Set<TCPPeer> = []
  private var counts: [String: Int] = [:]
  private var identifications: Set<UInt16> = []

  /// How often a mutant has come to this place, this time included.
  mutating func counts(_ deviation: some Deviation) -> Int {
    counts[deviation.rawValue, default: 0] += 1
    return counts[deviation.rawValue, default: 0]
  }

  /// Whether a datagram with that identification came before; 0 is none.
  mutating func seen(identification: UInt16) -> Bool {
    identification != 0 && !identifications.insert(identification).inserted
  }
}
