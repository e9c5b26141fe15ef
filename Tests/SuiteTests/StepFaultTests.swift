import Suite
import Testing

/// Faults of steps: what is sent and when.
@Suite struct StepFaultTests {
  @Test func `A step that isn't one gets the list of steps`() {
    expectFaults(
      MarkedSource.suite(steps: "- send: [ipv4]\n- «reticulate: splines\n- expect: nothing"),
      "'reticulate' is not a step; expected one of: send, expect, forbid, wait, control, tcp-connect, tcp-exchange, tcp-close, udp-exchange"
    )
  }

  @Test func `An unknown key of a step is reported`() {
    expectFaults(
      MarkedSource.suite(steps: "- send: [ipv4]\n  «repaet: 3\n- expect: nothing\n  «withn: 1s"),
      "unknown key 'repaet' in 'send'; did you mean 'repeat'?",
      "unknown key 'withn' in 'expect'; did you mean 'within'?"
    )
  }

  @Test(arguments: ["1", "1 s", "-1s", "1e3s", "s", "86401s", "½s", "1.2.3s", "1m", "١s"])
  func `A duration that isn't one is refused`(_ text: String) {
    expectFaults(
      MarkedSource.suite(steps: "- send: [ipv4]\n- wait: «\(text)\n- expect: nothing"),
      "'wait' must be a time such as 250ms or 2s, not '\(text)'"
    )
  }

  @Test(arguments: [
    ("1s", Duration.seconds(1)), ("250ms", .milliseconds(250)), ("50us", .microseconds(50)),
    ("0.5s", .milliseconds(500)), ("7ns", .nanoseconds(7)), ("86400s", .seconds(86_400)), ("0s", .zero),
  ])
  func `Durations have units from nanoseconds to seconds, up to a day`(_ text: String, _ expected: Duration) {
    #expect(Duration(literal: text) == expected)
  }

  @Test func `Every without repeat is refused`() {
    expectFaults(
      MarkedSource.suite(steps: "- send: [ipv4]\n  «every: 1s\n- expect: nothing"),
      "'every' needs 'repeat': how often"
    )
  }

  @Test func `Fragments by rule and one by one exclude each other`() {
    expectFaults(
      MarkedSource.suite(
        steps: """
          - send: [ipv4]
            fragment: { size: 8 }
            «fragments: [{ offset: 0, length: 8, more: false }]
          - expect: nothing
          """
      ),
      "'fragments' and 'fragment' exclude each other"
    )
  }

  @Test func `A fragmentation rule needs its size and a known order`() {
    expectFaults(
      MarkedSource.suite(
        steps: """
          - send: [ipv4]
            fragment: { order: «backwards, «sise: 8 }
          - send: [ipv4]
            fragment: «{ order: reverse }
          - send: [ipv4]
            fragment: { size: 8, order: «{ a: 1 }, omit: [«x, «-1] }
          - expect: nothing
          """
      ),
      "'order' is forward, reverse or a list of fragment numbers from 0",
      "unknown key 'sise' in 'fragment'; did you mean 'size'?",
      "'fragment' is exactly one of size, atomic",
      "'order' is forward, reverse or a list of fragment numbers from 0",
      "'omit' must be a whole number, not 'x'",
      "'omit' must be a whole number, not '-1'"
    )
  }

  @Test func `Each fragment says where it lies, how long it is and whether more follow`() {
    expectFaults(
      MarkedSource.suite(
        steps: """
          - send: [ipv4]
            fragments: [«{ offset: 0, length: 8 }, { offset: 0, length: 8, more: «yes }, «7]
          - expect: nothing
          """
      ),
      "a fragment lacks 'more'",
      "'more' is true or false",
      "a fragment must be a mapping, not '7'"
    )
  }

  @Test func `An empty list of fragments is refused`() {
    expectFaults(
      MarkedSource.suite(steps: "- send: [ipv4]\n  fragments: «[]\n- expect: nothing"),
      "'fragments' must be a list of fragments"
    )
  }

  @Test func `A corruption names an octet and what becomes of it`() {
    expectFaults(
      MarkedSource.suite(
        steps: "- send: [ipv4]\n  corrupt: [«{ at: 3 }, { at: 0, xor: 1, «or: 2 }]\n- expect: nothing"
      ),
      "'corrupt' is exactly one of xor, to",
      "unknown key 'or' in 'corrupt'; did you mean 'xor'?"
    )
  }

  @Test func `The name of a packet is neither Assay's nor taken`() {
    expectFaults(
      MarkedSource.suite(
        steps: """
          - send: [ipv4]
            as: «tester
          - send: [{ ipv4: { ttl: $ttl } }]
            as: «ttl
          - send: [ipv4]
            as: «First
          - send: [ipv4]
            as: first
          - send: [ipv4]
            as: «first
          - expect: nothing
          """,
        head: "vary: { ttl: [1, 2] }"
      ),
      "'tester' can't be the name of a packet: lower-case words, digits and hyphens, no variable of Assay's",
      "'ttl' is already the name of a packet or of a 'vary' variable",
      "'First' can't be the name of a packet: lower-case words, digits and hyphens, no variable of Assay's",
      "'first' is already the name of a packet or of a 'vary' variable"
    )
  }

  @Test func `An unknown variable is reported with the nearest one`() {
    expectFaults(
      MarkedSource.sending("- ipv4: { ttl: «$tlt, source: «$testr }", head: "vary: { «ttl: [1] }"),
      "nothing in the case uses '$ttl' of its 'vary'",
      "unknown variable '$tlt'; did you mean '$ttl'?",
      "unknown variable '$testr'; did you mean '$tester'?"
    )
  }

  @Test func `A variable with an operator glued to it is told about the spaces`() {
    expectFaults(
      MarkedSource.sending(
        "- ipv4: { total-length: «$computed+4, ttl: «$ttl-1 }\n- data: { zeros: $ttl }",
        head: "vary: { ttl: [1] }"
      ),
      "unknown variable '$computed+4'; operators stand between spaces, as in `$length + 8`",
      "unknown variable '$ttl-1'; operators stand between spaces, as in `$length + 8`"
    )
  }

  @Test func `A packet's name is known only behind its step`() {
    expectFaults(
      MarkedSource.suite(
        steps: """
          - send: [{ ipv4: { ttl: «$first.ipv4.ttl } }]
          - send: [ipv4]
            as: first
          - send: [{ ipv4: { ttl: $first.ipv4.ttl } }]
          - expect: nothing
          """
      ),
      "unknown variable '$first'; expected one of: $broadcast, $capability, $case, $computed, $far-router, "
        + "$far-stranger, $far-target, $far-tester, $far-tester2, $fresh-prefix, $id, $network, $port, "
        + "$received, $repetition, $router, $sent, $stranger, $stranger2, $target, $tester, $tester2, "
        + "$this, $unused"
    )
  }
}
