import Craft
import Judge
import Suite
import Testing
import Wire

/// Fragmented answers are put together before they are judged.
@Suite struct FragmentTests {
  private static let data = (0..<64).map { UInt8($0) }
  private static let steps = (Scene.echo + "\n" + Scene.echoAnswer).replacing(
    "counter: 8",
    with: "counter: 64"
  )
  private static let pieces = Answers.fragments(of: Answers.echoReply(data: data), size: 24)

  private func verdict(_ frames: [[UInt8]], _ steps: String = Self.steps) throws -> Verdict {
    var script = Script(started: try Scene.plan(steps))
    for frame in frames { script.receive(frame) }
    script.wait(.milliseconds(251))
    script.control()
    return script.verdict()
  }

  @Test(arguments: [[0, 1, 2], [2, 1, 0], [1, 2, 0], [0, 0, 1, 2], [2, 0, 2, 1]])
  func `Fragments make a whole in any order, some of them twice`(order: [Int]) throws {
    #expect(try verdict(order.map { Self.pieces[$0] }).outcome == .pass)
  }

  @Test func `An IPv6 answer in fragments makes a whole`() throws {
    let steps = """
      - send:
          - ipv6
          - icmpv6: { type: echo-request, identifier: $id, sequence: 1 }
          - data: { counter: 64 }
      - expect:
          - ipv6: { source: $target, destination: $tester }
          - icmpv6: { type: echo-reply, identifier: $id, sequence: 1 }
          - data: $sent.data
      """
    let fields: [String: FieldSetting] = [
      "identifier": .given(.number(0x1235)), "sequence": .given(.number(1)),
    ]
    let whole = Answers.frame([Answers.ipv6(), Answers.icmpv6(129, fields), Answers.data(Self.data)])
    let pieces = Answers.fragments6(of: whole, size: 24)
    #expect(pieces.count == 3)
    #expect(try verdict(pieces, steps).outcome == .pass)
    #expect(try verdict(pieces.reversed(), steps).outcome == .pass)
    #expect(try verdict([pieces[0], pieces[2]], steps).reason == .missingAnswer)
  }

  @Test(arguments: [0, 1, 2]) func `A missing fragment is a missing answer`(missing: Int) throws {
    var frames = Self.pieces
    frames.remove(at: missing)
    let verdict = try verdict(frames)
    #expect(verdict.reason == .missingAnswer)
    #expect(verdict.summary.contains("never made a whole"))
  }

  @Test func `A whole with a bad checksum is malformed`() throws {
    let pieces = Answers.fragments(
      of: Answers.echoReply(data: Self.data, icmp: ["checksum": .wrong]),
      size: 24
    )
    #expect(try verdict(pieces).reason == .malformedAnswer)
  }

  @Test func `A whole with wrong data is a wrong answer`() throws {
    let pieces = Answers.fragments(of: Answers.echoReply(data: Self.data.reversed()), size: 24)
    #expect(try verdict(pieces).reason == .wrongAnswer)
  }

  @Test func `A copy of a fragment behind the whole is a copy of the answer`() throws {
    #expect(try verdict(Self.pieces + [Self.pieces[1]]).reason == .duplicateAnswer)
  }

  @Test func `A stray fragment beside the right answer fails`() throws {
    let stray = Answers.fragments(of: Answers.echoReply(), size: 8, identification: 78)[0]
    #expect(try verdict(Self.pieces + [stray]).reason == .forbiddenFrame)
  }

  @Test func `Fragments of different datagrams don't mix`() throws {
    let other = Answers.fragments(of: Answers.echoReply(data: Self.data), size: 24, identification: 78)
    #expect(try verdict([Self.pieces[0], other[1], Self.pieces[2]]).reason == .missingAnswer)
  }

  @Test func `A pattern on fragments sees them one by one`() throws {
    let steps = """
      - send:
          - ipv4
          - icmpv4: { type: echo-request, identifier: $id, sequence: 1 }
          - data: { counter: 64 }
      - expect: [ ipv4: { more-fragments: 1, fragment-offset: 0 } ]
      - expect: [ ipv4: { more-fragments: 1, fragment-offset: 3 } ]
      - expect: [ ipv4: { more-fragments: 0, fragment-offset: 6 } ]
      """
    #expect(try verdict(Self.pieces, steps).outcome == .pass)
    #expect(try verdict([Self.pieces[0], Self.pieces[2]], steps).outcome == .fail)
  }

  @Test func `A last fragment without octets doesn't close what is missing`() throws {
    let fields: [String: FieldSetting] = [
      "identification": .given(.number(77)), "fragment-offset": .given(.number(6)),
      "protocol": .given(.number(1)),
    ]
    let empty = Answers.frame([Answers.ipv4(fields)])
    #expect(try verdict([Self.pieces[0], empty]).reason == .missingAnswer)
  }

  @Test func `Fragments beyond the end never make a whole`() throws {
    let fields: [String: FieldSetting] = [
      "identification": .given(.number(77)), "fragment-offset": .given(.number(8191)),
      "more-fragments": .given(.number(1)), "protocol": .given(.number(1)),
    ]
    let beyond = Answers.frame([Answers.ipv4(fields), Answers.data(Self.data)])
    #expect(try verdict([beyond, Self.pieces[2], Self.pieces[0]]).reason == .missingAnswer)
  }

  @Test func `A flood of fragments takes no longer than their number`() throws {
    var script = Script(started: try Scene.plan(Self.steps))
    for number in 0..<3000 {
      let fields: [String: FieldSetting] = [
        "identification": .given(.number(5)), "fragment-offset": .given(.number(UInt64(number * 2))),
        "more-fragments": .given(.number(1)), "protocol": .given(.number(1)),
      ]
      script.receive(
        Answers.frame([Answers.ipv4(fields), Answers.data(Answers.counter)]),
        after: .microseconds(1)
      )
    }
    script.receive(Answers.echoReply(data: Self.data))
    script.control()
    let clock = ContinuousClock()
    let took = clock.measure { #expect(script.verdict().reason == .forbiddenFrame) }
    #expect(took < .seconds(20))
  }
}
