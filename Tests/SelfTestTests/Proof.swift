import ReferenceDevice
import SelfTest
import Suite
import Testing

/// A self-test of made-up suites, over a few mutants that count as all.
struct Proof {
  static let catalogue = """
    - { id: RFC792-echo-b, rfc: "792", section: Echo, level: MUST }
    - { id: RFC792-echo-c, rfc: "792", section: Echo, level: MUST }
    - { id: RFC1122-3.2.2.6-a, rfc: "1122", section: 3.2.2.6, level: MUST }
    - { id: RFC1122-3.2.2.6-c, rfc: "1122", section: 3.2.2.6, level: MUST }
    - { id: RFC6864-4.3-a, rfc: "6864", section: "4.3", level: MUST }
    """

  var mutants: [String]
  var options = SelfTestOptions()

  init(_ mutants: String...) {
    self.mutants = mutants
    options.seeds = 1
  }

  /// A case about an echo with a hundred octets.
  static func echo(_ id: String, citing clause: String, expect: String, head: String = "") -> String {
    """
      - id: \(id)
        title: \(id)
        requirement: \(clause)\(head.isEmpty ? "" : "\n    \(head)")
        steps:
          - send: [ ipv4, icmpv4: { type: echo-request, identifier: $id, sequence: 5 }, data: { counter: 100 } ]
          - expect: \(expect)
    """
  }

  /// Its right answer.
  static let mirrored = "[ icmpv4: { type: echo-reply, sequence: 5 }, data: $sent.data ]"
  /// Any answer, and none, is right.
  static let anything = "{ any-of: [{ outcome: pass, packet: [icmpv4] }, { outcome: pass, nothing: true }] }"

  /// Proves the suite `test.proof` with these cases.
  func run(_ cases: String...) throws -> SelfTestResult {
    let text = (["suite: test.proof", "title: A proof", "cases:"] + cases).joined(separator: "\n") + "\n"
    var catalogue = RequirementCatalogue()
    try catalogue.add(decoding: Self.catalogue, file: "catalogue.yaml")
    return MutantMatrix(
      suites: [try TestSuite(decoding: text, file: "proof.yaml")],
      catalogue: catalogue,
      mutants: try mutants.map { try #require(Mutant(name: $0), "\($0)") },
      options: options
    ).run()
  }
}

extension SelfTestResult {
  /// What is known of the case of that name.
  func proof(_ id: String) -> CaseFinding? { cases.first { $0.id == "test.proof.\(id)" } }

  /// What came of the mutant of that name.
  func mutant(_ name: String) -> MutantFinding? { mutants.first { $0.name == name } }
}
