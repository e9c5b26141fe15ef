internal import Capture

/// Datagrams of which only some fragments have arrived.
struct ReassemblyTable<Key: Hashable & Sendable>: Sendable {
  private(set) var pending: [Key: Reassembly] = [:]

  /// When the next datagram is to be abandoned, or a little earlier.
  private(set) var nextWake: Timestamp?

  subscript(key: Key) -> Reassembly? {
    get { pending[key] }
    set {
      pending[key] = newValue
      if let deadline = newValue?.deadline { nextWake = min(nextWake ?? deadline, deadline) }
    }
  }

  /// Takes out the datagrams whose time is over, in the order in which it ended.
  mutating func expired(at now: Timestamp) -> [(key: Key, value: Reassembly)] {
    guard let nextWake, nextWake <= now else { return [] }
    let expired = pending.filter { $0.value.deadline <= now }.sorted { $0.value.deadline < $1.value.deadline }
    for (key, _) in expired { pending[key] = nil }
    self.nextWake = pending.values.map(\.deadline).min()
    return expired
  }
}

/// The fragments of one datagram.
struct Reassembly: Sendable {
  /// When the datagram is abandoned.
  var deadline: Timestamp
  /// The fragment that came first, from the IP header on.
  let earliest: [UInt8]
  /// The fragment with offset zero as it arrived, from the IP header on.
  var first: [UInt8]?
  /// The frame around the fragment with offset zero.
  var firstFrame: FrameHeader?
  /// Octets of the headers in front of the fragmentable part, in `first`.
  var headerLength = 0
  /// Congestion marks of all fragments, each as a bit [RFC3168-5.3-a].
  var marks: UInt8 = 0
  /// Overlapping fragments contradicted each other: whatever still comes is thrown away.
  var isPoisoned = false
  /// The data so far, holes filled with zeros.
  private(set) var data: [UInt8] = []
  /// Octets in all; nil until the last fragment has come.
  private(set) var total: Int?
  /// What is there, in order, adjoining parts joined.
  private var covered: [Range<Int>] = []
  /// The fragments as they came.
  private var pieces: Set<Range<Int>> = []

  init(deadline: Timestamp, earliest: [UInt8]) {
    self.deadline = deadline
    self.earliest = earliest
  }

  /// How a fragment relates to those before it.
  enum Fit { case new, duplicate, overlapsAlike, contradicts }

  /// Whether all octets are there.
  var isComplete: Bool {
    guard let total else { return false }
    return total == 0 || covered == [0..<total]
  }

  /// What adding this fragment would mean.
  func fit(_ fragment: [UInt8], at offset: Int, isLast: Bool) -> Fit {
    let range = offset..<offset + fragment.count
    if let total, range.upperBound > total || isLast && range.upperBound != total { return .contradicts }
    if isLast, let end = covered.last?.upperBound, end > range.upperBound { return .contradicts }
    if pieces.contains(range) { return holds(fragment, in: range, at: offset) ? .duplicate : .contradicts }
    let shared = covered.map { $0.clamped(to: range) }.filter { !$0.isEmpty }
    if shared.isEmpty { return .new }
    return shared.allSatisfy { holds(fragment, in: $0, at: offset) } ? .overlapsAlike : .contradicts
  }

  private func holds(_ fragment: [UInt8], in range: Range<Int>, at offset: Int) -> Bool {
    data[range] == fragment[range.lowerBound - offset..<range.upperBound - offset]
  }

  /// Puts a fragment into its place.
  mutating func add(_ fragment: [UInt8], at offset: Int, isLast: Bool) {
    let range = offset..<offset + fragment.count
    if isLast { total = range.upperBound }
    if data.count < range.upperBound { data += [UInt8](repeating: 0, count: range.upperBound - data.count) }
    data.replaceSubrange(range, with: fragment)
    pieces.insert(range)
    var joined = range
    covered.removeAll { part in
      guard part.lowerBound <= joined.upperBound, joined.lowerBound <= part.upperBound else { return false }
      joined = min(part.lowerBound, joined.lowerBound)..<max(part.upperBound, joined.upperBound)
      return true
    }
    covered.insert(joined, at: covered.firstIndex { $0.lowerBound > joined.lowerBound } ?? covered.count)
  }
}
