import Coverage
import Foundation
import Report
import Suite
import Testing

/// The coverage of a small catalogue as text, JSON and Markdown.
@Suite struct CoverageReportTests {
  /// A title that would be markup, a second cell, and a sequence for the terminal.
  static let hostile = "a | b `c` <i>\u{1B}[31m *d* \\| e"

  static func table(proofs: Bool = true) throws -> CoverageTable {
    CoverageTable(
      catalogue: try catalogue(),
      suites: [try suite()],
      proofs: proofs ? try matrix() : nil,
      runs: [try results()]
    )
  }

  private static func catalogue() throws -> RequirementCatalogue {
    var catalogue = RequirementCatalogue()
    try catalogue.add(
      decoding: """
        - { id: R-a, rfc: 792, level: MUST, role: any, title: 'TITLE', requirement: Answer. }
        - { id: R-b, rfc: 792, level: SHOULD, role: host, title: Nicer, notes: Careful. }
        - { id: R-c, rfc: 1812, level: MUST, role: router, topology: router-between, title: Route }
        - { id: R-d, rfc: draft-ietf-opsec-icmp-filtering-04, level: MAY, observable: not-observable, title: In }
        """.replacing("TITLE", with: hostile.replacing("\u{1B}", with: "")),
      file: "c.yaml"
    )
    return catalogue
  }

  private static func suite() throws -> TestSuite {
    try TestSuite(
      decoding: """
        suite: s
        cases:
          - id: a
            title: Pipes | and more
            requirement: R-a
            vary: { ttl: [1, 2] }
            steps: [{ send: [{ ipv4: { ttl: $ttl } }] }, { expect: nothing }]
        """,
      file: "s.yaml"
    )
  }

  private static func matrix() throws -> ProofMatrix {
    try ProofMatrix(
      decoding: """
        {"suites": 1, "cases": [{"id": "s.a", "requirements": ["R-a"], "mutants": ["m|1"]}],
         "mutants": [{"name": "m|1", "requirements": ["R-a"], "summary": "breaks | it", "status": "caught",
                      "cases": ["s.a"]}], "reference": {}}
        """,
      file: "p.json"
    )
  }

  private static func results() throws -> ObservedRun {
    let clause = #"{"id": "R-a", "level": "MUST", "citation": "RFC 792 x", "title": "t", "text": ""}"#
    let summary = JSONValueText(hostile).text
    return try ObservedRun(
      decoding: """
        {"format": "assay-results/1", "version": "0.1.0", "seed": "1", "started": "2026-11-26T07:43:13.5Z",
         "target": {"name": "edge|7", "role": "host", "facts": []}, "environment": {"kernel": "Linux | 6"},
         "suites": [{"name": "s", "trials": [
          {"id": "s.a[ttl=1]", "case": "a", "requirements": [\(clause)],
           "verdict": {"outcome": "pass", "reason": "as-required", "summary": ""}, "knownDeviation": null},
          {"id": "s.a[ttl=2]", "case": "a", "requirements": [\(clause)],
           "verdict": {"outcome": "fail", "reason": "wrong-answer", "summary": \(summary)}, "knownDeviation": null}
         ]}]}
        """,
      file: "r|1.json"
    )
  }

  static func statement() throws -> ConformanceStatement {
    ConformanceStatement(
      of: "edge|7",
      role: .host,
      capabilities: ["tcp|port": "22"],
      runs: [try results()],
      catalogue: try catalogue(),
      suites: [try suite()]
    )
  }

  /// A string as JSON has it.
  private struct JSONValueText {
    var text: String
    init(_ string: String) {
      let data = (try? JSONEncoder().encode(string)) ?? Data()
      text = String(decoding: data, as: UTF8.self)
    }
  }

  // MARK: Text

  @Test(arguments: [60, 80, 100, 120])
  func `No line of the text is wider than the terminal`(width: Int) throws {
    let text = CoverageText(width: width)
    let table = try Self.table()
    var lines = text.list(table).split(separator: "\n")
    for clause in table.clauses {
      lines += text.details(clause, areProofsKnown: true).split(separator: "\n")
    }
    if width >= 80 { lines += text.summary(table).split(separator: "\n") }
    for line in lines { #expect(line.count <= width, "\(line)") }
    #expect(!lines.joined().contains("\u{1B}"))
  }

  @Test func `The bundled catalogue's table fits 80 columns even with four digits everywhere`() throws {
    let table = try Self.table()
    var many = table
    many.clauses = (0..<9999).flatMap { _ in table.clauses }
    for line in CoverageText(width: 80).summary(many).split(separator: "\n") {
      #expect(line.count <= 80, "\(line)")
    }
  }

  @Test func `A row of the table has the numbers of its document, unknown proofs a question mark`() throws {
    func row(_ table: CoverageTable) -> [String] {
      CoverageText(width: 80).summary(table).split(separator: "\n").first { $0.hasPrefix("792 ") }
        .map { $0.split(separator: " ").map(String.init) } ?? []
    }
    #expect(row(try Self.table()) == ["792", "2", "1", "1", "1", "1", "·", "·", "·", "·", "50"])
    #expect(row(try Self.table(proofs: false)) == ["792", "2", "1", "?", "1", "1", "·", "·", "·", "·", "50"])
  }

  @Test func `The details of a clause name cases, mutants and observations`() throws {
    let clause = try #require(try Self.table().clauses.first { $0.requirement.id == "R-a" })
    let text = CoverageText(width: 100).details(clause, areProofsKnown: true)
    for words in [
      "R-a, RFC 792", "covered and proved", "s.a (2 trials)", "m|1, caught by s.a", "breaks | it",
      "edge|7: 1 passed, 1 failed",
    ] { #expect(text.contains(words), "\(words)") }
  }

  @Test func `Where nothing is known that is said`() throws {
    let table = CoverageTable(catalogue: try Self.catalogue(), suites: [try Self.suite()])
    let text = CoverageText(width: 100).summary(table)
    #expect(text.contains("Proofs aren't known"))
    #expect(text.contains("No observation of a target is known."))
  }

  // MARK: Markdown

  @Test func `Every row of every table has as many cells as its head`() throws {
    let texts = [
      CoverageMarkdown.render(try Self.table()),
      StatementMarkdown.render(try Self.statement(), version: "1|2"),
    ]
    for text in texts {
      var columns = 0
      var rows = 0
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        guard line.hasPrefix("|") else {
          columns = 0
          continue
        }
        let cells = Self.cells(line)
        if columns > 0 { #expect(cells == columns, "\(line)") }
        columns = cells
        rows += 1
      }
      #expect(rows > 8)
      #expect(!text.contains("\u{1B}") && !text.contains("<i>"))
    }
  }

  /// Pipes that aren't escaped: behind an even number of backslashes.
  private static func cells(_ line: some StringProtocol) -> Int {
    var (count, isEscaped) = (0, false)
    for character in line {
      if character == "|", !isEscaped { count += 1 }
      isEscaped = character == "\\" && !isEscaped
    }
    return count
  }

  // MARK: JSON

  @Test func `The coverage as JSON holds each clause with its state`() throws {
    let text = CoverageJSON.render(try Self.table(), version: "0.1.0")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(json["format"] as? String == "assay-coverage/1")
    #expect((json["counts"] as? [String: Any])?["proved"] as? Int == 1)
    let clauses = try #require(json["clauses"] as? [[String: Any]])
    #expect(
      clauses.map { $0["state"] as? String } == [
        "covered-and-proved", "not-covered", "not-covered-two-arms", "not-observable",
      ]
    )
    let observed = try #require(clauses[0]["observations"] as? [[String: Any]])
    #expect(observed[0]["passed"] as? Int == 1 && observed[0]["failed"] as? Int == 1)
    let unknown = CoverageJSON.render(try Self.table(proofs: false), version: "0.1.0")
    let other = try #require(try JSONSerialization.jsonObject(with: Data(unknown.utf8)) as? [String: Any])
    #expect((other["counts"] as? [String: Any])?["proved"] is NSNull)
  }

  @Test func `The statement as JSON holds each clause with its verdict`() throws {
    let text = StatementJSON.render(try Self.statement(), version: "0.1.0")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(json["format"] as? String == "assay-statement/1")
    let clauses = try #require(json["clauses"] as? [[String: Any]])
    #expect(
      clauses.map { $0["verdict"] as? String } == ["deviates", "not-tested", "not-applicable", "untestable"]
    )
  }

  @Test func `A statement names the target, its claims, the runs and the deviation`() throws {
    let text = StatementMarkdown.render(try Self.statement(), version: "0.1.0")
    for words in [
      "# Conformance statement: edge\\|7", "tcp\\|port: 22", "2026-11-26T07:43:13Z", "Linux \\| 6",
      "deviates \\(1 passed, 1 failed\\)", "1 of 2 trials failed: s.a\\[ttl=2\\]",
    ] { #expect(text.contains(words), "\(words)") }
  }
}
