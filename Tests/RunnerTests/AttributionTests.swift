import Capture
import Judge
import Link
import Runner
import Suite
import Testing
import Wire

/// An answer counts for the trial it belongs to, and for no other.
@Suite struct AttributionTests {
  private static let many = Bench.testCase(
    "many",
    Bench.echo(data: "{ counter: $n }"),
    head: ["vary: { n: [1..200] }"]
  )

  private func bench(_ script: @escaping ScriptedTarget.Script) -> Bench {
    var bench = Bench()
    bench.options.jobs = 200
    bench.options.retries = 0
    bench.device.script = script
    return bench
  }

  @Test func `No trial passes when answers go to the neighbouring persona`() throws {
    let outcome = try bench { echo in
      guard !echo.isControl else { return nil }
      var reply = echo.reply
      reply[33] ^= 1
      return [Emission(frame: Self.repaired(reply))]
    }.run(Self.many)
    #expect(outcome.count(.pass) == 0)
    #expect(outcome.count(.fail) == 200)
  }

  @Test func `No trial passes when answers go to the neighbour's Ethernet address`() throws {
    let outcome = try bench { echo in
      guard !echo.isControl else { return nil }
      var reply = echo.reply
      // The right frame in the wrong envelope still belongs to the trial whose IP address it has.
      reply[5] ^= 1
      reply[33] ^= 1
      return [Emission(frame: Self.repaired(reply))]
    }.run(Self.many)
    #expect(outcome.count(.pass) == 0)
  }

  @Test func `No trial passes when answers carry another one's identifier`() throws {
    let outcome = try bench { echo in
      guard !echo.isControl else { return nil }
      var reply = echo.reply
      reply[39] ^= 2
      return [Emission(frame: Self.repaired(reply))]
    }.run(Self.many)
    #expect(outcome.count(.pass) == 0)
    #expect(outcome.verdicts.allSatisfy { $0.differences.first?.field == "icmpv4.identifier" })
  }

  @Test func `A late answer isn't held against the next trial of the same persona`() throws {
    for personas in [1, 3] {
      var bench = bench { echo in
        echo.sequence == 99 ? [Emission(delay: .milliseconds(700), frame: echo.reply)] : nil
      }
      bench.target = Bench.target(personas: personas)
      let cases = (0..<12).map { number in
        number.isMultiple(of: 2)
          ? Bench.testCase("late-\(number)", Bench.echo(99, expect: "- expect: nothing"))
          : Bench.testCase(
            "next-\(number)",
            Bench.echo(expect: "- wait: 900ms\n- expect: [ icmpv4: { sequence: 1 } ]")
          )
      }
      let outcome = try bench.run(suites: [Bench.suite(cases)])
      #expect(outcome.count(.pass) == 12)
      #expect(outcome.result.frames.contains { $0.role == "from the target, after the trial it answers" })
    }
  }

  @Test func `Every frame of a trial is recorded as its own`() throws {
    let outcome = try bench { _ in nil }.run(Self.many)
    for trial in outcome.trials {
      let roles = outcome.result.frames.filter { $0.trial == "test.run.\(trial.name)" }.map(\.role)
      #expect(
        roles == [
          "control request 1", "control reply 1", "step 1: stimulus", "step 2: as expected",
          "control request 2",
          "control reply 2",
        ]
      )
    }
  }

  @Test func `Personas that share one Ethernet address are told apart by their IP addresses`() throws {
    var bench = bench { _ in nil }
    bench.target.usesOwnMAC = true
    #expect(try bench.run(Self.many).count(.pass) == 200)
  }

  @Test func `Connections of this machine's own aren't held against a trial that shares its addresses`()
    throws
  {
    var bench = bench { echo in
      var foreign = echo.reply
      foreign[23] = 17
      foreign.replaceSubrange(34..<42, with: [0, 53, 0x9c, 0x40, 0, UInt8(foreign.count - 34), 0, 0])
      return echo.isControl
        ? nil : [Emission(frame: Self.repairedHeader(foreign)), Emission(frame: echo.reply)]
    }
    let many = Bench.testCase("many", Bench.echo(data: "{ counter: $n }"), head: ["vary: { n: [1..5] }"])
    #expect(try bench.run(many).count(.fail) == 5)
    bench.speaksAsItself = true
    #expect(try bench.run(many).count(.pass) == 5)
  }

  @Test(arguments: [false, true])
  func `A frame that the interface alters is an error of the harness, and of that trial only`(
    usesOwnMAC: Bool
  ) throws {
    var bench = bench { _ in nil }
    bench.target.usesOwnMAC = usesOwnMAC
    let many = Bench.testCase("many", Bench.echo(data: "{ counter: $n }"), head: ["vary: { n: [10..19] }"])
    // The first frames resolve the target; then come ten probes, ten stimuli and ten probes.
    for number in stride(from: 4, to: 34, by: 3) {
      bench.faults.altered = [number: (offset: 45, xor: 0x10)]
      let outcome = try bench.run(many)
      #expect(outcome.count(.pass) == 9)
      #expect(outcome.count(.error) == 1)
      #expect(outcome.verdicts.contains { $0.reason == .stimulusAltered })
      #expect(outcome.verdicts.contains { $0.differences.contains { $0.required != $0.seen } })
    }
  }

  @Test(arguments: [("c6 33 64 08", Outcome.pass), ("c6 33 64 09", Outcome.fail)])
  func `A question is the watching trial's unless another one has told the target of that address`(
    told: String,
    outcome: Outcome
  ) throws {
    let bench = bench { echo in
      guard echo.sequence == 7 else { return nil }
      let question = ScriptedTarget.arpRequest(for: IPv4Address(rawValue: 0xc633_6408))
      return [Emission(frame: echo.reply), Emission(delay: .milliseconds(300), frame: question)]
    }
    let tells = Bench.testCase("tells", Bench.echo(7, data: "{ hex: \"\(told)\" }"))
    let watches = Bench.testCase(
      "watches",
      "- forbid: [ arp: { operation: request } ]\n- wait: 900ms\n" + Bench.echo()
    )
    let run = try bench.run(tells, watches)
    #expect(run.trial("tells")?.verdict.outcome == .pass)
    #expect(run.trial("watches")?.verdict.outcome == outcome)
  }

  @Test func `Of five hundred trials of one shape at once exactly those pass that were answered`() throws {
    var bench = bench { echo in
      if echo.isControl { return nil }
      // Every third is left unanswered; the answers to the others come in reverse, all after the last question.
      let number = echo.count
      if number.isMultiple(of: 3) { return [] }
      return [Emission(delay: .milliseconds(200 - number / 4), frame: echo.reply)]
    }
    bench.target = Bench.target(personas: 500)
    bench.options.jobs = 500
    let steps = """
      - send: [ ipv4: { identification: $n }, icmpv4: { type: echo-request, identifier: $id, sequence: 1 }, data: { counter: 8 } ]
      - expect: [ icmpv4: { type: echo-reply, sequence: 1 } ]
        within: 1s
      """
    let many = Bench.testCase("many", steps, head: ["vary: { n: [1..500] }"])
    let outcome = try bench.run(many)
    #expect(outcome.trials.count == 500)
    #expect(outcome.count(.pass) == 333)
    #expect(outcome.count(.fail) == 167)
    // The wire itself says which were answered: those whose persona a reply went to.
    let replies = outcome.result.frames.map { Dissection($0.frame.bytes) }.filter { frame in
      frame.layer(.icmpv4)?.number("type") == 0 && frame.layer(.data)?.bytes.count == 8
    }
    let addressees = Set(replies.compactMap { $0.layer(.ipv4)?.value(of: "destination") })
    let stimuli = outcome.result.frames.filter { $0.role == "step 1: stimulus" }
    let answered = stimuli.filter { stimulus in
      Dissection(stimulus.frame.bytes).layer(.ipv4)?.value(of: "source").map(addressees.contains) ?? false
    }.compactMap(\.trial)
    let passed = outcome.trials.filter { $0.verdict.outcome == .pass }.map { "test.run.\($0.name)" }
    #expect(Set(answered) == Set(passed))
  }

  @Test(arguments: [(UInt8(0x5c), Outcome.pass), (UInt8(0x5d), Outcome.fail)])
  func `A late answer to an echo of the run's own is no trial's`(identifier: UInt8, outcome: Outcome) throws {
    let bench = bench { echo in
      guard !echo.isControl else { return nil }
      var reply = echo.reply
      (reply[38], reply[39]) = (0xa5, identifier)
      return [Emission(frame: Self.repaired(reply))]
    }
    let text = "{ text: \"assay control probe: please answer\" }"
    let silent = Bench.testCase("silent", Bench.echo(data: text, expect: "- expect: nothing"))
    #expect(try bench.run(silent).verdicts.map(\.outcome) == [outcome])
  }

  @Test func `Trials in the air never have numbers in common`() throws {
    // So many at once that of random numbers some would be the same.
    var bench = bench { _ in nil }
    bench.target = Bench.target(personas: 500)
    bench.options.jobs = 500
    let many = Bench.testCase("many", Bench.echo(data: "{ counter: $n }"), head: ["vary: { n: [1..500] }"])
    let outcome = try bench.run(many)
    let identifiers = outcome.result.frames.filter { $0.role == "step 1: stimulus" }
      .compactMap { Dissection($0.frame.bytes).layer(.icmpv4)?.number("identifier") }
    #expect(identifiers.count == 500)
    #expect(Set(identifiers).count == 500)
  }

  @Test(arguments: [true, false])
  func `A frame that may be one of several trials' makes none of them pass`(isSent: Bool) throws {
    // Both speak as the same unspecified host, and with the same number.
    var bench = bench { echo in
      guard !echo.isControl, isSent else { return echo.isControl ? nil : [] }
      // Nor does the Ethernet address tell.
      let everybody = [UInt8](repeating: 0xff, count: 6)
      return [Emission(delay: .milliseconds(1), frame: everybody + echo.reply.dropFirst(6))]
    }
    bench.target.allowsSpoofing = true
    let steps = """
      - send: [ ipv4: { source: 0.0.0.0 }, icmpv4: { type: echo-request, identifier: 4711, sequence: $n } ]
      - expect: nothing
        within: 20ms
      """
    let outcome = try bench.run(Bench.testCase("nobody", steps, head: ["vary: { n: [1, 2] }"]))
    if isSent {
      #expect(outcome.count(.pass) == 0)
      let attempts = outcome.trials.flatMap(\.earlierAttempts) + outcome.verdicts
      #expect(attempts.contains { $0.reason == .doubtfulFrame }, "\(attempts.map(\.reason))")
    } else {
      #expect(outcome.count(.pass) == 2)
    }
  }

  /// The IPv4 checksum set right.
  static func repairedHeader(_ frame: [UInt8]) -> [UInt8] { repaired(frame, [(24, 14..<34)]) }

  /// The IPv4 and ICMP checksums set right.
  static func repaired(_ frame: [UInt8]) -> [UInt8] {
    repaired(frame, [(24, 14..<34), (36, 34..<frame.count)])
  }

  private static func repaired(_ frame: [UInt8], _ fields: [(Int, Range<Int>)]) -> [UInt8] {
    var frame = frame
    for (field, range) in fields {
      frame[field] = 0
      frame[field + 1] = 0
      let sum = Checksum.internet(Array(frame[range]))
      frame[field] = UInt8(sum >> 8)
      frame[field + 1] = UInt8(sum & 0xff)
    }
    return frame
  }
}
