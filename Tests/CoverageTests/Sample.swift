import Coverage
import Suite
import Testing

/// A catalogue with a clause for each state, a suite that cites some, and files about both.
enum Sample {
  static let clauses = """
    - { id: R-echo, rfc: 792, section: Echo, level: MUST, role: any, title: Echo, requirement: Answer. }
    - { id: R-sum, rfc: 792, level: MUST-NOT, role: node, title: Sum, requirement: Discard. }
    - { id: R-should, rfc: 1122, level: SHOULD, role: host, title: Nicer, requirement: Be nice. }
    - { id: R-open, rfc: 1122, level: MUST, role: host, topology: two-tester-addresses, title: Open }
    - { id: R-route, rfc: 1812, level: MUST, role: router, topology: router-between, title: Route }
    - { id: R-app, rfc: 1122, level: MUST, role: host, observable: needs-upper-tester, title: App }
    - { id: R-in, rfc: 1122, level: MUST, observable: not-observable, reason: It is inside., title: In }
    - { id: R-dark, rfc: 1122, level: MAY, observable: not-observable, title: Dark }
    - { id: R-old, rfc: draft-ietf-x-old-01, level: MUST, obsoleted_by: R-echo, title: Old }
    - { id: R-old-in, rfc: 950, level: MUST, observable: not-observable, obsoleted_by: R-echo, title: Older }
    - { id: R-old-tested, rfc: 950, level: MUST, obsoleted_by: R-echo, title: Old but tested }
    """

  static func catalogue() throws -> RequirementCatalogue { try decodedCatalogue.get() }

  private static let decodedCatalogue = Result {
    var catalogue = RequirementCatalogue()
    try catalogue.add(decoding: clauses, file: "catalogue.yaml")
    return catalogue
  }

  /// `s.echo` (three trials), `s.sum`, `s.nice` and `s.old`.
  static func suite() throws -> TestSuite { try decodedSuite.get() }

  private static let decodedSuite = Result {
    let steps = "steps: [{ send: [ipv4] }, { expect: nothing }]"
    return try TestSuite(
      decoding: """
        suite: s
        cases:
          - id: echo
            title: Echo
            requirement: R-echo
            vary: { ttl: [1, 2, 3] }
            steps: [{ send: [{ ipv4: { ttl: $ttl } }] }, { expect: nothing }]
          - { id: sum, title: Sum, requirement: [R-sum, R-echo], \(steps) }
          - { id: nice, title: Nice, requirement: R-should, \(steps) }
          - { id: old, title: Old, requirement: R-old-tested, \(steps) }
        """,
      file: "s.yaml"
    )
  }

  static func table(
    proofs: ProofMatrix? = nil,
    runs: [ObservedRun] = [],
    baselines: [Baseline] = []
  ) throws -> CoverageTable {
    CoverageTable(
      catalogue: try catalogue(),
      suites: [try suite()],
      proofs: proofs,
      runs: runs,
      baselines: baselines
    )
  }

  /// A matrix of `case: [clauses] [mutants]` and `mutant: [clauses] status [cases]`.
  static func proofs(
    _ cases: [(id: String, clauses: [String], mutants: [String])],
    _ mutants: [(name: String, clauses: [String], status: String, cases: [String])]
  ) throws -> ProofMatrix {
    func list(_ words: [String]) -> String { "[\(words.map { "\"\($0)\"" }.joined(separator: ", "))]" }
    let caseTexts = cases.map {
      #"{"id": "\#($0.id)", "requirements": \#(list($0.clauses)), "mutants": \#(list($0.mutants))}"#
    }
    let mutantTexts = mutants.map {
      #"{"name": "\#($0.name)", "requirements": \#(list($0.clauses)), "summary": "does wrong", "#
        + #""status": "\#($0.status)", "cases": \#(list($0.cases))}"#
    }
    return try ProofMatrix(
      decoding:
        #"{"suites": 1, "cases": [\#(caseTexts.joined(separator: ","))], "#
        + #""mutants": [\#(mutantTexts.joined(separator: ","))], "reference": {"seeds": 1}}"#,
      file: "proofs.json"
    )
  }

  /// The results of a run, as `assay run --json` writes them.
  static func results(
    of target: String = "box",
    role: String = "host",
    file: String = "results.json",
    interruptedBy: String? = nil,
    _ trials: [Trial]
  ) throws -> ObservedRun {
    try ObservedRun(
      decoding: text(of: target, role: role, interruptedBy: interruptedBy, trials),
      file: file
    )
  }

  static func text(
    of target: String = "box",
    role: String = "host",
    interruptedBy: String? = nil,
    _ trials: [Trial]
  ) -> String {
    """
    {
      "format": "assay-results/1", "version": "0.1.0", "seed": "7", "started": "2026-11-26T07:43:13.242714992Z",
      "target": {"name": "\(target)", "role": "\(role)", "facts": [{"key": "ipv4", "value": "192.0.2.1/24"}]},
      "environment": {"kernel": "Linux 6.18"}, "remarks": [],
      "interruptedBy": \(interruptedBy.map { "\"\($0)\"" } ?? "null"),
      "suites": [{"name": "s", "trials": [\(trials.map(\.json).joined(separator: ",\n"))]}]
    }
    """
  }

  /// One trial of results.
  struct Trial {
    var name: String
    var variant = ""
    var clauses: [String]
    var outcome = "pass"
    var reason = "as-required"
    /// How a baseline relates to it, for example `expected`.
    var known: String?
    var isFlaky = false

    init(
      _ name: String,
      _ variant: String,
      _ clauses: [String],
      _ outcome: String = "pass",
      reason: String = "as-required",
      known: String? = nil,
      isFlaky: Bool = false
    ) {
      (self.name, self.variant, self.clauses, self.outcome) = (name, variant, clauses, outcome)
      (self.reason, self.known, self.isFlaky) = (reason, known, isFlaky)
    }

    init(
      _ name: String,
      _ clauses: [String],
      _ outcome: String = "pass",
      reason: String = "as-required",
      known: String? = nil,
      isFlaky: Bool = false
    ) {
      self.init(name, "", clauses, outcome, reason: reason, known: known, isFlaky: isFlaky)
    }

    var json: String {
      let id = "s.\(name)" + (variant.isEmpty ? "" : "[\(variant)]")
      let cited = clauses.map {
        #"{"id": "\#($0)", "level": "MUST", "citation": "RFC 4242 7.1 (b)", "title": "T \#($0)", "text": ""}"#
      }
      let deviation = known.map { #"{"match": "\#($0)", "reason": "as listed", "ticket": ""}"# } ?? "null"
      return #"{"id": "\#(id)", "case": "\#(name)", "flaky": \#(isFlaky), "requirements": "#
        + #"[\#(cited.joined(separator: ","))], "verdict": {"outcome": "\#(outcome)", "reason": "\#(reason)", "#
        + #""summary": "seen \#(outcome)"}, "knownDeviation": \#(deviation)}"#
    }
  }

  /// The cases of the suite, all passed.
  static let passing = [
    Trial("echo", "ttl=1", ["R-echo"]), Trial("echo", "ttl=2", ["R-echo"]),
    Trial("echo", "ttl=3", ["R-echo"]),
    Trial("sum", ["R-sum", "R-echo"]), Trial("nice", ["R-should"]), Trial("old", ["R-old-tested"]),
  ]
}

extension CoverageTable {
  /// A clause of the sample.
  func clause(_ id: String) throws -> ClauseCoverage {
    try #require(clauses.first { $0.requirement.id == id })
  }
}

extension ConformanceStatement {
  /// What is said of a clause of the sample.
  func entry(_ id: String) throws -> Entry { try #require(entries.first { $0.requirement.id == id }) }
}
