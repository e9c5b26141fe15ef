import Capture
import Craft
import Judge
import Link
import Runner
import Suite
import Testing
import Wire

/// A run against a scripted target in virtual time.
struct Bench {
  var device = ScriptedTarget()
  var faults = LinkFaults()
  var options: RunOptions = {
    var options = RunOptions()
    // Most tests look at frames one by one, and at nothing that isn't theirs.
    options.learnsErrorBudget = false
    return options
  }()
  var target = Bench.target()
  var baseline: Baseline?
  /// Whether it speaks from the interface's own addresses.
  var speaksAsItself = false

  /// What came out, and the link with the device at its end.
  struct Outcome {
    var result: RunResult
    var link: SimulatedLink

    var trials: [TrialResult] { result.suites.flatMap(\.trials) }
    var verdicts: [Verdict] { trials.map(\.verdict) }
    var device: ScriptedTarget? { link.device as? ScriptedTarget }

    func trial(_ name: String) -> TrialResult? { trials.first { $0.name == name } }
    func count(_ outcome: Judge.Outcome) -> Int { verdicts.count { $0.outcome == outcome } }
  }

  static func target(personas: Int = 300, role: Role = .host) -> TargetDescription {
    let first = IPv6Address(high: 0x2001_0db8_0001_0000, low: 0x1_0000)
    let last = IPv6Address(high: 0x2001_0db8_0001_0000, low: 0x1_0000 + UInt64(personas * 2))
    return TargetDescription(
      name: "scripted",
      role: role,
      near: TargetDescription.Side(
        interface: "simulated",
        ipv4: ScriptedTarget.ipv4,
        ipv4PrefixLength: 16,
        ipv6: ScriptedTarget.ipv6,
        testers: TargetDescription.Testers(
          ipv4: IPv4Address(
            rawValue: 0xc000_0300
          )...IPv4Address(rawValue: 0xc000_0300 + UInt32(personas * 2)),
          ipv6: first...last
        ),
        gateway: TargetDescription.Gateway(
          ipv4: IPv4Address(rawValue: 0xc000_02fe),
          ipv6: IPv6Address(high: 0xfe80_0000_0000_0000, low: 0xa55a_00fe)
        )
      )
    )
  }

  static let catalogue = """
    - { id: R-must, rfc: "792", section: Echo, level: MUST, title: It must, requirement: It must. }
    - { id: R-should, rfc: "1122", section: 3.2.2.6, level: SHOULD, title: It should, requirement: It should. }
    - { id: R-may, rfc: "1122", section: 3.2.2.7, level: MAY, title: It may, requirement: It may. }
    """

  /// A case of these steps, which are written without indentation.
  static func testCase(_ id: String, _ steps: String, head: [String] = [], requirement: String = "R-must")
    -> String
  {
    let lines =
      ["  - id: \(id)", "    title: \(id)", "    requirement: \(requirement)"] + head.map { "    \($0)" }
      + ["    steps:"] + steps.split(separator: "\n").map { "      \($0)" }
    return lines.joined(separator: "\n")
  }

  /// An echo with a sequence number, and its answer.
  static func echo(_ sequence: Int = 1, data: String = "{ counter: 8 }", expect: String? = nil) -> String {
    """
    - send: [ ipv4, icmpv4: { type: echo-request, identifier: $id, sequence: \(sequence) }, data: \(data) ]
    """ + "\n"
      + (expect
        ?? """
        - expect:
            - ipv4: { source: $target, destination: $tester }
            - icmpv4: { type: echo-reply, identifier: $id, sequence: \(sequence) }
            - data: $sent.data
        """)
  }

  static func suite(_ cases: [String], name: String = "test.run", head: [String] = []) throws -> TestSuite {
    let lines = ["suite: \(name)", "title: A run"] + head + ["cases:"] + cases
    return try TestSuite(decoding: lines.joined(separator: "\n") + "\n", file: "\(name).yaml")
  }

  func run(_ cases: String...) throws -> Outcome { try run(suites: [Self.suite(cases)]) }

  func run(suites: [TestSuite], observer: (any RunObserver)? = nil) throws -> Outcome {
    var catalogue = RequirementCatalogue()
    try catalogue.add(decoding: Self.catalogue, file: "catalogue.yaml")
    let link = SimulatedLink(to: device, faults: faults)
    let itself = Host(mac: link.interface.mac, ipv4: IPv4Address(rawValue: 0xc000_0205))
    let unused = Host(mac: MACAddress(rawValue: 0), ipv4: IPv4Address(rawValue: 0xc000_02fa))
    var runner = Runner(
      suites: suites,
      catalogue: catalogue,
      target: target,
      personas: speaksAsItself
        ? Personas(own: itself, unused: unused) : Personas(for: target, interfaceMAC: link.interface.mac),
      link: link,
      baseline: baseline,
      options: options,
      observer: observer
    )
    let outcome = Outcome(result: try runner.run(), link: link)
    try expectSameVerdictsFromCapture(outcome.result, suites: suites)
    return outcome
  }

  /// Judges the run again from its plan and frames alone.
  private func expectSameVerdictsFromCapture(_ result: RunResult, suites: [TestSuite]) throws {
    let record = try #require(result.record)
    var replay = try Replay(
      record,
      suites: suites,
      frames: result.frames.map(\.frame),
      isOwnCapture: true,
      baseline: baseline,
      today: options.today
    )
    let again = replay.run()
    for (live, replayed) in zip(result.suites.flatMap(\.trials), again.suites.flatMap(\.trials)) {
      #expect(replayed.name == live.name)
      #expect(replayed.verdict == live.verdict, "\(live.name)")
      #expect(replayed.earlierAttempts == live.earlierAttempts, "\(live.name)")
      #expect(replayed.knownDeviation == live.knownDeviation, "\(live.name)")
    }
    #expect(again.suites.map(\.trials.count) == result.suites.map(\.trials.count))
    #expect(again.frames.map(\.trial) == result.frames.map(\.trial))
    #expect(again.interruptedBy == result.interruptedBy)
    #expect(again.remarks == result.remarks)
  }
}
