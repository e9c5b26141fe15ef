internal import Runner
internal import Suite
internal import Sweep

/// A sweep as JUnit XML: a suite a policy with a case for each rule and slice, and one of the changes since an earlier sweep.
///
/// Without either, a case a slice says whether every fate in it is proved.
public enum SweepJUnit {
  /// One case.
  private struct Case {
    var suite: String
    var name: String
    var file: String?
    var line: Int?
    var properties: [KeyValue] = []
    /// `failure`, `error` or `skipped`; nil for a pass.
    var element: String?
    var type = ""
    var message = ""
    var text = ""
    var output = ""
    var nanoseconds: Int64 = 0
  }

  /// The whole document.
  ///
  /// - Parameters:
  ///   - report: The sweep.
  ///   - dialect: Who the file is for.
  /// - Returns: XML in which counts are of test cases, and each case has at most one outcome.
  public static func render(_ report: SweepReport, dialect: JUnitReport.Dialect = .common) -> String {
    let cases = cases(of: report)
    var names: [String] = []
    for one in cases where !names.contains(one.suite) { names.append(one.suite) }
    let time = Duration.nanoseconds(report.result.nanoseconds).decimalSeconds
    var root: [XMLWriter.Attribute] = []
    if dialect == .common { root = [("name", "assay")] + counts(cases, skipped: false) + [("time", time)] }
    var xml = XMLWriter()
    xml.element("testsuites", root) { xml in
      for (index, name) in names.enumerated() {
        let own = cases.filter { $0.suite == name }
        var attributes = [("name", name)] + counts(own, skipped: true)
        attributes += [
          ("time", time), ("timestamp", report.result.started.utc + (dialect == .common ? "Z" : "")),
          ("hostname", report.result.target),
        ]
        if dialect == .strict { attributes += [("package", "sweep"), ("id", "\(index)")] }
        xml.element("testsuite", attributes) { xml in
          xml.element("properties") { xml in
            for property in index == 0 ? properties(report) : [] { xml.property(property) }
          }
          for one in own { write(one, dialect, to: &xml) }
          if dialect == .strict {
            xml.element("system-out", text: own.map(\.output).filter { !$0.isEmpty }.joined(separator: "\n"))
            xml.element("system-err")
          }
        }
      }
    }
    return xml.text
  }

  private static func counts(_ cases: [Case], skipped: Bool) -> [XMLWriter.Attribute] {
    func count(_ element: String) -> String { "\(cases.count { $0.element == element })" }
    let all = [
      ("tests", "\(cases.count)"), ("failures", count("failure")), ("errors", count("error")),
    ]
    return all + (skipped ? [("skipped", count("skipped"))] : [])
  }

  private static func properties(_ report: SweepReport) -> [KeyValue] {
    [
      KeyValue("assay", report.version), KeyValue("target", report.result.target),
      KeyValue("role", report.result.role.rawValue), KeyValue("frames", "\(report.result.framesSent)"),
    ] + (report.comparedWith.map { [KeyValue("compared-with", $0)] } ?? [])
  }

  private static func write(_ one: Case, _ dialect: JUnitReport.Dialect, to xml: inout XMLWriter) {
    var attributes: [XMLWriter.Attribute] = [
      ("classname", one.suite), ("name", one.name),
      ("time", Duration.nanoseconds(one.nanoseconds).decimalSeconds),
    ]
    if dialect == .common, let file = one.file {
      attributes += [("file", file), ("line", "\(max(1, one.line ?? 1))")]
    }
    xml.element("testcase", attributes) { xml in
      if dialect == .common {
        xml.element("properties") { xml in for property in one.properties { xml.property(property) } }
      }
      if let element = one.element {
        let message = one.message.oneLine
        xml.element(element, [("message", message.cut(to: 250)), ("type", one.type)], text: one.text)
      }
      if dialect == .common, !one.output.isEmpty { xml.element("system-out", text: one.output) }
    }
  }

  private static func cases(of report: SweepReport) -> [Case] {
    var cases = report.findings.map { policyCase($0, report) }
    cases += report.judgements.flatMap { judgement in
      judgement.unswept.map { slice in
        Case(
          suite: judgement.policy.name,
          name: "not swept[\(slice.id)]",
          file: judgement.policy.file,
          line: 1,
          element: "skipped",
          type: "not-run",
          message: "\(slice.title) was not swept",
          text: "\(slice.title) was not swept"
        )
      }
    }
    if let comparison = report.comparison { cases += changeCases(comparison, report) }
    return cases.isEmpty ? report.result.slices.map { sliceCase($0) } : cases
  }

  private static func policyCase(_ finding: SweepFinding, _ report: SweepReport) -> Case {
    let rule = finding.outcome.rule
    var one = Case(suite: finding.policy.name, name: finding.name)
    (one.file, one.line) = (rule.position.file, rule.position.line)
    one.nanoseconds = report.result[finding.outcome.slice]?.evidence.nanoseconds ?? 0
    if !finding.requirements.isEmpty {
      one.properties = [
        KeyValue("requirement", finding.requirements.map(\.id).joined(separator: ", ")),
        KeyValue("level", finding.requirements.map(\.level.rawValue).joined(separator: ", ")),
        KeyValue("rfc", finding.requirements.map(\.citation).joined(separator: ", ")),
      ]
    }
    one.properties += [
      KeyValue("verdict", finding.outcome.verdict.rawValue), KeyValue("kinds", "\(finding.outcome.count)"),
    ]
    let clauses = finding.requirements.map { "\($0.citation): \($0.text)" }
    let lines = [finding.headline] + clauses + finding.details
    one.message = finding.headline
    one.text = lines.map(\.visible).joined(separator: "\n")
    switch finding.standing {
    case .failed: (one.element, one.type) = ("failure", "fail")
    case .inconclusive: (one.element, one.type) = ("error", "inconclusive")
    case .skipped: (one.element, one.type) = ("skipped", "not-applicable")
    case .warned: one.output = "warning: " + one.text
    case .passed, .known, .error: break
    }
    return one
  }

  private static func changeCases(_ comparison: SweepComparison, _ report: SweepReport) -> [Case] {
    report.result.slices.compactMap { swept -> Case? in
      guard !comparison.onlyAfter.contains(swept.slice) else { return nil }
      var one = Case(suite: "changes", name: swept.slice.id)
      one.nanoseconds = swept.evidence.nanoseconds
      let changes = comparison.changes.filter { $0.slice == swept.slice }
      let open = comparison.undecided.filter { $0.slice == swept.slice }
      if let first = changes.first {
        (one.element, one.type, one.message) = ("failure", "changed", first.text)
        one.text = changes.map(\.text).joined(separator: "\n")
      } else if let first = open.first {
        (one.element, one.type) = ("error", "inconclusive")
        one.message = "not comparable: " + first.text
        one.text = open.map(\.text).joined(separator: "\n")
      }
      return one
    }
  }

  /// Whether every fate of a slice is proved.
  private static func sliceCase(_ swept: SliceResult) -> Case {
    var one = Case(suite: "sweep", name: swept.slice.id)
    one.nanoseconds = swept.evidence.nanoseconds
    let ranges = swept.map.ranges
    let open = ranges.filter(\.fate.isInconclusive)
    one.output = ranges.map { "\($0.label) \($0.fate.text(swept.slice.version))" }.joined(separator: "\n")
    if let reason = swept.skipped {
      (one.element, one.type, one.message, one.text) = ("skipped", "not-applicable", reason, reason)
    } else if let first = open.first {
      (one.element, one.type) = ("error", "inconclusive")
      one.message = "\(first.label) \(first.fate.text(swept.slice.version))"
      one.text = open.map { "\($0.label) \($0.fate.text(swept.slice.version))" }.joined(separator: "\n")
    }
    return one
  }
}
