import Foundation
import Suite
import Testing
import Wire

/// The suites and clauses that come with Assay.
@Suite struct BundledSuiteTests {
  @Test func `Every bundled suite decodes and cites clauses that exist`() throws {
    let catalogue = try BundledFiles.catalogue()
    var names: Set<String> = []
    var trials: Set<String> = []
    for file in try BundledFiles.suiteFiles() {
      let suite = try TestSuite(decoding: file.text, file: file.path)
      #expect(catalogue.unknownCitations(in: suite).isEmpty, "\(file.path)")
      #expect(names.insert(suite.name).inserted, "\(suite.name) twice")
      for trial in suite.trials { #expect(trials.insert(trial.id).inserted, "\(trial.id) twice") }
      for testCase in suite.cases { #expect(!testCase.requirements.isEmpty, "\(testCase.id)") }
    }
    #expect(names.count >= 27)
    #expect(trials.count >= 2400)
  }

  @Test func `The position of a case is the line where its id stands`() throws {
    for file in try BundledFiles.suiteFiles() {
      let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
      for testCase in try TestSuite(decoding: file.text, file: file.path).cases {
        #expect(testCase.position.file == file.path)
        let line = try #require(
          lines.indices.contains(testCase.position.line - 1) ? testCase.position.line - 1 : nil
        )
        #expect(lines[line].dropFirst(testCase.position.column - 1) == "id: \(testCase.id)")
      }
    }
  }
}

@Suite struct RequirementCatalogueTests {
  @Test func `The two bundled files hold 1286 clauses of different names`() throws {
    #expect(try BundledFiles.catalogue().count == 1286)
  }

  @Test func `A clause has its source, level and text`() throws {
    let clause = try #require(try BundledFiles.catalogue()["RFC1122-3.2.2.6-c"])
    #expect(clause.rfc == "1122")
    #expect(clause.section == "3.2.2.6")
    #expect(clause.level == .must)
    #expect(clause.citation == "RFC 1122 3.2.2.6")
    #expect(!clause.title.isEmpty)
    #expect(!clause.text.isEmpty)
  }

  @Test func `Every bundled clause says whose duty it is and how it can be tested`() throws {
    var duties: [Duty: Int] = [:]
    var ways: [Observability: Int] = [:]
    var places: [Topology: Int] = [:]
    for clause in try BundledFiles.catalogue().clauses {
      let testability = try #require(clause.testability, "\(clause.id)")
      duties[testability.duty, default: 0] += 1
      ways[testability.observability, default: 0] += 1
      places[testability.topology, default: 0] += 1
      #expect(!testability.stimulus.isEmpty && !testability.expected.isEmpty, "\(clause.id)")
      #expect(testability.obsoletedBy != "", "\(clause.id)")
    }
    #expect(Set(duties.keys) == Set(Duty.allCases))
    #expect(Set(ways.keys) == Set(Observability.allCases))
    #expect(Set(places.keys) == Set(Topology.allCases))
    #expect(duties.values.reduce(0, +) == 1286)
  }

  @Test func `Clauses stand in the order of the files`() throws {
    let clauses = try BundledFiles.catalogue().clauses
    #expect(clauses.count == 1286)
    #expect(clauses.prefix(2).map(\.id) == ["RFC791-3.1-a", "RFC791-3.1-b"])
  }

  @Test func `What isn't said of a clause is what nearly all are`() throws {
    var catalogue = RequirementCatalogue()
    try catalogue.add(decoding: "- { id: a, rfc: 792, level: MUST }", file: "one.yaml")
    #expect(catalogue["a"]?.testability == Testability())
  }

  @Test func `The plan of a run keeps of a clause what it always kept, and reads what it always wrote`()
    throws
  {
    let clause = try #require(try BundledFiles.catalogue()["RFC1122-3.2.2.6-c"])
    let data = try JSONEncoder().encode(clause)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(Set(object.keys) == ["id", "rfc", "section", "level", "title", "text"])
    var expected = clause
    expected.testability = nil
    #expect(try JSONDecoder().decode(Requirement.self, from: data) == expected)
  }

  @Test func `A draft is cited by its name`() {
    let clause = Requirement(id: "x", rfc: "draft-ietf-x", section: "2", level: .should, title: "", text: "")
    #expect(clause.citation == "draft-ietf-x 2")
  }

  @Test func `An unknown citation is told with the nearest clause`() throws {
    let source = MarkedSource(
      """
      suite: test
      cases:
        - id: a
          title: A
          requirement: [RFC1122-3.2.2.6-c, «RFC1122-3.2.2.66-c, «nonsense]
          steps: [{ send: [ipv4] }, { expect: nothing }]
      """
    )
    let found = try BundledFiles.catalogue().unknownCitations(in: try decoded(source.text))
    #expect(found.map(\.position) == source.places)
    #expect(
      found.first?.message.hasPrefix(
        "no clause 'RFC1122-3.2.2.66-c' in the requirement catalogue; did you mean"
      ) == true
    )
    #expect(found.last?.message == "no clause 'nonsense' in the requirement catalogue")
  }

  private func faults(of text: String) -> [Diagnostic] {
    var catalogue = RequirementCatalogue()
    do throws(SuiteError) {
      try catalogue.add(decoding: text, file: MarkedSource.file)
      return []
    } catch {
      return error.diagnostics
    }
  }

  @Test func `Every fault of a catalogue is told with its place`() {
    expectFaults(
      """
      - { id: a, rfc: 792, level: MUST, whatever: else }
      - «{ id: a, rfc: 792, level: MUST }
      - «{ id: b, level: MUST }
      - { id: c, rfc: 792, level: «MUSTN'T }
      - { id: d, rfc: 792, level: MUST, role: «hosts, observable: «black, topology: «on-link }
      - { id: e, rfc: 792, level: MUST, obsoleted_by: «[a, b] }
      - «word
      - «{ id: '', rfc: 1, level: MAY }
      """,
      "a second clause 'a'",
      "a clause needs 'id', 'rfc' and 'level'",
      "'MUSTN'T' is not a level; did you mean 'MUST-NOT'?",
      "'hosts' is not a role; did you mean 'host'?",
      "'black' is not a way to observe; did you mean 'black-box'?",
      "'on-link' is not a topology; did you mean 'on-link-host'?",
      "'obsoleted_by' must be a word or a number, not a list",
      "a clause needs 'id', 'rfc' and 'level'",
      "a clause needs 'id', 'rfc' and 'level'",
      decoding: faults(of:)
    )
  }

  @Test func `A clause of one file can't be in another one again`() throws {
    var catalogue = RequirementCatalogue()
    try catalogue.add(decoding: "- { id: a, rfc: 792, level: MUST }", file: "one.yaml")
    #expect(throws: SuiteError.self) {
      try catalogue.add(decoding: "- { id: a, rfc: 792, level: MUST }", file: "two.yaml")
    }
  }

  @Test func `A catalogue is a list`() {
    expectFaults("«id: a", "a catalogue is a list of clauses, not a mapping", decoding: faults(of:))
  }
}
