import Capture
import Foundation
import FoundationXML
import Runner
import Suite
import Sweep
import Testing
import Wire

@testable import Report

@Suite struct SweepReportTests {
  /// A sweep of two slices: one proved, one that couldn't be swept.
  private static func report(_ fates: [UInt8: Fate] = [8: .delivered], policy: String? = nil) throws
    -> SweepReport
  {
    let slice = SweepSlice(.v4, .inbound, .unsolicited)
    var map = FateMap()
    for kind in slice.kinds { map[kind] = fates[kind.type] ?? .dropped }
    var skipped = SliceResult(
      slice: SweepSlice(.v4, .inbound, .relatedTCP),
      map: FateMap(),
      evidence: SliceEvidence()
    )
    skipped.skipped = "no conversation (TCP) comes through"
    let result = SweepResult(
      target: "edge <7> \u{1B}[31m",
      role: .firewall,
      started: Timestamp(nanoseconds: 1_790_000_000_000_000_000),
      nanoseconds: 1_500_000_000,
      slices: [SliceResult(slice: slice, map: map, evidence: SliceEvidence()), skipped],
      framesSent: 70_000
    )
    guard let policy else { return SweepReport(result) }
    let text = "policy: p\nip: 4\nrules:\n" + policy
    let decoded = try FilterPolicy(decoding: text, file: "p.yaml")
    return SweepReport(result, judgements: [PolicyJudgement(decoded, result)])
  }

  private static let inbound = "direction: inbound, state: unsolicited"

  @Test func `Alone, a sweep conforms if every fate is proved`() throws {
    #expect(try Self.report().status == .conforming)
    #expect(try Self.report([8: .inconclusive(.lossyPath)]).status == .inconclusive)
  }

  @Test func `With a policy the policy decides`() throws {
    let kept = "  - { id: a, \(Self.inbound), match: { type: 8 }, fate: delivered }"
    let broken = "  - { id: a, \(Self.inbound), match: { type: 8 }, fate: dropped }"
    #expect(try Self.report(policy: kept).status == .conforming)
    #expect(
      try Self.report([8: .delivered, 9: .inconclusive(.lossyPath)], policy: kept).status == .conforming
    )
    #expect(try Self.report(policy: broken).status == .failed)
    #expect(try Self.report([8: .inconclusive(.lossyPath)], policy: kept).status == .inconclusive)
    let skipped = "  - { id: a, direction: inbound, state: related-tcp, match: { type: 3 }, fate: passed }"
    #expect(try Self.report(policy: skipped).status == .nothingSelected)
  }

  @Test func `A SHOULD that isn't kept is a warning, and a failure if it is enforced`() throws {
    let rule = "  - { id: a, requirement: X, \(Self.inbound), match: { type: 8 }, fate: dropped }"
    var report = try Self.report(policy: rule)
    report.catalogue = RequirementCatalogue([
      Requirement(id: "X", rfc: "9999", section: "1", level: .should, title: "x", text: "It should.")
    ])
    #expect(report.status == .conforming)
    #expect(report.findings.map(\.standing) == [.warned])
    report.enforcement = .should
    #expect(report.status == .failed)
  }

  @Test func `A change since an earlier sweep fails, whatever else is right`() throws {
    var report = try Self.report()
    let earlier = try Self.report([8: .dropped]).result
    report.comparison = SweepComparison(before: earlier.slices, after: report.result.slices)
    #expect(report.status == .failed)
    #expect(SweepSummary().verdict(report) == "256 kinds of message changed")
    report.comparison = SweepComparison(before: report.result.slices, after: report.result.slices)
    #expect(report.status == .conforming)
    #expect(SweepSummary().verdict(report) == "nothing changed")
    report.comparison = SweepComparison(before: [], after: report.result.slices)
    #expect(report.status == .nothingSelected)
  }

  @Test func `The summary draws a cell for each type and says what each range met with`() throws {
    let text = SweepSummary().render(
      try Self.report([8: .delivered, 3: .rateLimited(perSecond: 100, .delivered)])
    )
    #expect(text.contains("    0 ...%....+......."))
    #expect(text.contains("3/*            256  rate-limited (about 100/s)"))
    #expect(text.contains("8/*            256  delivered"))
    #expect(text.contains("no conversation (TCP) comes through"))
    #expect(!text.contains("\u{1B}"))
  }

  @Test func `JUnit has a case for each rule and slice, and its counts are right`() throws {
    let policy = """
        - { id: kept, \(Self.inbound), match: { type: 8 }, fate: delivered }
        - { id: broken, \(Self.inbound), match: { type: 9 }, fate: delivered }
        - { id: skipped, direction: inbound, state: related-tcp, match: { type: 3 }, fate: passed }
      """
    let report = try Self.report(policy: policy)
    for dialect in JUnitReport.Dialect.allCases {
      let xml = SweepJUnit.render(report, dialect: dialect)
      #expect(xml.contains("tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\""))
      #expect(xml.contains("name=\"broken[ipv4.inbound.unsolicited]\""))
      #expect(xml.contains("9/* dropped"))
      let document = try XMLDocument(xmlString: xml)
      #expect(try document.nodes(forXPath: "//testcase").count == 3)
      #expect(try document.nodes(forXPath: "//failure").count == 1)
      #expect(try document.nodes(forXPath: "//skipped").count == 1)
    }
  }

  @Test func `Without a policy JUnit has a case for each map`() throws {
    let xml = SweepJUnit.render(try Self.report([8: .inconclusive(.noWitness)]))
    let document = try XMLDocument(xmlString: xml)
    #expect(try document.nodes(forXPath: "//testcase").count == 2)
    #expect(try document.nodes(forXPath: "//error[@type='inconclusive']").count == 1)
    #expect(try document.nodes(forXPath: "//skipped").count == 1)
  }

  @Test func `The page shows each range once a type with a name, and escapes what others named`() throws {
    let page = SweepHTML.render(try Self.report())
    #expect(page.contains("Sweep of edge &lt;7&gt;"))
    #expect(!page.contains("\u{1B}"))
    #expect(page.contains("<title>8/* echo-request: delivered</title>"))
    #expect(page.contains("class=\"f-delivered\""))
    #expect(page.components(separatedBy: "<svg").count == 2)
    #expect(!page.contains("<script"))
  }

  @Test func `JSON is what a later sweep is compared with`() throws {
    let report = try Self.report([8: .delivered, 13: .changed(["ipv4.source"])])
    let again = try SweepJSON.result(from: try SweepJSON.render(report))
    let comparison = SweepComparison(before: again.slices, after: report.result.slices)
    #expect(comparison.changes.isEmpty && comparison.comparedCount == 2)
    for text in ["", "{}", "[]", "{\"format\": 3}"] {
      #expect(throws: SweepDocument.Fault.self) { try SweepJSON.result(from: text) }
    }
  }
}
