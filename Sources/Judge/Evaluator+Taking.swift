internal import Capture
internal import Craft
internal import Suite
internal import Wire

/// Which frame of the target is the answer to what.
extension Evaluator {
  /// Whether a frame can be an answer to what was sent since the last expectation.
  func isAfterStimulus(_ candidate: Candidate) -> Bool {
    answersCountFrom.map { candidate.time + timing.stampSlack >= $0 } ?? true
  }

  /// Holds the frames that wait, from a place on, against the current expectation.
  ///
  /// The ones before that place were looked at when the step began: nothing that happens later makes them fit.
  mutating func takePending(from place: Int) {
    guard let expectation = currentExpectation else { return }
    let entered = step
    var index = place
    // Taking a frame may begin another step, which looks at the rest by itself.
    while index < pending.count, verdict == nil, step == entered, isListening {
      let candidate = pending[index]
      let isInTime: Bool =
        if case .expecting(let deadline) = phase { candidate.time <= deadline } else { true }
      if isInTime, isAfterStimulus(candidate), tryTaking(candidate, expectation) { continue }
      index += 1
    }
    if step == entered, verdict == nil, isListening, case .nothing = expectation.kind,
      let frame = intruder(in: expectation, isProved: false)
    {
      finish(unexpected(frame))
    }
  }

  /// Whether an answer would be taken now.
  private var isListening: Bool {
    switch phase {
    case .expecting, .listening, .settling(_, .silence), .control(.silence, _, _): true
    default: false
    }
  }

  /// Lets the expectation take a frame; true if it did.
  private mutating func tryTaking(_ candidate: Candidate, _ expectation: PlannedExpectation) -> Bool {
    let label = "step \(step + 1): as expected"
    switch expectation.kind {
    case .nothing: return false
    case .packet(let pattern, let times):
      guard pattern.differences(in: candidate).isEmpty else { return false }
      remove(candidate, role: label)
      note(candidate, expectation)
      if tooEarly(candidate, expectation) { return true }
      matchesInStep += 1
      if matchesInStep >= times.upperBound { completeStep(at: candidate.time) }
      return true
    case .allOf(let patterns):
      let fits = patterns.indices.filter { patterns[$0].differences(in: candidate).isEmpty }
      guard assignment.add(fits) else { return false }
      remove(candidate, role: label)
      note(candidate, expectation)
      if tooEarly(candidate, expectation) { return true }
      if assignment.isComplete { completeStep(at: candidate.time) }
      return true
    case .sequence(let patterns):
      guard patterns[matchesInStep...].first?.differences(in: candidate).isEmpty ?? false else {
        return false
      }
      remove(candidate, role: label)
      note(candidate, expectation)
      if tooEarly(candidate, expectation) { return true }
      matchesInStep += 1
      if matchesInStep == patterns.count { completeStep(at: candidate.time) }
      return true
    case .anyOf(let alternatives):
      let delay = candidate.time - (stimulusTime ?? candidate.time)
      let match = alternatives.first { alternative in
        alternative.counts(after: delay)
          && alternative.pattern?.differences(in: candidate).isEmpty ?? false
      }
      guard let match else { return false }
      let label =
        [.pass, .record].contains(match.outcome)
        ? "as expected" : "an alternative that counts as \(match.outcome.rawValue)"
      remove(candidate, role: "step \(step + 1): \(label)")
      note(candidate, expectation)
      measure(candidate, match.record)
      if tooEarly(candidate, expectation) { return true }
      if take(match, text: candidate.frame.summary, at: candidate.time) { completeStep(at: candidate.time) }
      return true
    }
  }

  /// Remembers an answer for later steps, and measures what the step wants to know of it.
  private mutating func note(_ candidate: Candidate, _ expectation: PlannedExpectation) {
    plan.late?.received(candidate.frame, as: expectation.name)
    measure(candidate, expectation.record)
  }

  /// Whether an answer came before the least time that must pass; from here on others count from it.
  private mutating func tooEarly(_ candidate: Candidate, _ expectation: PlannedExpectation) -> Bool {
    let origin = expectation.since == .answer ? answerTime ?? stimulusTime : stimulusTime
    answerTime = candidate.time
    guard let notBefore = expectation.notBefore, let origin, candidate.time < origin + notBefore else {
      return false
    }
    let delay = candidate.time - origin
    finish(early(candidate, after: delay, expectation.since, notBefore: notBefore))
    return true
  }

  /// An alternative was seen: its outcome counts.
  ///
  /// - Parameters:
  ///   - alternative: Which one.
  ///   - text: What was seen.
  ///   - time: When.
  /// - Returns: Whether the case goes on; else it is over, and its cleanup may have begun.
  mutating func take(_ alternative: PlannedAlternative, text: String, at time: Timestamp) -> Bool {
    switch alternative.outcome {
    case .pass: break
    case .record: measurements.append(MeasuredValue(name: "answer", value: alternative.because ?? text))
    case .warn:
      // How the target got where the case needs it is no matter of the case.
      if isInCase { warnings.append(discouraged(alternative, text: text)) }
    case .fail:
      finish(badAlternative(alternative, text: text, at: time))
      return false
    }
    return true
  }

  private mutating func remove(_ candidate: Candidate, role: String) {
    pending.removeAll { $0.index == candidate.index }
    taken.insert(candidate.likeness)
    roles[candidate.index] = role
  }

  /// A frame that shouldn't be there while the current expectation waits for silence; nil if there is none.
  ///
  /// A fragment that never made a whole is an answer too, once nothing more can come.
  func intruder(in expectation: PlannedExpectation, isProved: Bool = true) -> Candidate? {
    func isIntruder(_ candidate: Candidate) -> Bool {
      if candidate.isOfConnection { return false }
      if let arm = expectation.arm, case .nothing = expectation.kind, candidate.arm != arm { return false }
      switch expectation.kind {
      case .nothing:
        // `others: allowed` doesn't lift an explicit demand for silence, only what came before it.
        return !plan.allowsOthers
          || isAfterStimulus(candidate) && candidate.time >= (windowStart ?? candidate.time)
      default: return !plan.allowsOthers && isAfterStimulus(candidate)
      }
    }
    return pending.first(where: isIntruder) ?? (isProved ? held.first(where: isIntruder) : nil)
  }

  /// A frame that no step took; rather one that isn't just a copy of a right answer.
  var leftover: Candidate? {
    let rest = (pending + held).filter { !$0.isOfConnection }
    return rest.first { !taken.contains($0.likeness) } ?? rest.first
  }

  /// The waiting frame that comes nearest to what was expected; copies of right answers aside.
  func nearestMiss(to expectation: PlannedExpectation) -> Candidate? {
    func distance(_ candidate: Candidate) -> Int {
      openPatterns(of: expectation).map { $0.differences(in: candidate).count }.min() ?? 0
    }
    return pending.filter { isAfterStimulus($0) && !taken.contains($0.likeness) && !$0.isOfConnection }
      .map { (candidate: $0, distance: distance($0)) }
      .min { $0.distance < $1.distance }?.candidate
  }
}

/// Which frame meets which of several patterns, each frame one: as many as possible, whatever the order in which
/// frames come.
struct Assignment: Sendable {
  /// For each pattern the number of the frame that meets it.
  private var frameOfPattern: [Int?]
  /// The patterns that each frame taken so far could meet.
  private var fits: [[Int]] = []

  init(patterns: Int) { frameOfPattern = Array(repeating: nil, count: patterns) }

  /// The patterns that no frame meets yet.
  var open: [Int] { frameOfPattern.indices.filter { frameOfPattern[$0] == nil } }

  var isComplete: Bool { frameOfPattern.allSatisfy { $0 != nil } }

  /// Takes a frame which fits these patterns, moving others if need be; false if there is no place for it.
  mutating func add(_ patterns: [Int]) -> Bool {
    fits.append(patterns)
    var visited: Set<Int> = []
    if place(fits.count - 1, &visited) { return true }
    fits.removeLast()
    return false
  }

  private mutating func place(_ frame: Int, _ visited: inout Set<Int>) -> Bool {
    for pattern in fits[frame] where visited.insert(pattern).inserted {
      if let other = frameOfPattern[pattern], !place(other, &visited) { continue }
      frameOfPattern[pattern] = frame
      return true
    }
    return false
  }
}
