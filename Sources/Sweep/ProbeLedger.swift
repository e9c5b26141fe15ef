internal import Suite

/// What is known of the probes of a slice so far.
///
/// Pure: it is told what was seen, and says what that comes to.
struct ProbeLedger {
  /// The kinds that are asked.
  let kinds: [MessageKind]
  /// What probes met with that could be seen; the first is delivery.
  private(set) var outcomes: [Fate] = [.delivered]
  /// For each kind the place of its outcome plus one; 0: nothing was seen.
  private var outcomeOf = [UInt16](repeating: 0, count: MessageKind.count)
  private var placeOf: [Fate: UInt16] = [.delivered: 0]
  /// How often each vanished with everything around it in order.
  private var missesOf = [UInt8](repeating: 0, count: MessageKind.count)
  /// Kinds that met with two outcomes.
  private(set) var conflicts: Set<MessageKind> = []
  /// Kinds that were seen leaving otherwise than crafted.
  private(set) var altered: Set<MessageKind> = []
  /// How the fields of a changed probe changed, the first time that it was seen, by the place of the outcome.
  private(set) var examples: [Fate: [FieldDifference]] = [:]
  /// How many kinds have an outcome.
  private(set) var seenCount = 0

  /// More outcomes than this aren't told apart.
  private static let mostOutcomes = 200

  init(_ kinds: [MessageKind]) { self.kinds = kinds }

  /// What a kind met with; nil: nothing was seen.
  func outcome(of kind: MessageKind) -> Fate? {
    let place = outcomeOf[kind.number]
    return place == 0 ? nil : outcomes[Int(place) - 1]
  }

  /// Whether anything was seen of a kind.
  func isSeen(_ kind: MessageKind) -> Bool { outcomeOf[kind.number] != 0 }

  /// How often a kind vanished with everything around it in order.
  func misses(of kind: MessageKind) -> Int { Int(missesOf[kind.number]) }

  /// Notes that a kind came out unchanged; true if nothing was seen of it before.
  mutating func noteDelivery(of kind: MessageKind) -> Bool { note(0, kind) }

  /// Notes what became of a kind; true if nothing was seen of it before.
  mutating func note(
    _ outcome: Fate,
    of kind: MessageKind,
    example: [FieldDifference] = []
  ) -> Bool {
    if let place = placeOf[outcome] { return note(place, kind) }
    guard outcomes.count < Self.mostOutcomes else {
      conflicts.insert(kind)
      return note(0, kind)
    }
    let place = UInt16(outcomes.count)
    outcomes.append(outcome)
    placeOf[outcome] = place
    examples[outcome] = example
    return note(place, kind)
  }

  private mutating func note(_ place: UInt16, _ kind: MessageKind) -> Bool {
    let known = outcomeOf[kind.number]
    if known == place + 1 { return false }
    if known != 0 {
      conflicts.insert(kind)
      return false
    }
    outcomeOf[kind.number] = place + 1
    seenCount += 1
    return true
  }

  /// Notes that a kind left otherwise than crafted.
  mutating func noteAltered(_ kind: MessageKind) { altered.insert(kind) }

  /// Notes that a kind vanished with everything around it in order.
  mutating func noteMiss(of kind: MessageKind) {
    if missesOf[kind.number] < .max { missesOf[kind.number] += 1 }
  }

  /// Forgets how often kinds vanished: it meant nothing.
  mutating func forgetMisses() {
    for index in missesOf.indices { missesOf[index] = 0 }
  }

  /// The kinds of which nothing was seen.
  var missing: [MessageKind] { kinds.filter { !isSeen($0) } }

  /// The kinds of which something was seen.
  var seen: [MessageKind] { kinds.filter { isSeen($0) } }
}
