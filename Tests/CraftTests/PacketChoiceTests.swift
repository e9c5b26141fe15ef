import Craft
import Suite
import Testing
import Wire

/// Packets whose names are values of `vary`.
@Suite struct PacketChoiceTests {
  private static let text = """
    suite: test
    packets:
      hop: [hop-by-hop: { options: [{ padn: 6 }] }]
      fragment-header: [fragment: { identification: 7 }]
      plain: [icmpv6: { type: echo-request }]
      bad: [icmpv6: { type: echo-request, checksum: wrong }]
    cases:
      - id: one
        title: A message behind each header
        vary: { header: [nothing, hop, fragment-header], message: [plain, bad] }
        steps:
          - send: [ipv6, packet: $header, { packet: $message, with: [icmpv6: { sequence: 3 }] }]
          - expect: nothing
      - id: two
        title: A whole packet by its name, and one in a quote
        vary: { message: [plain, bad] }
        steps:
          - send: [ipv6, icmpv6: { type: time-exceeded }, quote: [ipv6, packet: $message]]
          - expect: nothing
    """

  private func frames(_ id: String) throws -> [Dissection] {
    let suite = try TestSuite(decoding: Self.text, file: Sample.file)
    return try suite.trials.filter { $0.testCase.id == id }.compactMap { trial in
      try TrialPlan(crafting: trial, requirements: [], in: Sample.context()).frames.first.map {
        Dissection($0)
      }
    }
  }

  @Test func `The layers of the named packet stand in its place, nothing for nothing`() throws {
    let frames = try frames("one")
    #expect(
      frames.map { $0.layers.map(\.kind).dropFirst(2) } == [
        [.icmpv6], [.icmpv6], [.hopByHop, .icmpv6], [.hopByHop, .icmpv6], [.fragment, .icmpv6],
        [.fragment, .icmpv6],
      ]
    )
    #expect(frames.allSatisfy { $0.layer(.icmpv6)?.number("sequence") == 3 })
    #expect(frames.map { $0.remarks.isEmpty } == [true, false, true, false, true, false])
  }

  @Test func `A quoted packet may be chosen as well`() throws {
    #expect(try frames("two").map { $0.quotedLayer(.icmpv6)?.number("type") } == [128, 128])
  }

  @Test func `Values that name no packet are told at the variable`() {
    let text = Self.text.replacing("[nothing, hop, fragment-header]", with: "[hop, fragment-heder]")
    do throws(SuiteError) {
      _ = try TestSuite(decoding: text, file: "a.yaml")
      Issue.record("there is no such packet")
    } catch {
      #expect(
        error.diagnostics.map(\.description) == [
          "a.yaml:4:3: error: nothing uses the packet 'fragment-header'",
          "a.yaml:12:30: error: a packet is a list of layers such as `- ipv4`, or the name of one of 'packets', "
            + "not 'fragment-heder'; did you mean 'fragment-header'?",
        ]
      )
    }
  }

  @Test func `A variable that isn't the case's names no packet`() {
    #expect {
      _ = try plan("- send: [ipv4, packet: $id]\n- expect: nothing")
    } throws: { "\($0)".contains("'$id' names no packet: only a variable of 'vary' can") }
  }

  @Test func `Packets that choose each other in a circle are refused`() {
    let text = """
      suite: test
      packets:
        a: [ipv4, packet: $p]
        b: [packet: $p, icmpv4]
      cases:
        - id: one
          title: Round and round
          vary: { p: [a, b] }
          steps: [send: $p, expect: nothing]
      """
    #expect {
      _ = try TestSuite(decoding: text, file: "a.yaml")
    } throws: { "\($0)".contains("packets that '$p' names choose others too deep, or in a circle") }
  }
}
