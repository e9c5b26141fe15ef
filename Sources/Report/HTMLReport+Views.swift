internal import Capture
internal import Judge
internal import Link
internal import Runner
internal import Suite

extension HTMLReport {
  /// What the template shows; flat, because it looks names up one by one.
  struct Page {
    let title: Markup
    let judgement: Markup
    let facts: [Fact]
    let remarks: [Markup]
    let filters: [Filter]
    let suites: [SuiteView]
    let style = Markup(unescaped: HTMLReport.style)
    let script = Markup(unescaped: HTMLReport.script)

    init(_ result: RunResult) {
      let counts = ResultCounts(result)
      title = Markup("Assay: \(result.target.name)")
      judgement = Markup(Judgement.sentence(result))
      facts = Self.facts(result)
      remarks = result.remarks.map { Markup($0) }
      filters = [
        Filter("all", "trials", counts.trials), Filter("failed", "failed", counts.failed),
        Filter("inconclusive", "inconclusive", counts.inconclusive), Filter("error", "errors", counts.errors),
        Filter("warned", "warnings", counts.warned), Filter("known", "known", counts.known),
        Filter("skipped", "skipped", counts.skipped), Filter("passed", "passed", counts.passed),
      ]
      let evidence = EvidencePaths(result)
      let frames = Dictionary(grouping: result.frames.filter { $0.trial != nil }) { $0.trial ?? "" }
      let opensFailures = counts.failed + counts.errors <= 3
      suites = result.suites.map {
        suite in
        SuiteView(suite, evidence: evidence, frames: frames, opensFailures: opensFailures) { id in
          result.rerun(id, of: suite)
        }
      }
    }

    private static func facts(_ result: RunResult) -> [Fact] {
      var facts = [Fact("target", "\(result.target.name) (\(result.target.role))")]
      facts += result.target.facts.map { Fact($0.key, $0.value) }
      facts += [
        Fact("started", result.started.utc.replacing("T", with: " ") + " UTC"),
        Fact(
          "took",
          result.duration.spoken
            + (result.serialWindows > result.duration
              ? "; a serial tool would have waited \(result.serialWindows.spoken)" : "")
        ),
      ]
      if let trip = result.roundTrip {
        facts.append(
          Fact(
            "control probes",
            "\(trip.samples) answered, median \(trip.median.spoken), slowest \(trip.largest.spoken)"
          )
        )
      }
      facts += (result.errorBudget?.facts ?? []).map { Fact($0.key, $0.value) }
      let flaky = ResultCounts(result).flaky
      if flaky > 0 { facts.append(Fact("passed after a retry", flaky == 1 ? "1 trial" : "\(flaky) trials")) }
      let statistics = result.statistics
      let lost = statistics.droppedByKernel + statistics.droppedByInterface
      facts += [
        Fact("capture", "\(statistics.received) frames, \(lost == 0 ? "none" : "\(lost)") lost"),
        Fact("seed", "\(result.seed)"), Fact("Assay", result.version),
      ]
      let strays = result.frames.count { $0.role == RecordedFrame.stray }
      let late = result.frames.count { $0.role == RecordedFrame.late }
      if strays + late > 0 {
        facts.append(
          Fact("of no trial", "\(strays) frames of the target, \(late) that came after their trial")
        )
      }
      return facts + result.environment.facts.map { Fact($0.label, $0.text) }
    }
  }

  struct Fact {
    let key: Markup
    let value: Markup

    init(_ key: String, _ value: String) {
      self.key = Markup(key)
      self.value = Markup(value)
    }
  }

  /// A button that shows the trials of one standing.
  struct Filter {
    let standing: Markup
    let label: Markup
    let count: String
    let isAll: Bool
    let isEmpty: Bool

    init(_ standing: String, _ label: String, _ count: Int) {
      self.standing = Markup(standing)
      self.label = Markup(label)
      self.count = "\(count)"
      isAll = standing == "all"
      isEmpty = count == 0
    }
  }

  struct SuiteView {
    let name: Markup
    let title: Markup
    let file: Markup
    let counts: Markup
    let trials: [TrialView]

    init(
      _ suite: SuiteResult,
      evidence: EvidencePaths,
      frames: [String: [RecordedFrame]],
      opensFailures: Bool,
      rerun: (_ id: String) -> String
    ) {
      let counts = ResultCounts(suite)
      name = Markup(suite.name)
      title = Markup(suite.title)
      file = Markup(suite.file)
      var parts = [
        (counts.failed, "failed"), (counts.inconclusive, "inconclusive"), (counts.errors, "errors"),
        (counts.warned, "warnings"), (counts.known, "known"), (counts.skipped, "skipped"),
      ].filter { $0.0 > 0 }.map { "\($0) \($1)" }
      parts.insert("\(counts.passed) of \(counts.trials) passed", at: 0)
      self.counts = Markup(parts.joined(separator: " · "))
      trials = suite.trials.map { trial in
        let id = suite.id(of: trial)
        return TrialView(
          Explanation(suite: suite, trial: trial, rerun: rerun(id)),
          evidence: evidence.path(of: id) ?? "",
          frames: trial.standing == .passed ? [] : frames[id] ?? [],
          opensFailures: opensFailures
        )
      }
    }
  }
}
