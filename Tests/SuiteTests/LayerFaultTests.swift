import Suite
import Testing
import Wire

/// Faults of the layers of a packet that is sent.
@Suite struct LayerFaultTests {
  @Test func `An unknown field is reported with the nearest spelling`() {
    expectFaults(
      MarkedSource.sending("- ipv4: { «tll: 3 }\n- icmpv4: { «chekcsum: wrong }"),
      "unknown field 'tll' of ipv4; did you mean 'ttl'?",
      "unknown field 'chekcsum' of icmpv4; did you mean 'checksum'?"
    )
  }

  @Test func `A packet is a list of layers that isn't empty`() {
    expectFaults(
      MarkedSource.suite(steps: "- send: «ipv4\n- send: «[]\n- send: «{ ipv4: 1 }\n- expect: nothing"),
      "a packet is a list of layers such as `- ipv4`, or the name of one of 'packets', not 'ipv4'",
      "a packet is a list of layers such as `- ipv4`, not a list",
      "a packet is a list of layers such as `- ipv4`, not a mapping"
    )
  }

  @Test func `A layer is one key`() {
    expectFaults(
      MarkedSource.sending("- ipv4: { ttl: 3 }\n  «icmpv4: { code: 3 }\n- «[udp]"),
      "a layer is one key; put 'icmpv4' into an item of its own",
      "a layer is a name or a name with fields, not a list"
    )
  }

  @Test func `The fields of a layer are a mapping`() {
    expectFaults(
      MarkedSource.sending("- ipv4: «[ttl]\n- icmpv4: «8"),
      "the fields of 'ipv4' must be a mapping, not a list",
      "the fields of 'icmpv4' must be a mapping, not '8'"
    )
  }

  @Test func `A field's value is a word or a number`() {
    expectFaults(
      MarkedSource.sending("- ipv4: { ttl: «[1, 2], tos: «{ a: 1 }, identification: «}"),
      "'ttl' must be a word or a number, not a list",
      "'tos' must be a word or a number, not a mapping",
      "'identification' must be a word or a number, not nothing"
    )
  }

  @Test func `A layer with an empty value has its defaults`() throws {
    let suite = try decoded(MarkedSource.sending("- ipv4:\n- icmpv4"))
    guard case .send(let stimulus) = suite.cases.first?.steps.first?.action else { return }
    #expect(stimulus.layers.map(\.kind) == [.ipv4, .icmpv4])
    #expect(!stimulus.layers.contains { !$0.fields.isEmpty })
  }

  @Test func `Data says what its octets are, in exactly one way`() {
    expectFaults(
      MarkedSource.sending(
        """
        - «data
        - data: «{}
        - data: «{ counter: 1, zeros: 2 }
        - data: { «couter: 1 }
        - data: [«1]
        - data: { text: «[a] }
        - «raw:
        """
      ),
      "'data' needs its octets, for example { counter: 56 }",
      "data is exactly one of "
        + "counter, zeros, random, text, hex, uint8, uint16, uint32, dns-name, addresses",
      "data is exactly one of "
        + "counter, zeros, random, text, hex, uint8, uint16, uint32, dns-name, addresses",
      "unknown key 'couter' in data; did you mean 'counter'?",
      "data in a list is a form such as { counter: 8 }, not '1'",
      "'text' must be a text, not a list",
      "'raw' needs its octets, for example { counter: 56 }"
    )
  }

  @Test(arguments: ["0", "0g", "0x00", "é0", "00 0", "١١"])
  func `Hexadecimal data is pairs of digits`(_ text: String) {
    expectFaults(
      MarkedSource.sending("- data: { hex: «\(text) }"),
      "not pairs of hexadecimal digits: '\(text)'"
    )
  }

  @Test(arguments: ["000aff", "00 0a ff", "00:0A:FF", "\"\"", "|\n          00 0a\n          ff"])
  func `Hexadecimal data may be separated by spaces, colons and line breaks`(_ text: String) {
    #expect(faults(ofSuite: MarkedSource.sending("- raw:\n    hex: \(text)")).isEmpty)
  }

  @Test func `A quote is a list of layers, or of an earlier packet`() {
    expectFaults(
      MarkedSource.sending(
        """
        - icmpv4
        - «quote
        - quote: «{ truncate: 28 }
        - quote: { of: $sent, «packet: [ipv4] }
        - quote: { packet: [«ipv9], «off: 3 }
        - quote: [{ ipv4: { «tlt: 1 } }]
        """
      ),
      "'quote' needs a list of layers, or { of: $sent }",
      "'quote' needs 'of' (an earlier packet) or 'packet' (a list of layers)",
      "'packet' and 'of' exclude each other",
      "unknown layer 'ipv9'; did you mean 'ipv4'?",
      "unknown key 'off' in 'quote'; did you mean 'of'?",
      "unknown field 'tlt' of ipv4; did you mean 'ttl'?"
    )
  }

  @Test func `Options are a list of known names, or types with octets`() {
    expectFaults(
      MarkedSource.sending(
        """
        - ipv4: { options: «nop }
        - ipv4: { options: [«noop, { nop: «3 }, { router-alert: «[1] }, { record-route: «3 }, { record-route: { «slot: 3 } }] }
        - ipv4: { options: [{ lsrr: «192.0.2.1 }, «{ padn: 4 }, { stream-id: 1, «end: 2 }, { type: 7, «lenght: 3 }] }
        - hop-by-hop: { options: [«jumboo] }
        - udp: { «options: [nop] }
        """
      ),
      "options must be a list, not 'nop'",
      "unknown option 'noop'; did you mean 'nop'?",
      "'nop' takes no value, not '3'",
      "'router-alert' takes one value, not a list",
      "'record-route' takes a mapping, not '3'",
      "unknown key 'slot' in 'record-route'; did you mean 'slots'?",
      "'lsrr' takes a list of addresses, not '192.0.2.1'",
      "unknown option 'padn'; expected one of: end, nop, record-route, mtu-probe, mtu-reply, quick-start, "
        + "experimental-1, timestamp, traceroute, experimental-2, security, lsrr, extended-security, "
        + "commercial-security, stream-id, ssrr, extended-internet-protocol, address-extension, router-alert, "
        + "selective-directed-broadcast, upstream-multicast, experimental-3, experimental-4, { type: N, data: hex }",
      "an option is one key; put 'end' into an item of its own",
      "unknown key 'lenght' in an option; did you mean 'length'?",
      "unknown option 'jumboo'; did you mean 'jumbo'?",
      "unknown field 'options' of udp; expected one of: source-port, destination-port, length, checksum, truncate, repeat"
    )
  }
}
