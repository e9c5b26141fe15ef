internal import Capture
internal import Judge
internal import Runner
internal import Suite
internal import Wire

extension HTMLReport {
  /// One trial as the template shows it.
  struct TrialView {
    let id: Markup
    let name: Markup
    let standing: Markup
    let word: Markup
    let headline: Markup
    let summary: Markup
    let title: Markup
    let place: Markup
    let seconds: Markup
    let requirements: [RequirementView]
    let hasDifferences: Bool
    let differences: [DifferenceView]
    let hasMeasurements: Bool
    let measurements: [DifferenceView]
    let timeline: Markup
    let attempts: Markup
    let hasFrames: Bool
    let frames: [FrameView]
    let omittedFrames: Markup
    let evidence: Markup
    /// The command that runs it again; empty for a pass.
    let rerun: Markup
    let isOpen: Bool

    /// Most frames shown of a trial; the capture has them all.
    private static let frameLimit = 24

    init(_ explanation: Explanation, evidence: String, frames: [RecordedFrame], opensFailures: Bool) {
      let trial = explanation.trial
      id = Markup(explanation.suite.id(of: trial).oneLine.replacing(" ", with: "_"))
      name = Markup(trial.name)
      standing = Markup(trial.standing.rawValue)
      word = Markup(trial.isFlaky ? "pass after retry" : trial.standingWord.replacing("-", with: " "))
      headline = Markup(trial.standing == .passed ? trial.title : trial.headline)
      // Said once, in the headline or below it.
      summary = Markup(
        trial.standing != .passed && trial.headline.hasSuffix(trial.verdict.summary)
          ? "" : trial.verdict.summary
      )
      title = Markup(trial.title)
      place = Markup(explanation.place)
      seconds = Markup(trial.duration.spoken)
      requirements = trial.requirements.map { RequirementView($0) }
      differences = trial.verdict.differences.map { DifferenceView($0) }
      hasDifferences = !differences.isEmpty
      measurements = trial.verdict.measurements.map {
        DifferenceView(FieldDifference(field: $0.name, required: "", seen: $0.value))
      }
      hasMeasurements = !measurements.isEmpty
      timeline = Markup(trial.verdict.details.joined(separator: "\n"))
      attempts = Markup(explanation.earlierAttempts.joined(separator: "\n"))
      let start = frames.first?.frame.time
      self.frames = frames.prefix(Self.frameLimit).map { FrameView($0, start: start ?? $0.frame.time) }
      hasFrames = !frames.isEmpty
      omittedFrames = Markup(
        frames.count > Self.frameLimit
          ? "and \(frames.count - Self.frameLimit) more frames in the capture" : ""
      )
      self.evidence = Markup(evidence)
      rerun = Markup(trial.standing == .passed ? "" : explanation.rerun)
      isOpen = opensFailures && (trial.standing == .failed || trial.standing == .error)
    }
  }

  struct RequirementView {
    let id: Markup
    let level: Markup
    let citation: Markup
    let text: Markup

    init(_ requirement: Requirement) {
      id = Markup(requirement.id)
      level = Markup(requirement.level.rawValue)
      citation = Markup(requirement.citation)
      text = Markup(requirement.text)
    }
  }

  struct DifferenceView {
    let field: Markup
    let required: Markup
    let seen: Markup

    init(_ difference: FieldDifference) {
      field = Markup(difference.field)
      required = Markup(difference.required)
      seen = Markup(difference.seen)
    }
  }

  struct FrameView {
    let time: Markup
    let role: Markup
    let summary: Markup
    let octets: Markup

    /// Most octets shown of a frame.
    private static let octetLimit = 160

    init(_ frame: RecordedFrame, start: Timestamp) {
      time = Markup("+" + (frame.frame.time - start).spoken)
      role = Markup(frame.frame.arm == .far ? "\(frame.role) (far arm)" : frame.role)
      summary = Markup(Dissection(frame.frame.bytes).summary)
      octets = Markup(Self.dump(frame.frame.bytes.prefix(Self.octetLimit), of: frame.frame.bytes.count))
    }

    /// Sixteen octets a line with their offset.
    private static func dump(_ octets: ArraySlice<UInt8>, of count: Int) -> String {
      var lines: [String] = []
      for start in stride(from: octets.startIndex, to: octets.endIndex, by: 16) {
        let row = octets[start..<min(start + 16, octets.endIndex)]
        lines.append(hex(start, width: 4) + "  " + row.map { hex(Int($0), width: 2) }.joined(separator: " "))
      }
      if octets.count < count { lines.append("… \(count - octets.count) more octets") }
      return lines.joined(separator: "\n")
    }

    private static func hex(_ value: Int, width: Int) -> String {
      let digits = String(value, radix: 16)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
  }
}
