import Capture
import Judge
import Link
import ReferenceDevice
import Runner
import Suite
import Testing
import Wire

/// Trials that enter on one side of a target and are seen on both.
@Suite struct TwoArmTests {
  @Test func `What is passed on one hop further is seen on the far side`() throws {
    let result = try run(.pass, forwarded)
    #expect(result.outcome == .pass, "\(result.verdict)")
  }

  @Test func `A packet of the far side is seen on the near one`() throws {
    let steps = """
      - send: [ipv4, udp: { destination-port: 9 }, data: { counter: 20 }]
        from: far
      - expect: [forwarded: { of: $sent }]
        at: near
      """
    #expect(try run(.pass, steps).outcome == .pass)
  }

  @Test func `A hop that isn't counted fails`() throws {
    let result = try run(.keepTTL, forwarded)
    #expect(result.outcome == .fail)
    #expect(result.verdict.summary.contains("ipv4.ttl must be 63, is 64"))
  }

  @Test func `Silence on the far side is proved by a probe that goes through`() throws {
    let result = try run(.drop, dropped)
    #expect(result.outcome == .pass, "\(result.verdict)")
    #expect(result.roles.contains("control request, passed on"))
  }

  @Test func `What comes through though it must not fails`() throws {
    #expect(try run(.pass, dropped).outcome == .fail)
  }

  @Test func `A rejection is no silence`() throws {
    let rejected = try run(.reject, dropped)
    #expect(rejected.outcome == .fail)
    #expect(rejected.verdict.summary.contains("on the near side"))
    let steps = """
      - send: [ipv4, udp: { destination-port: 9 }, data: { counter: 20 }]
      - expect: [ipv4: { source: $target }, icmpv4: { type: 3, code: 13 }, quoted: { of: $sent }]
        at: near
      """
    #expect(try run(.reject, steps).outcome == .pass)
    // Silence on one side says nothing of the other: what comes there has to be expected as well.
    let silence = dropped + "\n  at: far"
    #expect(try run(.reject, silence).outcome == .fail)
    let both = silence + "\n- expect: [ipv4: { source: $target }, icmpv4: { type: 3, code: 13 }]\n  at: near"
    #expect(try run(.reject, both).outcome == .pass)
    #expect(try run(.drop, both).outcome == .fail)
  }

  @Test func `An answer on the other side than required fails`() throws {
    let result = try run(.pass, forwarded.replacing("at: far", with: "at: near"))
    #expect(result.outcome == .fail)
    #expect(result.verdict.summary.contains("side must be near, is far"))
  }

  @Test func `A frame on the other side that no step expects fails`() throws {
    #expect(try run(.copyBack, forwarded).outcome == .fail)
  }

  @Test func `Where no echo gets through nothing is proved`() throws {
    let result = try run(.dropEverything, dropped)
    #expect(result.outcome == .inconclusive)
    #expect(result.verdict.summary.contains("No ipv4 echo from the near side got through"))
  }

  private let forwarded = """
    - send: [ipv4, udp: { destination-port: 9 }, data: { counter: 20 }]
    - expect: [forwarded: { of: $sent }]
      at: far
    """
  private let dropped = """
    - send: [ipv4, udp: { destination-port: 9 }, data: { counter: 20 }]
    - expect: nothing
    """

  @Test func `Fragments that a NAT makes of many trials' datagrams are each told apart`() throws {
    let suite = try TestSuite(
      decoding: """
        suite: two.nat
        arms: near+far
        cases:
          - id: fragments
            title: Fragments
            vary: { length: [1300..1339] }
            steps:
              - send:
                  - ipv4: { destination: 203.0.113.100 }
                  - udp: { source-port: $port, destination-port: 9 }
                  - data: { counter: $length }
              - expect:
                  all-of:
                    - [ipv4: { source: $far-target, fragment-offset: 0, more-fragments: true }]
                    - [ipv4: { source: $far-target, more-fragments: false, total-length: 8 + 20 + $length - 1256 }]
                at: far

        """,
      file: "nat.yaml"
    )
    let link = SimulatedLink(to: ForwardingDevice(.nat))
    let target = StrictDevice.description(of: .nat)
    var options = RunOptions()
    options.learnsErrorBudget = false
    options.retries = 0
    var runner = Runner(
      suites: [suite],
      catalogue: RequirementCatalogue(),
      target: target,
      personas: Personas(for: target, interfaceMAC: link.interface.mac),
      link: link,
      baseline: nil,
      options: options,
      observer: nil
    )
    let verdicts = try runner.run().suites.flatMap(\.trials).map(\.verdict)
    #expect(verdicts.count == 40)
    #expect(verdicts.allSatisfy { $0.outcome == .pass }, "\(verdicts.first?.summary ?? "")")
  }

  private struct Outcome {
    var verdict: Verdict
    var roles: [String]
    var outcome: Judge.Outcome { verdict.outcome }
  }

  private static let target = TargetDescription(
    name: "passing",
    role: .router,
    near: side("near", 0xc000_0201, PassingDevice.near),
    far: side("far", 0xc633_6401, PassingDevice.far)
  )

  private static func side(_ name: String, _ address: UInt32, _ mac: MACAddress) -> TargetDescription.Side {
    let range = IPv4Address(rawValue: address + 15)...IPv4Address(rawValue: address + 200)
    return .init(
      interface: name,
      ipv4: IPv4Address(rawValue: address),
      mac: mac,
      testers: .init(ipv4: range)
    )
  }

  private func run(_ treatment: PassingDevice.Treatment, _ steps: String) throws -> Outcome {
    let indented = steps.split(separator: "\n").map { "      " + $0 }.joined(separator: "\n")
    let suite = try TestSuite(
      decoding:
        "suite: two.arms\narms: near+far\ncases:\n  - id: it\n    title: It\n    steps:\n\(indented)\n",
      file: "two.yaml"
    )
    let link = SimulatedLink(to: PassingDevice(treatment: treatment))
    var options = RunOptions()
    options.learnsErrorBudget = false
    options.isPathReliable = true
    var runner = Runner(
      suites: [suite],
      catalogue: RequirementCatalogue(),
      target: Self.target,
      personas: Personas(for: Self.target, interfaceMAC: link.interface.mac),
      link: link,
      baseline: nil,
      options: options,
      observer: nil
    )
    let result = try runner.run()
    let trial = try #require(result.suites.first?.trials.first)
    let record = try #require(result.record)
    var replay = try Replay(record, suites: [suite], frames: result.frames.map(\.frame), isOwnCapture: true)
    #expect(replay.run().suites.first?.trials.first?.verdict == trial.verdict)
    return Outcome(verdict: trial.verdict, roles: result.frames.map(\.role))
  }
}
