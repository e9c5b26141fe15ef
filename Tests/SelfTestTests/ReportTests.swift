import Foundation
import FoundationXML
import Report
import SelfTest
import Testing

/// How a self-test is told.
@Suite struct SelfTestReportTests {
  private static let result = Result {
    try Proof("truncates-echo-data-at-56", "zeroes-sequence", "repeats-identification").run(
      Proof.echo("mirrored", citing: "RFC1122-3.2.2.6-c", expect: Proof.mirrored),
      Proof.echo("anything", citing: "RFC6864-4.3-a", expect: Proof.anything),
      Proof.echo("silence", citing: "RFC792-echo-b", expect: "nothing")
    )
  }

  @Test func `JUnit counts cases on the strict device, mutants, and cases again`() throws {
    let xml = try XMLDocument(data: Data(SelfTestJUnit.render(Self.result.get()).utf8))
    let names = try xml.nodes(forXPath: "//testsuite/@name").map { $0.stringValue ?? "" }
    #expect(
      names == [
        "selftest.reference", "selftest.mutants.RFC792", "selftest.mutants.RFC1122",
        "selftest.mutants.RFC6864", "selftest.cases",
      ]
    )
    for suite in try xml.nodes(forXPath: "//testsuite | /testsuites").compactMap({ $0 as? XMLElement }) {
      let cases = suite.name == "testsuites" ? "testsuite/testcase" : "testcase"
      for (attribute, path) in [
        ("tests", cases), ("failures", "\(cases)[failure]"), ("errors", "\(cases)[error]"),
        ("skipped", "\(cases)[skipped]"),
      ] {
        let count = try suite.nodes(forXPath: path).count
        #expect(suite.attribute(forName: attribute)?.stringValue == "\(count)", "\(attribute)")
      }
    }
    #expect(
      try xml.nodes(forXPath: "//testcase[failure]/@name").map(\.stringValue) == [
        "test.proof.silence", "repeats-identification", "test.proof.anything",
      ]
    )
    #expect(try xml.nodes(forXPath: "//skipped/@type").map(\.stringValue) == ["silenced", "not-green"])
  }

  @Test func `The summary ends with the counts of JUnit, and names what is wrong`() throws {
    let text = SelfTestSummary().render(try Self.result.get())
    #expect(text.hasSuffix("\n\n4 passed, 3 failed, 2 skipped\n"))
    for part in [
      "FAIL  1: on the strict device\n  test.proof.silence (seed 1)",
      "SURVIVED  1: their clauses are cited, and no case fails\n  repeats-identification (RFC6864-4.3-a)",
      "UNPROVED  1: no mutant can fail it\n  test.proof.anything (RFC6864-4.3-a)",
      "SILENCED  1: ",
    ] {
      #expect(text.contains(part), "\(part)\n\(text)")
    }
    #expect(!text.contains("\u{1B}"))
    #expect(SelfTestSummary(style: .ansi).render(try Self.result.get()).contains("\u{1B}[1;31mSURVIVED"))
  }

  @Test func `The table of the page has a row for each mutant`() throws {
    let page = SelfTestMarkdown.render(try Self.result.get())
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| ") }
    #expect(rows.contains { $0.hasPrefix("| truncates-echo-data-at-56 | RFC1122-3.2.2.6-c") })
    #expect(rows.contains { $0.hasPrefix("| repeats-identification ") && $0.contains("| survived |") })
    #expect(page.contains("## Cases that no mutant can fail\n\n- `test.proof.anything`"))
  }

  @Test func `JSON has a line for each case and mutant, and is read as it was written`() throws {
    let result = try Self.result.get()
    let text = SelfTestJSON.render(result)
    let lines = text.split(separator: "\n")
    #expect(lines.count { $0.hasPrefix(#"{"id": "#) } == 3)
    #expect(lines.count { $0.hasPrefix(#"{"name": "#) } == 3)
    let record = try JSONDecoder().decode(ProofRecord.self, from: Data(text.utf8))
    #expect(record == ProofRecord(result))
  }

  @Test func `The exit status says what the self-test came to`() throws {
    #expect(ExitStatus(try Self.result.get()) == .failed)
    var result = try Proof("truncates-echo-data-at-56").run(
      Proof.echo("mirrored", citing: "RFC1122-3.2.2.6-c", expect: Proof.mirrored)
    )
    #expect(ExitStatus(result) == .conforming)
    result.interruptedBy = "SIGTERM"
    #expect(ExitStatus(result) == .terminated)
    result.interruptedBy = "SIGINT"
    #expect(ExitStatus(result) == .interrupted)
    result.interruptedBy = nil
    result.cases = []
    #expect(ExitStatus(result) == .nothingSelected)
  }
}
