import Suite
import Testing
import Wire

/// Packets, expectations and defaults that a suite names once, and files that it includes.
@Suite struct SharedPartsTests {
  private static func suite(_ head: String, steps: String, variation: String = "") -> String {
    """
    suite: test
    \(head)
    cases:
      - id: one
        title: A case
        \(variation)
        steps:
    \(steps.split(separator: "\n").map { "      " + $0 }.joined(separator: "\n"))
    """
  }

  private func sent(_ text: String) throws -> [LayerSpecification] {
    let suite = try decoded(text)
    guard case .send(let stimulus)? = suite.cases.first?.steps.first?.action else { return [] }
    return stimulus.layers
  }

  private static let packets = """
    packets:
      request: [ipv4, { icmpv4: { type: echo-request, sequence: 1 } }, { data: { counter: 8 } }]
    """

  @Test func `A packet is sent by its name`() throws {
    let layers = try sent(Self.suite(Self.packets, steps: "- send: request\n- expect: nothing"))
    #expect(layers.map(\.kind) == [.ipv4, .icmpv4, .data])
  }

  @Test func `A named packet is sent with other fields`() throws {
    let steps =
      "- send: { packet: request, with: [icmpv4: { sequence: 2, checksum: wrong }] }\n- expect: nothing"
    let layers = try sent(Self.suite(Self.packets, steps: steps))
    #expect(layers.map(\.kind) == [.ipv4, .icmpv4, .data])
    #expect(layers[1].fields.map(\.name) == ["type", "sequence", "checksum"])
    #expect(layers[1].fields[1].value.value == .text("2"))
  }

  @Test func `A layer without fields takes the fields of a change`() throws {
    let steps = "- send: { packet: request, with: [ipv4: { ttl: 1 }] }\n- expect: nothing"
    #expect(try sent(Self.suite(Self.packets, steps: steps))[0].fields.map(\.name) == ["ttl"])
  }

  @Test func `A layer that the named packet lacks goes to its end`() throws {
    let steps = "- send: { packet: request, with: [raw: { hex: 00 }] }\n- expect: nothing"
    #expect(try sent(Self.suite(Self.packets, steps: steps)).map(\.kind) == [.ipv4, .icmpv4, .data, .raw])
  }

  @Test func `A named packet stands among other layers`() throws {
    let steps = "- send: [{ ethernet: { ethertype: 0x0800 } }, { packet: request }]\n- expect: nothing"
    #expect(
      try sent(Self.suite(Self.packets, steps: steps)).map(\.kind) == [.ethernet, .ipv4, .icmpv4, .data]
    )
  }

  @Test func `A named packet may be made of another one`() throws {
    let head = """
      packets:
        request: [ipv4, icmpv4]
        bad: { packet: request, with: [icmpv4: { checksum: wrong }] }
      """
    #expect(
      try sent(Self.suite(head, steps: "- send: bad\n- expect: nothing"))[1].fields.map(\.name) == [
        "checksum"
      ]
    )
  }

  @Test func `Packets made of each other are refused`() {
    let head = "packets:\n  a: { packet: b }\n  b: { packet: «a }"
    expectFaults(
      Self.suite(head, steps: "- send: a\n- expect: nothing"),
      "'a' is made of itself, or of too many others"
    )
  }

  @Test func `The variables of a named packet are those of the case that sends it`() throws {
    let head = "packets:\n  request: [ipv4: { ttl: $ttl }]"
    let suite = try decoded(
      Self.suite(head, steps: "- send: request\n- expect: nothing", variation: "vary: { ttl: [1, 2] }")
    )
    #expect(suite.trials.map(\.variant) == ["ttl=1", "ttl=2"])
    expectFaults(
      Self.suite(
        "packets:\n  request: [ipv4: { ttl: «$tll }]",
        steps: "- send: request\n- send: request\n- expect: nothing"
      ),
      "unknown variable '$tll'; expected one of: $broadcast, $capability, $case, $computed, $far-router, "
        + "$far-stranger, $far-target, $far-tester, $far-tester2, $fresh-prefix, $id, $network, $port, "
        + "$received, $repetition, $router, $sent, $stranger, $stranger2, $target, $tester, $tester2, "
        + "$this, $unused"
    )
  }

  @Test func `A frame is expected by its name, with other fields`() throws {
    let head = "expectations:\n  reply: [ipv4, icmpv4: { type: echo-reply }]"
    let steps =
      "- send: [ipv4, icmpv4]\n- expect: { packet: reply, with: [ipv4: { ttl: 64 }] }\n- expect: reply"
    let suite = try decoded(Self.suite(head, steps: steps))
    let patterns = suite.cases[0].steps.compactMap { step -> PacketPattern? in
      guard case .expect(let expectation) = step.action, case .packet(let pattern, _) = expectation.kind
      else {
        return nil
      }
      return pattern
    }
    #expect(patterns.map { $0.layers[0].fields.map(\.name) } == [["ttl"], []])
  }

  @Test func `Unknown names are told with the nearest one`() {
    expectFaults(
      Self.suite(Self.packets, steps: "- send: «requst\n- send: request\n- expect: nothing"),
      "a packet is a list of layers such as `- ipv4`, or the name of one of 'packets', not 'requst'; "
        + "did you mean 'request'?"
    )
  }

  @Test func `What nothing uses is an error`() {
    expectFaults(
      Self.suite("packets:\n  «request: [ipv4]", steps: "- send: [ipv4]\n- expect: nothing"),
      "nothing uses the packet 'request'"
    )
  }

  @Test func `Defaults stand in every layer that doesn't say otherwise`() throws {
    let head = "defaults: { send: { ipv4: { ttl: 7, tos: 1 } }, within: 2s }"
    let steps =
      "- send: [{ ipv4: { ttl: 9 } }, icmpv4]\n- send: [ipv4, icmpv4]\n- expect: [icmpv4]\n- expect: nothing"
    let suite = try decoded(Self.suite(head, steps: steps))
    var seen: [[String]] = []
    var waits: [TimeSpecification?] = []
    for step in suite.cases[0].steps {
      switch step.action {
      case .send(let stimulus): seen.append(stimulus.layers[0].fields.map { "\($0.name)=\($0.value.value)" })
      case .expect(let expectation): waits.append(expectation.within)
      default: continue
      }
    }
    #expect(seen == [[#"ttl=text("9")"#, #"tos=text("1")"#], [#"ttl=text("7")"#, #"tos=text("1")"#]])
    // Silence takes as long as its proof.
    #expect(waits == [.fixed(.seconds(2)), nil])
  }

  @Test func `Quoted packets have no defaults`() throws {
    let head = "defaults: { send: { ipv4: { ttl: 7 } } }"
    let steps = "- send: [ipv4, { icmpv4: { type: 3 } }, { quote: [ipv4, udp] }]\n- expect: nothing"
    let layers = try sent(Self.suite(head, steps: steps))
    guard case .layers(let quoted)? = layers[2].quote else {
      Issue.record("nothing is quoted")
      return
    }
    #expect(quoted[0].fields.isEmpty)
  }

  @Test func `An included file brings packets that need not be used`() throws {
    let text = Self.suite("include: common.yaml", steps: "- send: request\n- expect: nothing")
    let suite = try TestSuite(decoding: text, file: "a/test.yaml") { name, includer in
      #expect(includer == "a/test.yaml")
      return name == "common.yaml" ? (Self.packets + "\n  other: [ipv4]", "a/common.yaml") : nil
    }
    #expect(suite.cases.count == 1)
  }

  @Test func `Faults of an included file have their place there`() {
    let text = Self.suite("include: common.yaml", steps: "- send: request\n- expect: nothing")
    do throws(SuiteError) {
      _ = try TestSuite(decoding: text, file: "test.yaml") { _, _ in
        ("packets:\n  request: [ipv4: { tlt: 1 }]\npakets: {}", "common.yaml")
      }
      Issue.record("the file is wrong")
    } catch {
      #expect(
        error.diagnostics.map(\.description) == [
          "common.yaml:2:21: error: unknown field 'tlt' of ipv4; did you mean 'ttl'?",
          "common.yaml:3:1: error: unknown key 'pakets' in an included file; did you mean 'packets'?",
        ]
      )
    }
  }

  @Test func `A file that isn't there and files in a circle are told`() throws {
    expectFaults(
      Self.suite("include: «nowhere.yaml", steps: "- send: [ipv4]\n- expect: nothing"),
      "no file 'nowhere.yaml' beside this one"
    )
    let text = Self.suite("include: a.yaml", steps: "- send: [ipv4]\n- expect: nothing")
    let suite = try TestSuite(decoding: text, file: "test.yaml") { name, _ in
      ("include: [a.yaml, b.yaml]", name)
    }
    #expect(suite.cases.count == 1)
  }

  @Test func `Setup, cleanup and locks of the suite go around those of each case`() throws {
    let text = """
      suite: test
      setup: [wait: 1s]
      cleanup: [wait: 2s]
      locks: route
      cases:
        - id: one
          title: A case
          setup: [wait: 3s]
          cleanup: [wait: 4s]
          locks: [path-mtu]
          steps: [send: [ipv4], expect: nothing]
      """
    let testCase = try decoded(text).cases[0]
    func waits(_ steps: [Step]) -> [Duration] {
      steps.compactMap { if case .wait(.fixed(let time)) = $0.action { time } else { nil } }
    }
    #expect(waits(testCase.setup) == [.seconds(1), .seconds(3)])
    #expect(waits(testCase.cleanup) == [.seconds(4), .seconds(2)])
    #expect(testCase.locks.map(\.value) == ["route", "path-mtu"])
  }

  @Test func `Named packets can't unfold without end`() throws {
    let packets = (0..<3).map {
      "  p\($0): [\(Array(repeating: "packet: p\($0 + 1)", count: 60).joined(separator: ", "))]"
    }
    let text = Self.suite(
      "packets:\n\(packets.joined(separator: "\n"))\n  p3: [ipv4]",
      steps: "- send: p0\n- expect: nothing"
    )
    #expect(
      faults(ofSuite: text).map(\.message) == ["named packets unfold to more than 100000 layers"]
    )
  }

  @Test func `A change takes a layer away`() throws {
    let steps = "- send: { packet: request, with: [data: absent] }\n- expect: nothing"
    #expect(try sent(Self.suite(Self.packets, steps: steps)).map(\.kind) == [.ipv4, .icmpv4])
  }
}
