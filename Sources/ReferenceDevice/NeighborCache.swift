internal import Capture
internal import Wire

/// What is known of IPv6 neighbors: who has which Ethernet address, and whether it still gets what it is sent
/// [RFC 4861 5.1].
struct NeighborCache: Sendable {
  /// What is believed of a neighbor [RFC 4861 7.3.2]; one that is still being asked for is a `Question`.
  enum State: Hashable, Sendable {
    /// It said that it gets what it is sent; believed until then.
    case reachable(until: Timestamp)
    /// Nobody knows; it is sent to all the same.
    case stale
    /// It was sent something, and has until then to show that it got it.
    case delay(until: Timestamp)
    /// It was asked so many times, and will be asked again.
    case probe(asked: Int, due: Timestamp)
  }

  /// A neighbor whose Ethernet address is known.
  struct Entry: Sendable {
    var mac: MACAddress
    var state = State.stale
    var isRouter = false
    /// The own address to ask from.
    var asker: IPv6Address?
    /// How often it was sent something.
    var uses = 0
  }

  /// A neighbor that is being asked for: INCOMPLETE.
  struct Question: Sendable {
    var packets: [[UInt8]] = []
    var asked = 1
    var due: Timestamp
    /// The own address to ask from.
    var source: IPv6Address
  }

  private(set) var known: [IPv6Address: Entry] = [:]
  private(set) var questions: [IPv6Address: Question] = [:]
  /// When known neighbors have to be asked, or given up.
  private var deadlines: [IPv6Address: Timestamp] = [:]

  subscript(address: IPv6Address) -> MACAddress? { known[address]?.mac }

  /// When the next question is due.
  var nextWake: Timestamp? {
    let due = questions.values.lazy.map(\.due).min()
    return [due, deadlines.values.min()].compactMap(\.self).min()
  }

  /// Notes what is known of a neighbor; hands over what waited for its address.
  mutating func note(_ entry: Entry, of address: IPv6Address) -> [[UInt8]] {
    known[address] = entry
    switch entry.state {
    case .reachable, .stale: deadlines[address] = nil
    case .delay(let until): deadlines[address] = until
    case .probe(_, let due): deadlines[address] = due
    }
    return questions.removeValue(forKey: address)?.packets ?? []
  }

  /// Forgets a neighbor.
  mutating func forget(_ address: IPv6Address) {
    known[address] = nil
    deadlines[address] = nil
  }

  /// Notes a question for a neighbor, or that it is over.
  mutating func note(_ question: Question?, for address: IPv6Address) { questions[address] = question }

  /// Neighbors whose address has to be asked for again, or given up.
  func dueQuestions(at now: Timestamp) -> [IPv6Address] {
    questions.filter { $0.value.due <= now }.keys.sorted()
  }

  /// Neighbors that have to show that they are there, or are given up.
  func dueProbes(at now: Timestamp) -> [IPv6Address] { deadlines.filter { $0.value <= now }.keys.sorted() }
}
