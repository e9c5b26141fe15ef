import Capture
import Judge
import Link
import Runner
import Testing
import Wire

/// Targets that stop answering: noticed, waited for, and what brought them down.
@Suite struct OutageTests {
  private static func many(_ count: Int, id: String = "many") -> String {
    Bench.testCase(id, Bench.echo(data: "{ counter: $n }"), head: ["vary: { n: [1..\(count)] }"])
  }

  private static let quiet = "- expect: nothing"

  /// Echoes with these sequence numbers, one after the other.
  private static func echoes(_ id: String, _ sequences: [Int]) -> String {
    let sends = sequences.map {
      "- send: [ ipv4, icmpv4: { type: echo-request, identifier: $id, sequence: \($0) } ]"
    }
    return Bench.testCase(id, (sends + ["- wait: 50ms", quiet]).joined(separator: "\n"))
  }

  /// The sequence numbers of echoes, in order.
  private static func sequences(_ frames: [[UInt8]]) -> [Int] {
    frames.map { $0.count >= 42 ? Int($0[40]) << 8 | Int($0[41]) : 0 }
  }

  private func bench(lasts: Duration, _ cause: @escaping ([Int]) -> Bool) -> Bench {
    var bench = Bench()
    bench.device.script = { $0.sequence > 600 && !$0.isControl ? [] : nil }
    bench.device.crash = (lasts, { cause(Self.sequences($0)) })
    return bench
  }

  /// The lines that name the shortest sequence.
  private func shortest(_ verdict: Verdict?) -> [String] {
    let lines = verdict?.details.drop { !$0.hasPrefix("The shortest sequence") }.dropFirst() ?? []
    return lines.prefix { $0.hasPrefix("  ") }.map { String($0) }
  }

  @Test(arguments: [0, 2]) func `A target that restarts costs nobody but the culprit its verdict`(
    retries: Int
  ) throws {
    var bench = bench(lasts: .seconds(5)) { $0.last == 666 }
    bench.options.retries = retries
    let outcome = try bench.run(Self.many(200), Self.echoes("killer", [666]), Self.many(200, id: "more"))
    #expect(outcome.count(.pass) == 400)
    let verdict = outcome.trial("killer")?.verdict
    #expect(verdict?.outcome == .fail)
    #expect(verdict?.reason == .targetStoppedAnswering)
    #expect(shortest(verdict).count == 1)
    #expect(shortest(verdict).allSatisfy { $0.contains("seq 666") })
    let remark = try #require(outcome.result.remarks.first)
    #expect(remark.contains("answered no control probe for 5."))
    #expect(remark.contains("test.run.killer"))
    #expect(outcome.result.remarks.count == 1)
  }

  @Test func `A target that dies for good leaves the rest inconclusive, and the suspects are named`() throws {
    var bench = bench(lasts: .seconds(1_000_000)) { $0.last == 666 }
    bench.options.jobs = 4
    let outcome = try bench.run(Self.many(20), Self.echoes("killer", [666]), Self.many(200, id: "more"))
    #expect(outcome.count(.fail) == 0)
    #expect(outcome.count(.pass) >= 17)
    #expect(outcome.count(.inconclusive) == 221 - outcome.count(.pass))
    #expect(outcome.trial("killer")?.verdict.reason == .controlUnansweredAfter)
    #expect(outcome.result.remarks.count == 1)
    #expect(outcome.result.remarks[0].contains("test.run.killer"))
    #expect(outcome.result.duration < .seconds(40))
  }

  @Test func `No trial begins while the target is silent`() throws {
    var bench = bench(lasts: .seconds(8)) { $0.last == 666 }
    bench.options.jobs = 4
    let outcome = try bench.run(Self.many(8), Self.echoes("killer", [666]), Self.many(100, id: "more"))
    let frames = outcome.result.frames
    let death = try #require(
      frames.first { $0.trial == "test.run.killer" && $0.role.hasSuffix("stimulus") }?.frame.time
    )
    let inSilence = frames.filter {
      $0.role.hasSuffix("stimulus") && $0.frame.time > death + .seconds(1)
        && $0.frame.time < death + .seconds(8)
    }
    #expect(inSilence.isEmpty)
  }

  @Test func `A suspect that brings the target down for good fails, and the rest is inconclusive`() throws {
    var bench = Bench()
    // The first time it is back after three seconds, the second time never.
    bench.device.poison = (sequence: 666, lasts: .seconds(3))
    bench.device.poisonedForGood = 2
    let outcome = try bench.run(Self.many(20), Self.echoes("killer", [666]))
    #expect(outcome.count(.pass) == 20)
    let verdict = try #require(outcome.trial("killer")?.verdict)
    #expect(verdict.outcome == .fail)
    #expect(verdict.reason == .targetStoppedAnswering)
    #expect(verdict.details.contains("It didn't come back."))
  }

  @Test func `Of many packets the two are found that bring it down in a row`() throws {
    let bench = bench(lasts: .seconds(2)) { $0.suffix(2) == [604, 605] }
    let outcome = try bench.run(Self.echoes("killer", Array(601...609)))
    let verdict = outcome.trial("killer")?.verdict
    #expect(verdict?.reason == .targetStoppedAnswering)
    #expect(shortest(verdict).count == 2)
    #expect(shortest(verdict).first?.contains("step 4: ") == true)
    #expect(shortest(verdict).last?.contains("step 5: ") == true)
    #expect(verdict?.summary.contains("2 packets in a row are enough") == true)
  }

  @Test func `Packets of two trials that bring it down together are found`() throws {
    let bench = bench(lasts: .seconds(2)) { $0.suffix(2) == [601, 602] }
    let outcome = try bench.run(
      Self.echoes("first", [601]),
      Self.echoes("second", [602, 611]),
      Self.many(20)
    )
    #expect(outcome.trial("first")?.verdict.outcome == .pass)
    let verdict = outcome.trial("second")?.verdict
    #expect(verdict?.reason == .targetStoppedAnswering)
    #expect(shortest(verdict).count == 2)
    #expect(shortest(verdict).first?.contains("test.run.first, step 1: ") == true)
    #expect(outcome.count(.pass) == 21)
  }

  @Test func `Suspects that do nothing alone are tried together`() throws {
    var bench = bench(lasts: .seconds(2)) { $0.suffix(2) == [601, 602] }
    bench.device.forgetsAtControls = true
    let outcome = try bench.run(Self.echoes("first", [601]), Self.echoes("second", [602]), Self.many(5))
    #expect(outcome.trial("first")?.verdict.outcome == .pass)
    let verdict = outcome.trial("second")?.verdict
    #expect(verdict?.reason == .targetStoppedAnswering)
    #expect(shortest(verdict).count == 2)
    #expect(shortest(verdict).map { $0.contains("test.run.first, ") } == [true, false])
    #expect(outcome.count(.pass) == 6)
  }

  @Test func `The order of fragments that brings it down is told from others`() throws {
    var bench = Bench()
    func offset(_ frame: [UInt8]) -> Int { (Int(frame[20]) << 8 | Int(frame[21])) & 0x1fff }
    // The first fragment behind the last one, as datagrams are put together from the end.
    bench.device.crash = (
      .seconds(2),
      { frames in
        let fragments = frames.filter { $0.count > 34 && ($0[20] & 0x3f) | $0[21] != 0 }
        guard let last = fragments.last, offset(last) == 0 else { return false }
        return fragments.dropLast().contains { offset($0) == 6 && $0[18..<20] == last[18..<20] }
      }
    )
    let steps = """
      - send: [ ipv4, udp: { source-port: $port, destination-port: 33434 }, data: { counter: 48 } ]
        fragment: { size: 8, order: $order }
      - wait: 50ms
      - expect: nothing
      """
    let outcome = try bench.run(
      Bench.testCase("fragments", steps, head: ["vary: { order: [forward, reverse] }"])
    )
    #expect(outcome.trial("fragments[order=forward]")?.verdict.outcome == .pass)
    let verdict = outcome.trial("fragments[order=reverse]")?.verdict
    #expect(verdict?.reason == .targetStoppedAnswering)
    #expect(shortest(verdict).count == 2)
    #expect(shortest(verdict).map { $0.contains("frame 7 of 7") } == [false, true])
  }

  @Test func `What happened once and not again fails nobody, and shows`() throws {
    var bench = Bench()
    let later = SimulatedLink.epoch + .milliseconds(700)
    bench.device.deaf = (later, later + .seconds(5))
    bench.device.script = { $0.isControl ? nil : [Emission(delay: .milliseconds(200), frame: $0.reply)] }
    bench.options.jobs = 4
    let outcome = try bench.run(Self.many(60))
    #expect(outcome.count(.pass) == 60)
    #expect(outcome.trials.contains { $0.isFlaky })
    #expect(outcome.result.remarks.count == 1)
  }

  @Test func `The frames of an inquiry are the culprit's evidence`() throws {
    let bench = bench(lasts: .seconds(2)) { $0.suffix(2) == [602, 603] }
    let outcome = try bench.run(Self.echoes("killer", [601, 602, 603, 604]))
    let roles = outcome.result.frames.filter { $0.trial == "test.run.killer" }.map(\.role)
    #expect(roles.contains("attempt with 2 packets, step 1: stimulus"))
  }

  @Test func `A target that was never there isn't waited for as long as one that restarts`() throws {
    var bench = Bench()
    bench.device.script = { _ in [] }
    let outcome = try bench.run(Self.many(20))
    #expect(outcome.count(.inconclusive) == 20)
    #expect(outcome.result.duration < .seconds(10))
  }
}
