import Foundation
import FoundationXML
import Report
import Runner
import Testing

@Suite struct JUnitTests {
  private func values(_ path: String, _ dialect: JUnitReport.Dialect = .common) throws -> [String] {
    let xml = JUnitReport.render(SampleRun.everything, dialect: dialect, evidence: "reports")
    return try XMLDocument(data: Data(xml.utf8)).nodes(forXPath: path).map { $0.stringValue ?? "" }
  }

  @Test(arguments: [JUnitReport.Dialect.common, .strict])
  func `counts are those of the cases within`(dialect: JUnitReport.Dialect) throws {
    let xml = JUnitReport.render(SampleRun.everything, dialect: dialect)
    let suites = try XMLDocument(data: Data(xml.utf8)).nodes(forXPath: "//testsuite")
    #expect(suites.count == 2)
    for suite in suites.compactMap({ $0 as? XMLElement }) {
      for (attribute, path) in [
        ("tests", "testcase"), ("failures", "testcase[failure]"), ("errors", "testcase[error]"),
        ("skipped", "testcase[skipped]"),
      ] {
        let count = try suite.nodes(forXPath: path).count
        #expect(suite.attribute(forName: attribute)?.stringValue == "\(count)")
      }
    }
  }

  @Test func `a case has one outcome at most`() throws {
    #expect(try values("//testcase[count(failure) + count(error) + count(skipped) > 1]").isEmpty)
  }

  @Test func `each outcome has message, type and text`() throws {
    let outcomes = "//testcase/failure | //testcase/error | //testcase/skipped"
    let count = try values(outcomes).count
    #expect(count == 10)
    #expect(try values(outcomes).allSatisfy { !$0.isEmpty })
    for attribute in ["message", "type"] {
      let texts = try values(
        ["failure", "error", "skipped"].map { "//testcase/\($0)/@\(attribute)" }.joined(separator: " | ")
      )
      #expect(texts.count == count)
      #expect(texts.allSatisfy { !$0.isEmpty && $0.count <= 250 })
    }
  }

  @Test func `verdicts become the elements of the table`() throws {
    #expect(
      try values("//failure/@type") == [
        "fail", "fail", "unexpected-pass", "deviation-expired", "deviation-changed",
      ]
    )
    #expect(try values("//error/@type") == ["inconclusive", "harness-error"])
    #expect(try values("//skipped/@type") == ["not-applicable", "known-failure", "not-run"])
  }

  @Test func `a pass after a retry keeps the failed attempt`() throws {
    #expect(try values("//testcase[flakyFailure]/@name") == ["mirrors[length=56]"])
    #expect(try values("//testcase[flakyFailure]/properties/property[@name='attempts']/@value") == ["2"])
  }

  @Test func `a warning passes and says so in its output`() throws {
    let output = try values("//testcase[@name='route-reversed']/system-out")
    #expect(output.count == 1)
    #expect(output[0].hasPrefix("warning: The route should be reversed"))
  }

  @Test func `evidence is named alone on a line for cases that have frames`() throws {
    let outputs = try values("//system-out").flatMap { $0.components(separatedBy: "\n") }
    #expect(
      outputs.filter { $0.contains("ATTACHMENT") } == [
        "[[ATTACHMENT|reports/evidence/icmpv4.echo/mirrors.length-1472.pcapng]]",
        "[[ATTACHMENT|reports/evidence/icmpv4.redirect/known-one.pcapng]]",
      ]
    )
  }

  @Test(arguments: [JUnitReport.Dialect.common, .strict])
  func `times are plain decimals`(dialect: JUnitReport.Dialect) throws {
    let times = try values("//@time", dialect)
    #expect(times.count >= 15)
    #expect(times.allSatisfy { $0.wholeMatch(of: #/[0-9]+\.[0-9]{3}/#) != nil })
  }

  @Test func `class and name are unique together`() throws {
    let cases = zip(try values("//testcase/@classname"), try values("//testcase/@name")).map { "\($0) \($1)" }
    #expect(Set(cases).count == cases.count)
  }

  @Test func `a run without suites is a document too`() throws {
    let xml = JUnitReport.render(SampleRun.run([]))
    #expect(try XMLDocument(data: Data(xml.utf8)).rootElement()?.name == "testsuites")
  }
}
