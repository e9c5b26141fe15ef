import Capture
import Craft
import Judge
import Testing
import Wire

/// Octets from the wire never bring the judge down.
@Suite struct GarbageTests {
  private static let texts = [
    Scene.echo + "\n- expect: nothing",
    Scene.echo + "\n" + Scene.echoAnswer + "\n  times: 1..4",
    Scene.datagram
      + "\n- expect: [ icmpv4: { type: 3 }, quoted: { of: $sent, at-least: 8, unchanged-except: [ttl] } ]",
    Scene.echo + "\n- expect: [ ipv4: { more-fragments: 1 }, data: { length: 0..8 } ]",
    Scene.echo
      + "\n- forbid: [ ipv6, fragment, icmpv6: { type: 1 } ]\n- expect: { all-of: [ [ ipv6 ], [ ipv4 ] ] }",
  ]

  @Test func `A hundred thousand arbitrary frames are judged without a trap`() throws {
    var generator = Generator(seed: 2026)
    let plans = try Self.texts.map { try Scene.plan($0, others: true) }
    var verdicts = 0
    var count = 0
    while count < 100_000 {
      let plan = plans[count % plans.count]
      var script = Script(started: plan)
      let seeds = Self.seeds(plan)
      for _ in 0..<40 {
        script.receive(
          Self.spoiled(seeds, &generator),
          after: .nanoseconds(Int64.random(in: 0..<9_000_000, using: &generator))
        )
      }
      count += 40
      // Judged as whole frames and as cut ones, from the target and as if our own.
      let frames = script.frames.map { frame in
        var frame = frame
        if Int.random(in: 0..<50, using: &generator) == 0 { frame.isOutgoing.toggle() }
        if Int.random(in: 0..<300, using: &generator) == 0 { frame.frame.originalLength += 10 }
        return frame
      }
      let judgement = judge(plan, frames: frames, until: script.clock + .seconds(3))
      #expect(judgement.roles.count == frames.count)
      #expect(judgement.verdict.outcome != .pass)
      verdicts += 1
    }
    #expect(verdicts == 2500)
  }

  private static func seeds(_ plan: TrialPlan) -> [[UInt8]] {
    let reply = Answers.echoReply(data: (0..<40).map { UInt8($0) })
    return [reply, Answers.portUnreachable(plan), Answers.control(plan, sequence: 2)]
      + Answers.fragments(of: reply, size: 16) + NoiseTests.all.map(\.1)
      + Answers.fragments6(
        of: Answers.frame([Answers.ipv6(), Answers.icmpv6(129), Answers.data(Array(repeating: 1, count: 60))]
        ),
        size: 24
      )
  }

  private static func spoiled(_ seeds: [[UInt8]], _ generator: inout Generator) -> [UInt8] {
    if Int.random(in: 0..<10, using: &generator) == 0 {
      return (0..<Int.random(in: 0..<80, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
    }
    var bytes = seeds.randomElement(using: &generator) ?? []
    for _ in 0..<Int.random(in: 0...3, using: &generator) {
      guard let place = bytes.indices.randomElement(using: &generator) else { break }
      bytes[place] = UInt8.random(in: 0...255, using: &generator)
    }
    if Int.random(in: 0..<4, using: &generator) == 0 {
      bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &generator)))
    }
    return bytes
  }
}
