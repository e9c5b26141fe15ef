import Suite
import Testing

/// Faults of what a case expects.
@Suite struct ExpectationFaultTests {
  @Test func `An expectation is a packet, silence, or a choice`() {
    expectFaults(
      MarkedSource.suite(
        steps: """
          - send: [ipv4]
          - expect: «nothin
          - expect: «{ any-of: [{ outcome: pass, nothing: true }], all-of: [] }
          - expect: { «any-off: [] }
          - expect: «[]
          """
      ),
      "an expected frame is a list of layers, or the name of one of 'expectations', not 'nothin'; did you mean 'nothing'?",
      "'expect' is a list of layers, 'nothing', { any-of: […] } or { all-of: […] }, not a mapping",
      "unknown key 'any-off' in 'expect'; did you mean 'any-of'?",
      "an expected frame is a list of layers such as `- icmpv4: { … }`, not a list"
    )
  }

  @Test func `An unknown field or layer of a pattern is reported`() {
    expectFaults(
      MarkedSource.expecting("- icmpv4: { «cod: 3 }\n- «qouted: { of: $sent }\n- ipv4: «[ttl]"),
      "unknown field 'cod' of icmpv4; did you mean 'code'?",
      "unknown layer 'qouted'; did you mean 'quoted'?",
      "the fields of 'ipv4' must be a mapping, not a list"
    )
  }

  @Test func `A condition is one of three`() {
    expectFaults(
      MarkedSource.expecting(
        "- ipv4: { ttl: { «at-laest: 3 }, tos: «{ not: 1, at-most: 2 }, identification: «[], protocol: { not: «{} } }"
      ),
      "unknown condition 'at-laest'; did you mean 'at-least'?",
      "a condition is one of { not: v }, { at-least: v }, { at-most: v }",
      "an empty list matches nothing",
      "a condition is one of { not: v }, { at-least: v }, { at-most: v }"
    )
  }

  @Test func `Variables in conditions are known`() {
    expectFaults(
      MarkedSource.expecting(
        "- ipv4: { ttl: ««$tesster..$targget, tos: [1, «$nettwork], protocol: { not: «$porrt } }"
      ),
      "unknown variable '$targget'; did you mean '$target'?",
      "unknown variable '$tesster'; did you mean '$tester'?",
      "unknown variable '$nettwork'; did you mean '$network'?",
      "unknown variable '$porrt'; did you mean '$port'?"
    )
  }

  @Test func `An alternative has an outcome and either a packet or silence`() {
    expectFaults(
      MarkedSource.suite(
        steps: """
          - send: [ipv4]
          - expect:
              any-of:
                - «{ nothing: true }
                - { outcome: «good, nothing: true }
                - «{ outcome: pass }
                - «{ outcome: pass, nothing: true, packet: [ipv4] }
                - { outcome: pass, nothing: «yes }
          - expect: { any-of: «none }
          - expect: { all-of: «[] }
          - expect: { all-of: [[ipv4], «{ «pakcet: [ipv4] }] }
          """
      ),
      "an alternative lacks 'outcome'",
      "'good' is not an outcome; expected one of: pass, warn, fail, record",
      "an alternative has either 'packet' or 'nothing: true'",
      "an alternative has either 'packet' or 'nothing: true'",
      "'nothing' can only be true",
      "'any-of' is a list of alternatives",
      "'all-of' is a list of packets",
      "'all-of' lacks 'packet'",
      "unknown key 'pakcet' in 'all-of'; did you mean 'packet'?"
    )
  }

  @Test(arguments: ["0", "2..1", "x", "-1", "1..20000", "1..", "1..2..3", "99999999999999999999"])
  func `A count of frames is a number or a range of at most ten thousand`(_ text: String) {
    expectFaults(
      MarkedSource.suite(steps: "- send: [ipv4]\n- expect: [ipv4]\n  times: «\(text)"),
      "'times' is a count or a range such as 2..4, not '\(text)'"
    )
  }

  @Test func `A count goes with a single packet only`() {
    expectFaults(
      MarkedSource.suite(steps: "- send: [ipv4]\n- expect: nothing\n  «times: 2"),
      "'times' goes with a single packet only"
    )
  }

  @Test func `Expected data is all octets, or its length and its beginning`() {
    expectFaults(
      MarkedSource.expecting(
        """
        - «data
        - data: { length: 1, «counter: 8 }
        - data: { length: «$strangr }
        - data: { starts-with: «$strangr }
        - data: «{}
        """
      ),
      "'data' needs what the data must be, for example $sent.data",
      "beside 'length' there can't be 'counter', which says what all octets are",
      "unknown variable '$strangr'; did you mean '$stranger'?",
      "unknown variable '$strangr'; did you mean '$stranger'?",
      "data is exactly one of "
        + "counter, zeros, random, text, hex, uint8, uint16, uint32, dns-name, addresses"
    )
  }

  @Test func `A quoted packet names what it quotes, and fields that exist`() {
    expectFaults(
      MarkedSource.expecting(
        "- «quoted\n- quoted: «{ at-least: 8 }\n- quoted: { of: $sent, unchanged-except: [ttl, «header-cheksum] }"
      ),
      "'quoted' needs { of: $sent, at-least: 8 }",
      "'quoted' lacks 'of'",
      "no layer has a field 'header-cheksum'; did you mean 'header-checksum'?"
    )
  }
}

/// Alternatives that an earlier one makes pointless.
@Suite struct UnreachableAlternativeTests {
  private static func suite(_ alternatives: String) -> String {
    MarkedSource.suite(steps: "- send: [ipv4, icmpv4]\n- expect:\n    any-of:\n" + alternatives)
  }

  @Test func `Silence is dealt with once`() {
    expectFaults(
      Self.suite("      - { outcome: pass, nothing: true }\n      - «{ outcome: warn, nothing: true }"),
      "this alternative is never reached: the one in line 10 takes all that it would"
    )
  }

  @Test func `What any frame of its layers matches takes all later ones with them`() {
    expectFaults(
      Self.suite(
        """
              - { outcome: pass, packet: [icmpv4: { type: 3 }] }
              - { outcome: warn, packet: [icmpv4: { code: any }] }
              - «{ outcome: fail, packet: [ipv4: { ttl: 1 }, icmpv4: { type: 5 }] }
              - { outcome: fail, packet: [udp] }
        """
      ),
      "this alternative is never reached: the one in line 11 takes all that it would"
    )
  }
}
