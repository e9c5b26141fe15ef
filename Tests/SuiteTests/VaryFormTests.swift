import Suite
import Testing

/// Further forms of `vary`: values in step, combinations taken out, values with names.
@Suite struct VaryFormTests {
  private func variants(_ vary: String) throws -> [String] {
    let suite = try TestSuite(
      decoding: MarkedSource.sending("- ipv4: { ttl: $a, tos: $b }", head: "vary: \(vary)"),
      file: "vary.yaml"
    )
    return suite.trials.map(\.variant)
  }

  @Test func `Zip goes through its variables in step`() throws {
    #expect(try variants("{ zip: { a: [1..3], b: [7, 8, 9] } }") == ["a=1,b=7", "a=2,b=8", "a=3,b=9"])
  }

  @Test func `Zip is one dimension of a product`() throws {
    #expect(
      try variants("[{ a: 1, b: 2 }]") == ["a=1,b=2"]
    )
    let suite = try TestSuite(
      decoding: MarkedSource.sending(
        "- ipv4: { ttl: $a, tos: $b, identification: $c }",
        head: "vary: { zip: { a: [1, 2], b: [3, 4] }, c: [5, 6] }"
      ),
      file: "vary.yaml"
    )
    #expect(suite.trials.map(\.variant) == ["a=1,b=3,c=5", "a=1,b=3,c=6", "a=2,b=4,c=5", "a=2,b=4,c=6"])
  }

  @Test func `Variables of a zip have equally many values`() {
    expectFaults(
      MarkedSource.sending("- ipv4: { ttl: $a, tos: $b }", head: "vary: { zip: { a: [1, 2], b: «[3] } }"),
      "'b' has 1 values, 'a' has 2: those of 'zip' go in step"
    )
  }

  @Test func `A zip of one variable is refused`() {
    expectFaults(
      MarkedSource.sending("- ipv4: { ttl: 1 }", head: "vary: { zip: «{ a: [1, 2] } }"),
      "'zip' must be a mapping of at least two names to lists"
    )
  }

  @Test func `Combinations are taken out by all their names`() throws {
    #expect(
      try variants("{ a: [1, 2], b: [3, 4], except: [{ a: 1, b: 4 }, { a: 2, b: [3] }] }") == [
        "a=1,b=3", "a=2,b=4",
      ]
    )
  }

  @Test func `A combination that isn't there can't be taken out`() {
    expectFaults(
      MarkedSource.sending(
        "- ipv4: { ttl: $a, tos: $b }",
        head: "vary: { a: [1, 2], b: [3, 4], except: [«{ a: 1, b: 5 }] }"
      ),
      "'except' takes out a combination that 'vary' doesn't have"
    )
  }

  @Test func `A value may have a name, which the trial's name shows`() throws {
    let suite = try TestSuite(
      decoding: MarkedSource.sending(
        "- ipv4: { total-length: $a }",
        head: "vary: { a: [{ four-too-long: $computed + 4 }, 20] }"
      ),
      file: "vary.yaml"
    )
    #expect(suite.trials.map(\.variant) == ["a=four-too-long", "a=20"])
    #expect(suite.trials.map { $0.bindings[0].value } == ["$computed + 4", "20"])
  }

  @Test func `The name of a value is a word`() {
    expectFaults(
      MarkedSource.sending("- ipv4: { ttl: $a }", head: "vary: { a: [{ «Four: 4 }] }"),
      "'Four' can't be the name of a value: lower-case words, digits and hyphens"
    )
  }

  @Test func `A named value can be taken out by its name`() throws {
    #expect(try variants("{ a: [{ one: 1 }, 2], b: 3, except: { a: one } }") == ["a=2,b=3"])
  }

  @Test func `A combination of a list has a name of its own`() throws {
    #expect(
      try variants("[{ as: low, a: 1, b: 2 }, { a: 3, b: 4 }, { as: high, a: 5, b: 6 }]") == [
        "low", "a=3,b=4", "high",
      ]
    )
    expectFaults(
      MarkedSource.sending(
        "- ipv4: { ttl: $a }",
        head: "vary: [{ as: one, a: 1 }, { as: «one, a: 2 }, { as: «Two, a: 3 }]"
      ),
      "a second combination called 'one'",
      "'Two' can't be the name of a combination: lower-case words, digits and hyphens"
    )
  }
}
