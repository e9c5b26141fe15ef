internal import Craft

/// Looks for the shortest sequence of packets that makes the target stop answering, by trying parts of longer ones.
///
/// First it must be seen that one of the given sequences does it at all; then halves, quarters and so on are left out of it as
/// long as what remains still does (delta debugging [Zeller, Hildebrandt 2002]). What counts is seen right after a restart.
struct Investigation {
  /// The shortest sequence that is known to do it; nil as long as none is.
  private(set) var shortest: PacketSequence?
  /// How many attempts have been made.
  private(set) var attempts = 0
  /// Whether the search was given up before all parts were tried.
  private(set) var isCutShort = false

  /// Sequences that may do it, the shortest first.
  private var hypotheses: [PacketSequence]
  /// Parts of `shortest` to be tried next.
  private var candidates: [PacketSequence] = []
  /// In how many parts `shortest` is divided.
  private var parts = 2
  private var tried: Set<PacketSequence> = []
  /// What is being tried.
  private var current: PacketSequence?

  /// What did it once, while the target might have remembered the attempt before.
  private var unconfirmed: PacketSequence?
  /// Whether the target has just been restarted by what killed it.
  private var isFresh = true

  /// More attempts than this aren't made: each that succeeds may cost a restart of the target.
  static let mostAttempts = 60

  /// A search among sequences, of which the first ones are preferred.
  init(among hypotheses: [PacketSequence]) {
    self.hypotheses = hypotheses.filter { !$0.packets.isEmpty }
  }

  /// A search among the parts of a sequence that is known to do it.
  init(of sequence: PacketSequence) {
    hypotheses = []
    shortest = sequence.packets.isEmpty ? nil : sequence
  }

  /// What to try next; nil when there is nothing more to learn.
  mutating func next() -> PacketSequence? {
    guard attempts < Self.mostAttempts else {
      isCutShort = isCutShort || !hypotheses.isEmpty || !candidates.isEmpty || unconfirmed != nil
      return nil
    }
    if let unconfirmed {
      // The one before it may have left something behind in the target, which has restarted now.
      current = unconfirmed
    } else if shortest == nil {
      current = hypotheses.isEmpty ? nil : hypotheses.removeFirst()
    } else {
      while candidates.isEmpty, divideFurther() {}
      current = candidates.isEmpty ? nil : candidates.removeFirst()
    }
    if let current {
      attempts += 1
      tried.insert(current)
    }
    return current
  }

  /// Notes whether the target stopped answering after what was tried.
  mutating func learn(isLethal: Bool) {
    defer { isFresh = isLethal }
    guard isLethal, let current else {
      unconfirmed = nil
      return
    }
    guard isFresh || unconfirmed == current else {
      unconfirmed = current
      return
    }
    unconfirmed = nil
    // A complement leaves one part less; a part is divided anew.
    let isComplement = shortest.map { current.packets.count * 2 > $0.packets.count } ?? false
    parts = isComplement ? min(max(2, parts - 1), max(2, current.packets.count)) : 2
    shortest = current
    candidates = divided(current, in: parts)
    hasDivided = true
  }

  /// Gives the search up.
  mutating func abandon() {
    isCutShort = isCutShort || shortest.map { $0.packets.count > 1 } ?? true
    hypotheses = []
    candidates = []
    attempts = Self.mostAttempts
  }

  /// Whether `candidates` were made of `shortest` in `parts` parts.
  private var hasDivided = false

  /// Makes smaller parts; false when there are none.
  private mutating func divideFurther() -> Bool {
    guard let shortest, shortest.packets.count > 1 else { return false }
    if hasDivided {
      guard parts < shortest.packets.count else { return false }
      parts = min(parts * 2, shortest.packets.count)
    }
    hasDivided = true
    candidates = divided(shortest, in: parts)
    return true
  }

  /// The parts of a sequence, and what remains without each.
  private func divided(_ sequence: PacketSequence, in parts: Int) -> [PacketSequence] {
    let packets = sequence.packets
    guard packets.count > 1 else { return [] }
    let bounds = (0...parts).map { $0 * packets.count / parts }
    let ranges = zip(bounds, bounds.dropFirst()).map { $0..<$1 }
    let pieces = ranges.map { PacketSequence(Array(packets[$0])) }
    let rests = ranges.map { PacketSequence(Array(packets[..<$0.lowerBound] + packets[$0.upperBound...])) }
    return (pieces + (parts > 2 ? rests : [])).filter { !$0.packets.isEmpty && !tried.contains($0) }
  }
}
