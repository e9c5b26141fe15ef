internal import Capture
internal import Link
public import Runner

/// The run as JUnit XML.
public enum JUnitReport {
  /// Who the file is for: no file satisfies everyone.
  public enum Dialect: String, Hashable, Sendable, CaseIterable {
    /// For GitLab, GitHub actions, CircleCI, Jenkins and Azure: with file, line and properties of each case.
    case common
    /// Valid by the schemas of Ant and of Jenkins' xunit plugin, which refuse those; what is lost in a case stands in the
    /// suite's `system-out`.
    case strict
  }

  /// The whole document.
  ///
  /// - Parameters:
  ///   - result: The run.
  ///   - dialect: Who the file is for.
  ///   - evidence: The directory of the reports as seen from the project's root, for example `reports`, if the captures
  ///     of trials are there; nil leaves the references to them out.
  /// - Returns: XML in which counts are of test cases, and each case has at most one outcome.
  public static func render(
    _ result: RunResult,
    dialect: Dialect = .common,
    evidence: String? = nil
  ) -> String {
    let captures = evidence.map { (folder: $0, paths: EvidencePaths(result)) }
    let counts = ResultCounts(result)
    var root: [XMLWriter.Attribute] = []
    if dialect == .common {
      root = [
        ("name", "assay"), ("tests", "\(counts.trials)"), ("failures", "\(counts.failed)"),
        ("errors", "\(counts.errors + counts.inconclusive)"), ("time", result.duration.decimalSeconds),
      ]
    }
    var xml = XMLWriter()
    xml.element("testsuites", root) { xml in
      for (index, suite) in result.suites.enumerated() {
        let attributes = suiteAttributes(suite, index, result, dialect)
        xml.element("testsuite", attributes) { xml in
          xml.element("properties") { xml in
            // Of the run, so said once: there are readers that take a repeated name for a mistake.
            for property in index == 0 ? runProperties(result) : [] { xml.property(property) }
          }
          for trial in suite.trials {
            let path = captures.flatMap { captures in
              captures.paths.path(of: suite.id(of: trial)).map { "\(captures.folder)/\($0)" }
            }
            let rerun = result.rerun(suite.id(of: trial), of: suite)
            let explanation = Explanation(suite: suite, trial: trial, rerun: rerun)
            TestCase(explanation: explanation, dialect: dialect, evidence: path).write(to: &xml)
          }
          if dialect == .strict {
            xml.element("system-out", text: remarks(suite))
            xml.element("system-err")
          }
        }
      }
    }
    return xml.text
  }

  private static func suiteAttributes(
    _ suite: SuiteResult,
    _ index: Int,
    _ result: RunResult,
    _ dialect: Dialect
  ) -> [XMLWriter.Attribute] {
    let counts = ResultCounts(suite)
    // Ant wants the name apart from its package; Jenkins joins them again with a dot.
    let dot = dialect == .strict ? suite.name.lastIndex(of: ".") : nil
    let package = dot.map { String(suite.name[..<$0]) } ?? ""
    let name = dot.map { String(suite.name[suite.name.index(after: $0)...]) } ?? suite.name
    let started = suite.trials.compactMap(\.started).min() ?? result.started
    let ended = suite.trials.compactMap { trial in trial.started.map { $0 + trial.duration } }.max()
    var attributes: [XMLWriter.Attribute] = [
      ("name", name), ("tests", "\(counts.trials)"), ("failures", "\(counts.failed)"),
      ("errors", "\(counts.errors + counts.inconclusive)"), ("skipped", "\(counts.allSkipped)"),
      ("time", ended.map { ($0 - started).decimalSeconds } ?? "0.000"),
      ("timestamp", started.utc + (dialect == .common ? "Z" : "")), ("hostname", result.target.name),
    ]
    if dialect == .strict { attributes += [("package", package), ("id", "\(index)")] }
    return attributes
  }

  private static func runProperties(_ result: RunResult) -> [KeyValue] {
    [
      KeyValue("assay", result.version), KeyValue("seed", "\(result.seed)"),
      KeyValue("target", result.target.name), KeyValue("role", result.target.role),
      KeyValue("flaky", "\(ResultCounts(result).flaky)"),
    ] + result.target.facts + (result.errorBudget?.facts ?? [])
      + result.environment.facts.map { KeyValue($0.label, $0.text) }
      + (result.remarks.isEmpty ? [] : [KeyValue("remarks", result.remarks.joined(separator: " "))])
  }

  /// What the strict dialect can't say within a case: warnings and retries.
  private static func remarks(_ suite: SuiteResult) -> String {
    suite.trials.compactMap { trial in
      let explanation = Explanation(suite: suite, trial: trial)
      if trial.standing == .warned { return "warning: " + explanation.text }
      if trial.isFlaky {
        return "passed after a retry: \(trial.name)\n" + explanation.earlierAttempts.joined(separator: "\n")
      }
      return nil
    }.joined(separator: "\n\n")
  }
}

extension XMLWriter {
  /// A property of a suite or case.
  mutating func property(_ property: KeyValue) {
    element("property", [("name", property.key), ("value", property.value)])
  }
}
