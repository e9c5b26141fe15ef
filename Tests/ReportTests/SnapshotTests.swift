import Report
import Testing

/// What users see of the sample run; the diff of a snapshot is reviewed like code.
@Suite struct SnapshotTests {
  @Test func `the terminal summary`() throws {
    let summary = TerminalSummary(reports: ["reports/junit.xml"])
    try expectSnapshot(summary.render(SampleRun.everything), "summary.txt")
  }

  @Test func `the terminal summary in colour`() throws {
    try expectSnapshot(TerminalSummary(style: .ansi).render(SampleRun.everything), "summary.ansi")
  }

  @Test func `JUnit for everyone`() throws {
    try expectSnapshot(JUnitReport.render(SampleRun.everything, evidence: "reports"), "junit.xml")
  }

  @Test func `JUnit by the strict schemas`() throws {
    try expectSnapshot(JUnitReport.render(SampleRun.everything, dialect: .strict), "junit-strict.xml")
  }

  @Test func `JSON`() throws {
    try expectSnapshot(JSONReport.render(SampleRun.everything), "results.json")
  }

  @Test func `Markdown`() throws {
    try expectSnapshot(MarkdownReport.render(SampleRun.everything), "summary.md")
  }

  @Test func `TAP`() throws {
    try expectSnapshot(TAPReport.render(SampleRun.everything), "results.tap")
  }

  @Test func `GitHub annotations`() throws {
    try expectSnapshot(GitHubReport.annotations(SampleRun.everything), "annotations.txt")
  }

  @Test func `HTML`() throws {
    try expectSnapshot(HTMLReport.render(SampleRun.everything), "report.html")
  }
}
