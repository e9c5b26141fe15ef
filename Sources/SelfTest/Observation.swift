internal import ReferenceDevice

/// What came of cases on one device.
struct Observation: Sendable {
  /// The cases that were looked at.
  var looked: Set<Int> = []
  /// What came of those that didn't pass.
  private(set) var outcomes: [Int: CaseOutcome] = [:]
  /// Why cases were skipped.
  private(set) var reasons: [Int: String] = [:]
  /// Why the run ended before its time; nil if it didn't.
  var remark: String?
  /// The mutants to whose places the device came, if that was asked for.
  var reached: Set<Mutant> = []
  /// The trials that didn't pass, if they were asked for.
  var trials: [TrialFinding] = []

  /// Nothing has come yet of some cases.
  init(looked: Set<Int> = [], remark: String? = nil) {
    self.looked = looked
    self.remark = remark
  }

  /// Of some cases nothing could be known.
  init(inconclusive cases: Set<Int>, remark: String) {
    self.init(looked: cases, remark: remark)
    for number in cases { outcomes[number] = .inconclusive }
  }

  /// Notes a trial of a case; the case's outcome is that of its worst trial.
  mutating func note(_ outcome: CaseOutcome, of number: Int, _ reason: String) {
    outcomes[number] = max(outcomes[number] ?? .passed, outcome)
    if outcome == .skipped, reasons[number] == nil { reasons[number] = reason }
  }

  /// What came of a case; a pass if it wasn't looked at.
  func outcome(of number: Int) -> CaseOutcome { outcomes[number] ?? .passed }

  /// The cases with an outcome.
  func cases(_ wanted: CaseOutcome) -> Set<Int> {
    wanted == .passed
      ? looked.filter { outcome(of: $0) == .passed }
      : Set(outcomes.filter { $0.value == wanted }.keys)
  }

  /// Adds what came of other cases, or of the same ones by another seed, on the same device.
  mutating func add(_ other: Observation) {
    looked.formUnion(other.looked)
    outcomes.merge(other.outcomes, uniquingKeysWith: max)
    reasons.merge(other.reasons) { first, _ in first }
    remark = remark ?? other.remark
    trials += other.trials
  }
}

/// What came of a case on one device: that of its worst trial, the worst being last.
public enum CaseOutcome: String, Hashable, Comparable, Sendable, CaseIterable {
  case passed
  /// It isn't for this device.
  case skipped
  /// Passed, but the device does something that is discouraged.
  case warned
  /// It could not be known.
  case inconclusive
  case failed

  /// By severity.
  public static func < (one: CaseOutcome, other: CaseOutcome) -> Bool { one.severity < other.severity }

  private var severity: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
