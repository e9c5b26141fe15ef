import Foundation
import FoundationXML
import Report
import Runner
import Testing

@Suite struct HostileTextTests {
  private func count(_ scalar: Unicode.Scalar, in text: String) -> Int {
    text.unicodeScalars.count { $0 == scalar }
  }

  @Test(arguments: HostileText.samples, [JUnitReport.Dialect.common, .strict])
  func `JUnit stays well-formed XML`(text: String, dialect: JUnitReport.Dialect) throws {
    let xml = JUnitReport.render(HostileText.run(text), dialect: dialect, evidence: "reports")
    let document = try XMLDocument(data: Data(xml.utf8))
    #expect(try document.nodes(forXPath: "//testcase").count == 8)
    #expect(try document.nodes(forXPath: "//testcase/failure").count == 2)
  }

  @Test(.enabled(if: ExternalTool.exists("xmllint"), "needs xmllint"))
  func `xmllint takes every hostile text`() throws {
    try withTemporaryDirectory { folder in
      for text in HostileText.samples {
        let file = folder.appendingPathComponent("junit.xml")
        try Data(JUnitReport.render(HostileText.run(text)).utf8).write(to: file)
        _ = try #require(ExternalTool("xmllint")).run("--noout", file.path)
      }
    }
  }

  @Test func `a reader gets back what was written, attributes and text alike`() throws {
    let text = "a\tb\nc\rd \"e\" 'f' <g> & ]]> 🙂 \u{1F468}\u{200D}\u{1F469} e\u{301}"
    let xml = JUnitReport.render(HostileText.run(text))
    let document = try XMLDocument(data: Data(xml.utf8))
    let name = try #require(document.nodes(forXPath: "//testcase[1]/@name").first?.stringValue)
    #expect(name == "case0\(text)[\(text)]")
    let output = try #require(document.nodes(forXPath: "//testcase[2]/system-out").first?.stringValue)
    #expect(output.hasPrefix("warning: \(text)\n"))
  }

  @Test func `control characters become visible and terminal sequences vanish`() throws {
    let text = "a\u{1B}[1;31mb\u{1B}[0mc\u{00}d\u{1B}e\u{FFFE}f\u{202E}g\u{1B}]0;t\u{07}h"
    let xml = JUnitReport.render(HostileText.run(text))
    #expect(xml.contains(#"name="case0abc\x00d\x1Be\u{FFFE}f\u{202E}gh["#))
  }

  @Test(arguments: HostileText.samples)
  func `JSON gives every text back exactly`(text: String) throws {
    let json = JSONReport.render(HostileText.run(text))
    let document = try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(document["remarks"] as? [String] == [text])
    let suites = try #require(document["suites"] as? [[String: Any]])
    let trials = try #require(suites[0]["trials"] as? [[String: Any]])
    let verdict = try #require(trials[0]["verdict"] as? [String: Any])
    // Compared by scalars: Swift takes canonically equivalent texts for equal.
    #expect(Array(try #require(verdict["summary"] as? String).unicodeScalars) == Array(text.unicodeScalars))
  }

  /// Text may add neither a tag nor an end of an attribute.
  @Test(arguments: HostileText.samples.filter { !$0.isEmpty })
  func `HTML has no more markup than for harmless text`(text: String) {
    let harmless = HTMLReport.render(HostileText.run("x"))
    let html = HTMLReport.render(HostileText.run(text))
    for scalar: Unicode.Scalar in ["<", ">", "\"", "'"] {
      #expect(count(scalar, in: html) == count(scalar, in: harmless))
    }
    #expect(!html.unicodeScalars.contains("\u{1B}"))
  }

  @Test(arguments: HostileText.samples.filter { !$0.isEmpty })
  func `Markdown has no more tags than for harmless text`(text: String) {
    let harmless = MarkdownReport.render(HostileText.run("x"))
    let markdown = MarkdownReport.render(HostileText.run(text))
    #expect(count("<", in: markdown) == count("<", in: harmless))
    let lines = markdown.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines.count == harmless.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).count
    )
  }

  @Test(arguments: HostileText.samples)
  func `TAP has a line for each point and nothing else at the margin`(text: String) {
    let lines = TAPReport.render(HostileText.run(text)).unicodeScalars.split(separator: "\n").map(String.init)
    let margin = lines.filter { !$0.hasPrefix("  ") }
    #expect(margin.count == 1 + 1 + 8 + 1)
    #expect(margin.filter { $0.hasPrefix("ok ") || $0.hasPrefix("not ok ") }.count == 8)
  }

  @Test(arguments: HostileText.samples)
  func `annotations are one command a line`(text: String) {
    let lines = GitHubReport.annotations(HostileText.run(text)).unicodeScalars.split(separator: "\n")
    #expect(lines.count == 5)
    for line in lines.map(String.init) {
      #expect(line.hasPrefix("::error file=") || line.hasPrefix("::warning file="))
      #expect(!line.unicodeScalars.contains("\r"))
    }
  }

  @Test(arguments: HostileText.samples)
  func `the terminal gets no sequence from outside, and the last line is ours`(text: String) {
    let summary = TerminalSummary().render(HostileText.run(text))
    #expect(!summary.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    #expect(summary.hasSuffix("\n2 passed, 2 failed, 2 skipped\n"))
  }

  @Test(arguments: HostileText.samples)
  func `evidence stays below its directory under names that every system takes`(text: String) throws {
    let result = HostileText.run(text)
    let paths = EvidencePaths(result)
    var seen: Set<String> = []
    for trial in result.suites[0].trials {
      guard let path = paths.path(of: result.suites[0].id(of: trial)) else { continue }
      #expect(
        path.wholeMatch(of: #/evidence/[A-Za-z0-9_-][A-Za-z0-9._-]*/[A-Za-z0-9_-][A-Za-z0-9._-]*\.pcapng/#)
          != nil
      )
      #expect(path.split(separator: "/").allSatisfy { $0.utf8.count < 200 })
      #expect(seen.insert(path.lowercased()).inserted)
    }
    #expect(seen.count == 7)
  }
}
