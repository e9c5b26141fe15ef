import Suite
import Testing

/// Literals that a field can't hold are found while decoding, all at once.
@Suite struct LiteralFaultTests {
  @Test func `Every literal of a packet that doesn't fit is reported`() {
    expectFaults(
      MarkedSource.suite(
        steps: """
          - send:
              - ethernet: { source: «02:00, destination: broadcast }
              - ipv4: { ttl: «256, source: «192.0.2.256, destination: «brodcast, dont-fragment: «yes }
              - icmpv4: { code: «prot-unreachable, type: destination-unreachable }
          - expect:
              - ipv6: { source: «all-nods, hop-limit: «[64, 300] }
              - icmpv6: { type: «echo-replay }
          """
      ),
      "'02:00' is not an Ethernet address for 'source'",
      "256 doesn't fit the 8 bits of 'ttl'",
      "'192.0.2.256' is not an IPv4 address for 'source'",
      "'brodcast' is not an IPv4 address for 'destination'; did you mean 'broadcast'?",
      "'yes' is neither a number nor a name of 'dont-fragment'; it is true or false",
      "'prot-unreachable' is neither a number nor a name of 'code'; did you mean 'port-unreachable'?",
      "'all-nods' is not an IPv6 address for 'source'; did you mean 'all-nodes'?",
      "300 doesn't fit the 8 bits of 'hop-limit'",
      "'echo-replay' is neither a number nor a name of 'type'; did you mean 'echo-reply'?"
    )
  }

  @Test func `Fault words belong to computed fields that are sent`() {
    expectFaults(
      MarkedSource.suite(
        steps: """
          - send:
              - ipv4: { total-length: wrong, header-checksum: zero, ttl: «ones }
          - expect:
              - ipv4: { header-checksum: «wrong }
          """
      ),
      "'ones' is neither a number nor a name of 'ttl'",
      "'wrong' is neither a number nor a name of 'header-checksum'"
    )
  }

  @Test func `Codes of a type that varies may have any name`() {
    #expect(
      faults(
        ofSuite: MarkedSource.sending(
          "- icmpv4: { type: $type, code: $code, mtu: 1280 }\n- icmpv4: { type: $type, code: port-unreachable }",
          head: "vary: [{ type: destination-unreachable, code: port-unreachable }]"
        )
      ).isEmpty
    )
  }

  @Test func `Arithmetic is worked out before it must fit`() {
    #expect(faults(ofSuite: MarkedSource.sending("- ipv4: { ttl: 300 - 50 }")).isEmpty)
  }
}
