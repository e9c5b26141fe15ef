/// What one trial showed of a target.
public enum ObservedOutcome: String, Hashable, Sendable, CaseIterable {
  case passed
  /// A SHOULD wasn't met, or a legal answer seen that is discouraged.
  case warned
  case failed
  /// A warning that the target's baseline lists.
  case knownWarning = "known-warning"
  /// A failure that the target's baseline lists: a deviation all the same.
  case knownDeviation = "known-deviation"
  /// It couldn't be known.
  case inconclusive
  /// The harness erred.
  case error
  /// The trial doesn't apply to the target.
  case skipped
  /// The run ended before the trial's turn.
  case notRun = "not-run"

  /// Whether the target was asked.
  public var isObservation: Bool {
    switch self {
    case .passed, .warned, .failed, .knownWarning, .knownDeviation, .inconclusive: true
    case .error, .skipped, .notRun: false
    }
  }

  /// The outcome in a sentence such as `3 passed, 1 known deviation`.
  func words(_ count: Int) -> String {
    switch self {
    case .passed, .warned, .failed, .inconclusive, .skipped: "\(count) \(rawValue)"
    case .notRun: "\(count) not run"
    case .knownWarning: count == 1 ? "1 known warning" : "\(count) known warnings"
    case .knownDeviation: count == 1 ? "1 known deviation" : "\(count) known deviations"
    case .error: count == 1 ? "1 error of the harness" : "\(count) errors of the harness"
    }
  }
}

/// How many trials came out how.
public struct OutcomeCounts: Hashable, Sendable {
  private var numbers = [Int](repeating: 0, count: ObservedOutcome.allCases.count)

  /// Counts of nothing.
  public init() {}

  /// The number of trials that came out so.
  public subscript(outcome: ObservedOutcome) -> Int {
    get { numbers[Self.places[outcome] ?? 0] }
    set { numbers[Self.places[outcome] ?? 0] = newValue }
  }

  private static let places = Dictionary(
    ObservedOutcome.allCases.enumerated().map { ($1, $0) },
    uniquingKeysWith: { first, _ in first }
  )

  /// All trials.
  public var trials: Int { numbers.reduce(0, +) }

  /// Trials in which the target was asked.
  public var observed: Int { ObservedOutcome.allCases.reduce(0) { $0 + ($1.isObservation ? self[$1] : 0) } }

  /// Adds the counts of other trials.
  public static func += (left: inout OutcomeCounts, right: OutcomeCounts) {
    for outcome in ObservedOutcome.allCases { left[outcome] += right[outcome] }
  }

  /// For example `3 passed, 1 known deviation`; `no trial` if there is none.
  public var words: String {
    let parts = ObservedOutcome.allCases.filter { self[$0] > 0 }.map { $0.words(self[$0]) }
    return parts.isEmpty ? "no trial" : parts.joined(separator: ", ")
  }
}
