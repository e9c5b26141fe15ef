/// What a conformance statement says of a clause; each clause has exactly one verdict.
public enum StatementVerdict: String, Hashable, Sendable, CaseIterable {
  /// Every trial that ran passed, and at least one ran.
  case conforms
  /// A trial failed, and the clause is a MUST or MUST NOT.
  case deviates
  /// A trial failed, or was warned of, and the clause is a SHOULD, SHOULD NOT or MAY.
  case notMet = "not-met"
  /// A trial was warned of, and the clause is a MUST: the answer seen is discouraged, or another clause's SHOULD wasn't met.
  case warned
  /// A trial couldn't be judged, and none was worse.
  case inconclusive
  /// It binds others, or all its trials need something that the target doesn't have.
  case notApplicable = "not-applicable"
  /// Cases cite it, and the runs had none of their trials.
  case notRun = "not-run"
  /// No case cites it yet.
  case notTested = "not-tested"
  /// No trial could show whether the target obeys, without something on the target.
  case untestable
  /// A later clause takes its place, and no trial of it ran.
  case obsolete

  /// The verdict in words.
  public var words: String {
    switch self {
    case .conforms: "conforms"
    case .deviates: "deviates"
    case .notMet: "not met"
    case .warned: "warned"
    case .inconclusive: "inconclusive"
    case .notApplicable: "not applicable"
    case .notRun: "not run"
    case .notTested: "not tested"
    case .untestable: "untestable"
    case .obsolete: "obsolete"
    }
  }

  /// What it means, as a sentence for readers of a statement.
  public var meaning: String {
    switch self {
    case .conforms: "Every trial of its cases that ran passed, and at least one ran."
    case .deviates: "A trial of its cases failed, whether or not the deviation is known."
    case .notMet: "A recommendation or an option that the target doesn't follow."
    case .warned:
      "A trial ended with a warning: the answer is legal but discouraged, or a recommendation that the same case tests isn't followed."
    case .inconclusive: "Trials ran, none failed, and not all could be judged."
    case .notApplicable: "It binds other kinds of devices, or needs what the target doesn't have."
    case .notRun: "There are cases for it, but their trials weren't part of the runs."
    case .notTested: "No case cites it yet."
    case .untestable: "Packets alone can't show whether the target obeys."
    case .obsolete: "A later document replaces, contradicts or deprecates it, and no trial of it ran."
    }
  }
}
