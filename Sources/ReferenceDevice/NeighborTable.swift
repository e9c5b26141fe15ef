internal import Capture
internal import Wire

/// Ethernet addresses of neighbors, and the packets which wait for them.
struct NeighborTable<Address: Hashable & Sendable>: Sendable {
  /// One neighbor that is being asked for.
  struct Question: Sendable {
    var packets: [[UInt8]] = []
    var asked = 1
    var due: Timestamp
    /// The own address to ask from.
    var source: Address
  }

  private(set) var known: [Address: MACAddress] = [:]
  private(set) var questions: [Address: Question] = [:]

  /// Between two questions for one neighbor [RFC4861-7.2.2-rate].
  static var interval: Duration { .seconds(1) }
  /// After that many questions the packets are given up.
  static var attempts: Int { 3 }
  /// Packets kept for one neighbor; the oldest gives way [RFC4861-7.2.2-queue].
  static var queueLength: Int { 64 }

  subscript(address: Address) -> MACAddress? { known[address] }

  /// When the next question has to be repeated or given up.
  var nextWake: Timestamp? { questions.isEmpty ? nil : questions.values.map(\.due).min() }

  /// Keeps a packet until its neighbor is known; says whether the neighbor has to be asked for now.
  mutating func wait(_ packet: [UInt8], for address: Address, from source: Address, at now: Timestamp) -> Bool
  {
    let isNew = questions[address] == nil
    var question = questions[address] ?? Question(due: now + Self.interval, source: source)
    if question.packets.count == Self.queueLength { question.packets.removeFirst() }
    question.packets.append(packet)
    questions[address] = question
    return isNew
  }

  /// Notes an address, and hands over what waited for it.
  mutating func learn(_ address: Address, _ mac: MACAddress) -> [[UInt8]] {
    known[address] = mac
    return questions.removeValue(forKey: address)?.packets ?? []
  }

  /// The neighbors to be asked for again, in no particular order; those asked often enough are given up.
  mutating func due(at now: Timestamp) -> [(address: Address, source: Address)] {
    var again: [(address: Address, source: Address)] = []
    for (address, question) in questions where question.due <= now {
      if question.asked >= Self.attempts {
        questions[address] = nil
      } else {
        questions[address]?.asked += 1
        questions[address]?.due = now + Self.interval
        again.append((address, question.source))
      }
    }
    return again
  }
}
