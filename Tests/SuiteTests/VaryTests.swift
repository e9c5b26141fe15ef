import Suite
import Testing

/// Expansion of `vary`: which trials, in which order, under which names.
@Suite struct VaryTests {
  /// The variants of a case which uses the variables a and b.
  private func variants(_ vary: String) throws -> [String] {
    try decoded(
      MarkedSource.sending("- ipv4: { ttl: $a, tos: $b }", head: "vary: \(vary)")
    ).trials.map(\.variant)
  }

  @Test func `A mapping is a product in the order of the file`() throws {
    #expect(
      try variants("{ b: [x, y], a: [2, 1] }") == ["b=x,a=2", "b=x,a=1", "b=y,a=2", "b=y,a=1"]
    )
  }

  @Test func `A list names its combinations`() throws {
    #expect(try variants("[{ a: 1, b: 2 }, { b: 0..4, a: 3 }]") == ["a=1,b=2", "b=0..4,a=3"])
  }

  @Test func `A scalar is an axis of one value`() throws {
    #expect(try variants("{ a: 1, b: 2 }") == ["a=1,b=2"])
  }

  @Test func `Ranges and named sets unfold in place, without what came before`() throws {
    #expect(try variants("{ a: [3, 2..4, 0x2], b: z }") == ["a=3,b=z", "a=2,b=z", "a=4,b=z", "a=0x2,b=z"])
    let deprecated = try variants("{ a: deprecated-icmpv4-types, b: z }")
    #expect(deprecated.prefix(3) == ["a=4,b=z", "a=6,b=z", "a=15,b=z"])
    #expect(deprecated.count == 16)
  }

  @Test func `Except takes values, ranges and sets out again`() throws {
    #expect(
      try variants("{ a: [0..9], b: [x], except: { a: [0..3, 5, 7..9] } }") == ["a=4,b=x", "a=6,b=x"]
    )
  }

  @Test func `Trials have the name of suite, case and variant`() throws {
    let suite = try decoded(
      MarkedSource.sending("- ipv4: { ttl: $a }", head: "vary: { a: [1, ff:ff:ff:ff:ff:ff] }")
    )
    #expect(suite.trials.map(\.id) == ["test.one[a=1]", "test.one[a=ff:ff:ff:ff:ff:ff]"])
  }

  @Test func `A case without variants has one trial without brackets`() throws {
    #expect(try decoded(MarkedSource.sending("- ipv4")).trials.map(\.id) == ["test.one"])
  }

  @Test(arguments: [
    "02:00:00:00:00:07", "10:20:30:40:50:59", "no", "on", "010", "1.10", "1e3", "~", "null", "2026-11-22",
    "0o7", ".5",
  ])
  func `Scalars stay text`(_ text: String) throws {
    let suite = try decoded(MarkedSource.sending("- ipv4: { ttl: $a }", head: "vary: { a: [\(text)] }"))
    #expect(suite.trials.map(\.variant) == ["a=\(text)"])
  }

  @Test func `The named sets hold the numbers without assignment`() {
    #expect(NamedSets.all["unassigned-icmpv4-types"]?.count == 3 + 11 + 209 + 1)
    #expect(NamedSets.all["unassigned-icmpv6-error-types"]?.contains(100) == false)
    #expect(NamedSets.all["unassigned-icmpv6-error-types"]?.last == 126)
    #expect(NamedSets.all["unassigned-icmpv6-informational-types"]?.contains(255) == false)
    #expect(NamedSets.all["unassigned-ip-protocols"]?.first == 149)
    #expect(NamedSets.all["unassigned-ip-protocols"]?.last == 252)
    for (name, numbers) in NamedSets.all { #expect(numbers == Set(numbers).sorted(), "\(name)") }
  }

  @Test func `A variable that nothing uses is refused`() {
    expectFaults(
      MarkedSource.sending("- ipv4: { ttl: $a }", head: "vary: { a: 1, «b: 2 }"),
      "nothing in the case uses '$b' of its 'vary'"
    )
  }

  @Test func `A variable used by another one's values is used`() {
    #expect(
      faults(ofSuite: MarkedSource.sending("- ipv4: { ttl: $a }", head: "vary: { a: [$b + 1], b: 2 }"))
        .isEmpty
    )
  }

  @Test func `An unknown variable in a value is reported`() {
    expectFaults(
      MarkedSource.sending("- ipv4: { source: $a }", head: "vary: { a: [$tester, «$testre] }"),
      "unknown variable '$testre'; did you mean '$tester'?"
    )
  }

  @Test func `A variable can't be called as one of Assay's, or in capitals`() {
    expectFaults(
      MarkedSource.sending("- ipv4: { ttl: $id, tos: $X }", head: "vary: { «id: 1, «X: 2 }"),
      "'id' is a variable of Assay's; 'vary' needs another name",
      "'X' can't be the name of a variable: lower-case words, digits and hyphens"
    )
  }

  @Test func `Except names variables and values that are there`() {
    expectFaults(
      MarkedSource.sending(
        "- ipv4: { ttl: $ttl }",
        head: "vary: { ttl: [1..3], except: { «tll: 1, ttl: [2, «7] } }"
      ),
      "'except' names 'tll', which 'vary' doesn't; did you mean 'ttl'?",
      "'except' takes '7' out of 'ttl', which doesn't have it"
    )
  }

  @Test func `Except leaves something`() {
    expectFaults(
      MarkedSource.sending("- ipv4: { ttl: $a }", head: "vary: { a: [1, 2], except: { a: «[1..2] } }"),
      "'except' leaves no value of 'a'"
    )
  }

  @Test func `Except is a mapping or a list of mappings`() {
    expectFaults(
      MarkedSource.sending("- ipv4: { ttl: $a }", head: "vary: { a: [1, 2], except: [«1] }"),
      "'except' must be a list of mappings such as { type: 3, code: [4, 5] }"
    )
    expectFaults(
      MarkedSource.sending("- ipv4: { ttl: $a }", head: "vary: { a: [1, 2], except: «a }"),
      "'except' must be a mapping such as { type: [1, 2] }, or a list of such, not 'a'"
    )
  }

  @Test func `A range goes upwards and isn't too long`() {
    expectFaults(
      MarkedSource.sending(
        "- ipv4: { ttl: $a, tos: $b }",
        head: "vary: { a: [«5..1], b: [«0..4096, «0..18446744073709551615] }"
      ),
      "'5..1' is empty: a range goes from the lower to the higher number",
      "'0..4096' has more than 4096 values",
      "'0..18446744073709551615' has more than 4096 values"
    )
  }

  @Test func `Too many trials are refused`() {
    expectFaults(
      MarkedSource.sending("- ipv4: { ttl: $a, tos: $b }", head: "vary: «{ a: [1..65], b: [1..64] }"),
      "'vary' makes 4160 trials of this case; at most 4096 are allowed"
    )
  }

  @Test func `A product beyond all numbers is refused`() {
    let axes = (1...8).map { "a\($0): [0..4095]" }.joined(separator: ", ")
    let uses = (1...8).map { "- ipv4: { ttl: $a\($0) }" }.joined(separator: "\n")
    expectFaults(
      MarkedSource.sending(uses, head: "vary: «{ \(axes) }"),
      "'vary' makes far too many trials of this case; at most 4096 are allowed"
    )
  }

  @Test func `An axis has values`() {
    expectFaults(
      MarkedSource.sending("- ipv4: { ttl: $a, tos: $b }", head: "vary: { a: «[], b: [«[1], { c: «[1] }] }"),
      "'a' has no values",
      "a value of 'vary' must be a word or a number, not a list",
      "a value of 'vary' must be a word or a number, not a list"
    )
  }

  @Test func `Combinations name the same variables and differ`() {
    expectFaults(
      MarkedSource.sending(
        "- ipv4: { ttl: $a, tos: $b }",
        head: "vary: [{ a: 1, b: 2 }, «{ a: 1 }, «{ b: 2, a: 1 }, «7]"
      ),
      "each combination must name the same variables as the first one: a, b",
      "the same combination as in line 6",
      "a combination must be a mapping, not '7'"
    )
  }

  @Test func `A list of combinations isn't empty and vary is no word`() {
    expectFaults(MarkedSource.sending("- ipv4", head: "vary: «[]"), "'vary' has no combinations")
    expectFaults(
      MarkedSource.sending("- ipv4", head: "vary: «ttl"),
      "'vary' must be a mapping of names to lists, or a list of mappings, not 'ttl'"
    )
  }

  @Test func `A value is short enough for a name`() {
    expectFaults(
      MarkedSource.sending(
        "- ipv4: { ttl: $a }",
        head: "vary: { a: «\(String(repeating: "7", count: 201)) }"
      ),
      "a value of 'vary' has at most 200 octets: it is part of the trial's name"
    )
  }

  @Test func `An empty axis doesn't hide that the others are too many`() {
    expectFaults(
      MarkedSource.sending(
        "- ipv4: { ttl: $a, tos: $b, identification: $c }",
        head: "vary: «{ a: [0..4095], b: [0..4095], c: «[] }"
      ),
      "'vary' makes 16777216 trials of this case; at most 4096 are allowed",
      "'c' has no values"
    )
  }

  @Test func `All cases of a suite together don't make too many trials`() {
    let cases = (0..<17).map { number in
      "  - { id: c\(number), title: C, requirement: R, vary: { a: [0..4095] }, "
        + "steps: [{ send: [{ ipv4: { ttl: $a } }] }, { expect: nothing }] }\n"
    }
    let found = faults(ofSuite: "suite: test\ncases:\n" + cases.joined())
    #expect(found.map(\.message) == ["the suite makes more than 65536 trials; split it"])
    #expect(found.first?.position.line == 19)
  }

  @Test(.timeLimit(.minutes(1))) func `Ranges that unfold to millions of values are refused in time`() {
    let ranges = (0..<20_000).map { "\($0 * 4096)..\($0 * 4096 + 4095)" }.joined(separator: ", ")
    let found = faults(ofSuite: MarkedSource.sending("- ipv4: { ttl: $a }", head: "vary: { a: [\(ranges)] }"))
    #expect(found.contains { $0.message == "the ranges of this suite have more than 1000000 values" })
    let axes = (0..<20_000).map { "a\($0): [0..4095]" }.joined(separator: ", ")
    #expect(
      faults(ofSuite: MarkedSource.sending("- ipv4", head: "vary: { \(axes) }")).first?.message
        == "'vary' has 20000 variables; at most 32 are allowed"
    )
  }
}
