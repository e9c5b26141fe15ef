import Wire

/// One thing that two targets do differently in one trial.
struct Difference: Hashable {
  /// `suite.case[variant]`.
  var trial: String
  /// `answer` if one of them sent something that the other didn't, else the name of the fact.
  var kind: String
  /// What the first one did.
  var one: String
  /// What the second one did.
  var other: String
}

/// Two recordings of the same trials, held against each other.
struct Comparison {
  /// What differs, in the order of trials.
  private(set) var differences: [Difference] = []
  /// Trials that both recordings have.
  private(set) var trials = 0
  /// Trials in which somebody answered.
  private(set) var answeredTrials = 0
  /// Answers of the first and of the second target.
  private(set) var answers = (one: 0, other: 0)
  /// Trials that one of the runs left on the ground.
  private(set) var grounded: [String] = []
  /// Trials that only one of them has, and the other doesn't say why.
  private(set) var lonely: [String] = []

  /// No answer at all.
  static let silence = "silence"
  /// A fact of a layer that an answer doesn't have.
  static let nothing = "not there"

  init(_ one: Recording, _ other: Recording) {
    for id in Set(one.exchanges.keys).union(other.exchanges.keys).sorted() {
      guard let first = one.exchanges[id], let second = other.exchanges[id] else {
        let isGrounded = one.grounded.contains(id) || other.grounded.contains(id)
        if isGrounded { grounded.append(id) } else { lonely.append(id) }
        continue
      }
      trials += 1
      if first.answers.count + second.answers.count > 0 { answeredTrials += 1 }
      answers.one += first.answers.count
      answers.other += second.answers.count
      differences += Self.differences(
        in: id,
        Reassembly.packets(first.answers).map { AnswerFacts($0, to: first.stimuli, one.parties) },
        Reassembly.packets(second.answers).map { AnswerFacts($0, to: second.stimuli, other.parties) }
      )
    }
  }

  /// What differs between two targets' answers in one trial, whatever their order.
  static func differences(in trial: String, _ one: [AnswerFacts], _ other: [AnswerFacts]) -> [Difference] {
    var (ones, others) = (one, other)
    var pairs: [(AnswerFacts, AnswerFacts)] = []
    // First those that are the same, then those of one kind, so that as little as can be seems to differ.
    for isPair in [{ $0.isSame(as: $1) }, { $0.message == $1.message }]
      as [(AnswerFacts, AnswerFacts) -> Bool]
    {
      var rest: [AnswerFacts] = []
      for answer in ones {
        if let place = others.firstIndex(where: { isPair(answer, $0) }) {
          pairs.append((answer, others.remove(at: place)))
        } else {
          rest.append(answer)
        }
      }
      ones = rest
    }
    var differences = pairs.flatMap { Self.differences(in: trial, $0, $1) }
    for place in 0..<max(ones.count, others.count) {
      differences.append(
        Difference(
          trial: trial,
          kind: "answer",
          one: place < ones.count ? ones[place].title : silence,
          other: place < others.count ? others[place].title : silence
        )
      )
    }
    return differences
  }

  private static func differences(in trial: String, _ one: AnswerFacts, _ other: AnswerFacts) -> [Difference]
  {
    var names: [String] = []
    for fact in one.facts + other.facts where !names.contains(fact.name) { names.append(fact.name) }
    return names.compactMap { name in
      let (first, second) = (one.value(of: name), other.value(of: name))
      if first == second { return nil }
      // How much is quoted is a fact of its own.
      if name.hasPrefix("quoted "), first == nothing || second == nothing { return nil }
      return Difference(trial: trial, kind: name, one: first, other: second)
    }
  }
}

extension AnswerFacts {
  /// The values of a fact, which may be there several times.
  fileprivate func value(of name: String) -> String {
    let values = facts.filter { $0.name == name }.map(\.value)
    return values.isEmpty ? Comparison.nothing : values.joined(separator: " | ")
  }

  fileprivate func isSame(as other: AnswerFacts) -> Bool {
    message == other.message && facts.elementsEqual(other.facts) { $0 == $1 }
  }
}
