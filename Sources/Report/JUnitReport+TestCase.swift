internal import Judge
internal import Runner
internal import Suite

extension JUnitReport {
  /// One trial as a `testcase`.
  struct TestCase {
    let explanation: Explanation
    let dialect: Dialect
    /// Path of the trial's own capture from the project's root; nil if there is none.
    let evidence: String?

    private var trial: TrialResult { explanation.trial }

    func write(to xml: inout XMLWriter) {
      var attributes: [XMLWriter.Attribute] = [
        ("classname", explanation.suite.name), ("name", trial.name), ("time", trial.duration.decimalSeconds),
      ]
      if dialect == .strict {
        guard let outcome else { return xml.element("testcase", attributes) }
        return xml.element("testcase", attributes) { outcome.write(to: &$0) }
      }
      attributes += [("file", explanation.suite.file), ("line", "\(max(1, trial.line))")]
      xml.element("testcase", attributes) { xml in
        xml.element("properties") { xml in
          for property in properties { xml.property(property) }
        }
        outcome?.write(to: &xml)
        if trial.isFlaky {
          for verdict in trial.earlierAttempts { flakyFailure(verdict, to: &xml) }
        }
        if !output.isEmpty { xml.element("system-out", text: output) }
      }
    }

    /// The one element that says how the case ended; nil for a pass.
    private var outcome: OutcomeElement? {
      let name: String
      switch trial.standing {
      case .passed, .warned: return nil
      case .failed: name = "failure"
      case .inconclusive, .error: name = "error"
      case .known, .skipped: name = "skipped"
      }
      let message = trial.headline.oneLine
      return OutcomeElement(
        name: name,
        message: message.cut(to: 250),
        type: trial.standingWord,
        // Some readers show only the text and some only the message.
        text: name == "skipped" ? message : explanation.text
      )
    }

    private var properties: [KeyValue] {
      var properties: [KeyValue] = []
      if !trial.requirements.isEmpty {
        properties = [
          KeyValue("requirement", joined(trial.requirements.map(\.id))),
          KeyValue("level", joined(trial.requirements.map(\.level.rawValue))),
          KeyValue("rfc", joined(trial.requirements.map(\.citation))),
        ]
      }
      return properties + [
        KeyValue("verdict", trial.verdict.outcome.rawValue),
        KeyValue("reason", trial.verdict.reason.rawValue),
        KeyValue("attempts", "\(trial.attempts)"),
      ] + trial.verdict.measurements.map { KeyValue("measured.\($0.name)", $0.value) }
    }

    /// The texts without repetition, in order.
    private func joined(_ texts: [String]) -> String {
      var unique: [String] = []
      for text in texts where !unique.contains(text) { unique.append(text) }
      return unique.joined(separator: ", ")
    }

    private var output: String {
      var blocks: [String] = []
      if let evidence { blocks.append("[[ATTACHMENT|\(evidence)]]") }
      if trial.standing == .warned { blocks.append("warning: " + explanation.text) }
      if trial.standing == .known { blocks.append(explanation.text) }
      return blocks.joined(separator: "\n")
    }

    private func flakyFailure(_ verdict: Verdict, to xml: inout XMLWriter) {
      let message = verdict.summary.oneLine
      xml.element(
        "flakyFailure",
        [("message", message.cut(to: 250)), ("type", verdict.outcome.rawValue)],
        text: ([message] + verdict.details.map(\.visible)).joined(separator: "\n")
      )
    }
  }

  /// `failure`, `error` or `skipped`.
  private struct OutcomeElement {
    let name: String
    let message: String
    let type: String
    let text: String

    func write(to xml: inout XMLWriter) {
      xml.element(name, [("message", message), ("type", type)], text: text)
    }
  }
}
