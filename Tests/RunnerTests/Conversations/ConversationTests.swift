import Craft
import Judge
import Link
import ReferenceDevice
import Suite
import Testing
import Wire

/// Steps that talk with a service of the target, from the suite language to the wire and back.
@Suite struct ConversationTests {
  /// The trials of one case of these steps.
  private static func trials(_ steps: String, vary: String? = nil, head: String = "") throws -> [Trial] {
    let indented = steps.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n")
    let text = """
      suite: test.talk
      cases:
        - id: it
          title: It talks
          requirement: RFC5927-4.1-a
          \(vary.map { "vary: \($0)" } ?? "")
          \(head)
          steps:
      \(indented)
      """
    return try TestSuite(decoding: text, file: "talk.yaml").trials
  }

  private static func run(_ steps: String, device: any SimulatedDevice = ReferenceDevice()) throws
    -> SimulatedTrial
  {
    let trial = try #require(try trials(steps).first)
    let run = try SimulatedTrial(trial, device: device)
    #expect(run.live == run.judged.verdict)
    return run
  }

  /// Segments that went either way: flags and octets of data.
  private static func segments(_ run: SimulatedTrial) -> [String] {
    run.frames.compactMap { frame in
      guard let segment = TCPSegment(frame.dissection) else { return nil }
      return
        "\(frame.isOutgoing ? ">" : "<") \(String(segment.flags.rawValue, radix: 16)) \(segment.payload.count)"
    }
  }

  private static let connect = "- tcp-connect: { port: $capability.tcp-port, as: conn }\n"

  @Test func `An exchange is a handshake, data both ways, and a reset at the end`() throws {
    let run = try Self.run(Self.connect + "- tcp-exchange: { on: conn, data: still here, expect: echo }")
    #expect(run.judged.verdict.outcome == .pass)
    #expect(
      Self.segments(run) == ["> 2 0", "< 12 0", "> 10 0", "> 18 10", "< 18 10", "> 10 0", "> 14 0"]
    )
    #expect(
      run.judged.roles.filter { $0.hasPrefix("conn: ") }.map { $0.dropFirst(6) } == [
        "SYN", "answer to the SYN", "acknowledgement", "data", "data", "acknowledgement", "reset",
      ]
    )
    // The target keeps nothing: there is nothing to send again.
    #expect((run.link.device as? ReferenceDevice)?.nextWake == nil)
  }

  @Test func `A connection that was closed in order isn't reset`() throws {
    let run = try Self.run(
      Self.connect + "- tcp-exchange: { on: conn, data: x }\n- tcp-close: { on: conn }"
    )
    #expect(run.judged.verdict.outcome == .pass)
    #expect(Self.segments(run).suffix(3) == ["> 11 0", "< 11 0", "> 10 0"])
  }

  @Test(arguments: ["$target.ipv4", "$target.ipv6", "$target.link-local"])
  func `Both IP versions carry both kinds of exchange`(address: String) throws {
    let run = try Self.run(
      """
      - tcp-connect: { to: \(address), port: 7, as: conn }
      - tcp-exchange: { on: conn, data: { counter: 4000 }, expect: echo }
      - udp-exchange: { to: \(address), port: 7, data: { counter: 9 }, as: question }
      - tcp-exchange: { on: conn, data: $question.data, expect: { hex: 000102030405060708 } }
      """
    )
    #expect(run.judged.verdict.outcome == .pass, "\(run.judged.verdict)")
  }

  @Test func `A connection is refused where nobody listens`() throws {
    let port = "port: $capability.tcp-closed-port, as: conn"
    #expect(try Self.run("- tcp-connect: { \(port), expect: refused }").judged.verdict.outcome == .pass)
    let wanted = try Self.run("- tcp-connect: { \(port), expect: established }").judged.verdict
    #expect(wanted.outcome == .fail && wanted.reason == .wrongAnswer)
    // As a means to an end it says nothing of the rule that the case is about.
    let needed = try Self.run("- tcp-connect: { \(port) }\n- tcp-exchange: { on: conn, data: x }").judged
      .verdict
    #expect(needed.outcome == .inconclusive && needed.reason == .setupFailed)
    let open = try Self.run("- tcp-connect: { port: 7, as: conn, expect: refused }").judged.verdict
    #expect(open.outcome == .fail)
  }

  @Test func `An error about octets that were never sent leaves the connection up`() throws {
    let run = try Self.run(
      Self.connect + """
        - tcp-exchange: { on: conn, data: hello, expect: echo }
        - send:
            - ipv4
            - icmpv4: { type: destination-unreachable, code: port-unreachable }
            - quote:
                - ipv4
                - tcp: { source-port: $conn.remote-port, destination-port: $conn.local-port, sequence: $conn.remote-next + 4294967295 }
        - tcp-exchange: { on: conn, data: still here, expect: echo }
        """
    )
    #expect(run.judged.verdict.outcome == .pass)
    let quote = try #require(
      run.frames.first { $0.isOutgoing && !$0.dissection.quote.isEmpty }?.dissection.quote
    )
    let answers = run.frames.compactMap { $0.isOutgoing ? nil : TCPSegment($0.dissection) }
    // Numbers go on from zero: one less than the octet behind "hello".
    #expect(
      quote.last?.number("sequence").map { UInt32(truncatingIfNeeded: $0) }
        == answers.first.map { $0.sequence.rawValue &+ 5 }
    )
  }

  @Test func `Data under way are sent again in segments that fit the narrower path`() throws {
    let run = try Self.run(Self.connect + Self.narrowing)
    #expect(run.judged.verdict.outcome == .pass, "\(run.judged.verdict)")
    #expect(
      Self.segments(run).filter { $0.hasPrefix("< ") }.suffix(5) == [
        "< 18 1200", "< 10 536", "< 10 536", "< 18 128", "< 18 4",
      ]
    )
  }

  private static let narrowing = """
    - tcp-exchange: { on: conn, data: { counter: 1200 }, expect: echo, acknowledge: false }
    - send:
        - ipv4
        - icmpv4: { type: destination-unreachable, code: fragmentation-needed, mtu: 576 }
        - quote: { of: $conn.last-received }
    - expect:
        - tcp: { source-port: $conn.remote-port, sequence: $conn.last-received.tcp.sequence }
        - data: { length: 1..536 }
    - tcp-exchange: { on: conn, acknowledge: true }
    - tcp-exchange: { on: conn, data: more, expect: echo }
    """

  @Test func `A target that breaks the connection off fails the exchange`() throws {
    let run = try Self.run(
      Self.connect + """
        - send:
            - ipv4
            - tcp: { source-port: $conn.local-port, destination-port: 7, sequence: $conn.local-next, rst: true }
        - tcp-exchange: { on: conn, data: still here, expect: echo }
        """
    )
    // The reset was ours, unknown to the connection; the target answers what follows with its own.
    #expect(run.judged.verdict.outcome == .fail)
    #expect(run.judged.verdict.summary.contains("the connection is broken off"))
  }

  @Test func `A reset that no step waits for is an unexpected frame`() throws {
    let run = try Self.run(
      Self.connect + """
        - send:
            - ipv4
            - tcp: { source-port: $conn.local-port, destination-port: 7, sequence: $conn.local-next, rst: true }
        - send:
            - ipv4
            - tcp: { source-port: $conn.local-port, destination-port: 7, sequence: $conn.local-next, ack: true, acknowledgement: $conn.remote-next }
        - expect: nothing
        """
    )
    #expect(run.judged.verdict.reason == .forbiddenFrame)
  }

  @Test func `A target that never acknowledges fails, one that is dead is inconclusive`() throws {
    let steps = Self.connect + "- tcp-exchange: { on: conn, data: x }"
    let sent = try Self.run(steps).frames.enumerated().filter { $0.element.isOutgoing }
    let data = sent.enumerated().filter {
      (TCPSegment($0.element.element.dissection)?.payload.count ?? 0) > 0
    }
    let first = try #require(data.first?.offset)
    let trial = try #require(try Self.trials(steps).first)
    var faults = LinkFaults()
    // The segment, and the two times that it is sent again.
    faults.lostOnTheWay = [first, first + 1, first + 2]
    let deaf = try SimulatedTrial(trial, faults: faults)
    #expect(deaf.live == deaf.judged.verdict)
    #expect(deaf.judged.verdict.reason == .missingAnswer, "\(deaf.judged.verdict)")
    faults.lostOnTheWay = Set(first..<first + 20)
    let dead = try SimulatedTrial(trial, faults: faults)
    #expect(dead.live == dead.judged.verdict)
    #expect(dead.judged.verdict.reason == .controlUnansweredAfter)
  }

  @Test(arguments: [0, 20, 150])
  func `On a bad network the judge comes to the verdict of the run`(lossPerMille: Int) throws {
    let steps = [
      Self.connect
        + "- tcp-exchange: { on: conn, data: { counter: 20000 }, expect: echo }\n- tcp-close: { on: conn }",
      Self.connect + Self.narrowing,
      Self.connect + "- tcp-close: { on: conn, how: reset }\n- udp-exchange: { port: 7 }",
      "- tcp-connect: { port: 9, as: conn, expect: refused }",
    ]
    var outcomes: [Outcome: Int] = [:]
    for (index, steps) in steps.enumerated() {
      let trial = try #require(try Self.trials(steps).first)
      for seed in 0..<40 {
        var faults = LinkFaults()
        faults.lossPerMille = lossPerMille
        faults.seed = UInt64(seed * 10 + index)
        if lossPerMille > 0 {
          faults.duplicated = [seed % 17, seed % 5 + 3]
          faults.delayed = [seed % 13: .milliseconds(seed % 7), 20 + seed % 11: .microseconds(150)]
          faults.uncapturedSent = seed % 4 == 0 ? [seed % 9] : []
        }
        let run = try SimulatedTrial(trial, faults: faults, seed: UInt64(seed))
        let (live, judged) = (run.live, run.judged.verdict)
        // Whether a frame wasn't seen or the capture ended too early is all the same.
        let isBlind = judged.reason == .captureEnded
        #expect(
          live?.outcome == judged.outcome && (isBlind || live?.reason == judged.reason),
          "steps \(index), seed \(seed): \(live.map { "\($0)" } ?? "no end"), judged \(judged)"
        )
        outcomes[run.judged.verdict.outcome, default: 0] += 1
      }
    }
    if lossPerMille == 0 { #expect(outcomes == [.pass: 160]) } else { #expect((outcomes[.pass] ?? 0) > 40) }
    #expect(outcomes[.error] == nil)
  }
}
