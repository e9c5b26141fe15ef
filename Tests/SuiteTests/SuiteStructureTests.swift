import Suite
import Testing
import Wire

/// Faults of a suite's and a case's own keys.
@Suite struct SuiteStructureTests {
  private static let steps = "- send: [ipv4]\n- expect: nothing"

  @Test func `An unknown key of a suite is reported with the nearest spelling`() {
    expectFaults(
      """
      suite: test
      «titel: Echo
      cases:
        - { id: a, title: A, requirement: R, steps: [{ send: [ipv4] }, { expect: nothing }] }
      """,
      "unknown key 'titel' in a suite; did you mean 'title'?"
    )
  }

  @Test func `An unknown key without a near spelling gets the list of keys`() {
    expectFaults(
      MarkedSource.suite(steps: Self.steps, head: "«xyzzy: 1"),
      "unknown key 'xyzzy' in a case; expected one of: id, title, requirement, needs, vary, setup, steps, cleanup, locks, others, "
        + "family, arms"
    )
  }

  @Test func `A suite without name and cases lacks both`() {
    expectFaults("««title: Echo", "a suite lacks 'suite'", "a suite lacks 'cases'")
  }

  @Test func `A case lacks what it doesn't have`() {
    expectFaults(
      "suite: test\ncases:\n  - «««needs: timestamp",
      "a case lacks 'id'",
      "a case lacks 'title'",
      "a case lacks 'steps'"
    )
  }

  @Test func `All faults of a file are reported at once`() {
    expectFaults(
      """
      suite: «Bad Name
      «colour: red
      cases:
        - id: «A
          title: A
          requirement: R
          steps:
            - send: [«ipv5]
            - «wiat: 1s
      """,
      "'Bad Name' is not a suite name: lower-case words with hyphens, joined by dots, for example icmpv4.echo",
      "unknown key 'colour' in a suite; expected one of: suite, title, roles, needs, arms, family, include, packets, expectations, defaults, setup, cleanup, locks, cases",
      "'A' is not a case id: lower-case words, digits and hyphens",
      "unknown layer 'ipv5'; did you mean 'ipv4'?",
      "'wiat' is not a step; did you mean 'wait'?"
    )
  }

  @Test func `A second case of the same id names the line of the first`() {
    expectFaults(
      """
      suite: test
      cases:
        - { id: a, title: A, requirement: R, steps: [{ send: [ipv4] }, { expect: nothing }] }
        - «{ id: a, title: A, requirement: R, steps: [{ send: [ipv4] }, { expect: nothing }] }
        - «{ id: a, title: A, requirement: R, steps: [{ send: [ipv4] }, { expect: nothing }] }
      """,
      "a second case 'a'; the first one is in line 3",
      "a second case 'a'; the first one is in line 3"
    )
  }

  @Test func `The same key twice in a mapping is refused`() {
    expectFaults(
      "suite: test\n«title: one\ntitle: two\ncases: []",
      "the same key twice: 'title'"
    )
  }

  @Test func `Keys are the same if their text is, quoted or not`() {
    #expect(faults(ofSuite: "suite: test\n1: a\n\"1\": b").map(\.message) == ["the same key twice: '1'"])
  }

  @Test func `A case that sends nothing is refused`() {
    expectFaults(
      MarkedSource.suite(steps: "«- wait: 1s\n- forbid: [ipv4]"),
      "the case sends nothing"
    )
  }

  @Test func `A case that expects nothing at all is refused`() {
    expectFaults(
      MarkedSource.suite(steps: "«- send: [ipv4]\n- wait: 1s"),
      "the case expects nothing at all; `- expect: nothing` demands silence"
    )
  }

  @Test func `An expectation before the first packet is refused`() {
    expectFaults(
      MarkedSource.suite(steps: "- «expect: nothing\n- send: [ipv4]\n- expect: nothing"),
      "nothing was sent before this expectation, so nothing can answer it"
    )
  }

  @Test func `A prohibition may stand before the first packet`() {
    #expect(faults(ofSuite: MarkedSource.suite(steps: "- forbid: [ipv4]\n- send: [ipv4]")).isEmpty)
  }

  @Test(arguments: ["cases: «[]", "cases: «none", "cases: «{ a: 1 }"])
  func `Cases must be a list of at least one`(_ line: String) {
    let found = faults(ofSuite: MarkedSource("suite: test\n" + line).text)
    #expect(found.count == 1)
    #expect(found.first?.message.hasPrefix("'cases' must be a list of at least one case, not ") == true)
    #expect(found.first?.position == MarkedSource("suite: test\n" + line).places.first)
  }

  @Test func `Steps must be a list`() {
    expectFaults(
      "suite: test\ncases:\n  - id: a\n    title: A\n    requirement: R\n    steps: «{ send: [ipv4] }",
      "'steps' must be a list of steps, not a mapping"
    )
  }

  @Test func `A list of requirements isn't empty`() {
    expectFaults(
      "suite: test\ncases:\n  - id: a\n    title: A\n    requirement: «[]\n    steps:\n"
        + "      - send: [ipv4]\n      - expect: nothing",
      "the list is empty; it needs a requirement"
    )
  }

  @Test func `Roles and IP versions come from their lists`() {
    expectFaults(
      "suite: test\nroles: [host, «ruter]\nfamily: «ipx\n"
        + "cases:\n  - { id: a, title: A, requirement: R, steps: [{ send: [ipv4] }, { expect: nothing }] }",
      "'ruter' is not a role; did you mean 'router'?",
      "'ipx' is not an IP version; expected one of: ipv4, ipv6"
    )
  }

  @Test func `A far side needs a case with both`() {
    let message = "'far' needs `arms: near+far` in the suite or the case"
    expectFaults(
      MarkedSource.suite(
        steps: """
          - send: [ipv4]
            from: «far
          - expect: nothing
            at: «far
          - forbid: [icmpv4]
            at: «far
          """,
        head: "arms: near"
      ),
      message,
      message,
      message
    )
  }

  @Test func `A case for both sides may speak of the far one`() throws {
    let suite = try decoded(
      MarkedSource.suite(
        steps: """
          - send: [ipv4]
            from: far
          - expect: nothing
            at: near
          """,
        head: "arms: near+far"
      )
    )
    #expect(suite.cases.first?.hasBothArms == true)
    guard case .send(let stimulus)? = suite.cases.first?.steps.first?.action else {
      Issue.record("the first step sends nothing")
      return
    }
    #expect(stimulus.arm == .far)
  }

  @Test func `The only value of others is allowed`() {
    expectFaults(
      MarkedSource.suite(steps: Self.steps, head: "others: «yes"),
      "'others' can only be 'allowed'"
    )
  }

  @Test func `A suite's needs come before the case's own`() throws {
    let suite = try decoded(
      """
      suite: test
      needs: [timestamp]
      family: ipv6
      cases:
        - { id: a, title: A, requirement: [R, S], needs: b, steps: [{ send: [ipv4] }, { expect: nothing }] }
      """
    )
    #expect(suite.cases.first?.needs.map(\.value) == ["timestamp", "b"])
    #expect(suite.cases.first?.requirements.map(\.value) == ["R", "S"])
    #expect(suite.cases.first?.family == .ipv6)
    #expect(suite.title == "test")
    #expect(suite.cases.first?.position == SourcePosition(file: MarkedSource.file, line: 5, column: 5))
  }
}
