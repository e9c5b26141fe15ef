import Capture
import Judge
import Link
import Runner
import Suite
import Wire

/// A small run in which each way to end occurs.
enum SampleRun {
  static let start = Timestamp(nanoseconds: 1_790_000_000_123_456_789)

  static let mirrors = Requirement(
    id: "RFC1122-3.2.2.6-c",
    rfc: "1122",
    section: "3.2.2.6",
    level: .must,
    title: "Echo data",
    text: "The data of a request come back whole in the reply."
  )

  static let preserves = Requirement(
    id: "RFC1122-3.2.2.6-f",
    rfc: "1122",
    section: "3.2.2.6",
    level: .should,
    title: "Reversed route",
    text: "A source route of the request is reversed for the reply."
  )

  static let discards = Requirement(
    id: "RFC792-formats-d",
    rfc: "792",
    section: "Echo",
    level: .must,
    title: "Checksum",
    text: "A message with a wrong checksum is not answered."
  )

  static let failure = Verdict(
    .fail,
    .wrongAnswer,
    "The reply must carry the request's data (RFC 1122 3.2.2.6); 0.21 ms after the request came one which differs"
      + " in 2 fields.",
    differences: [
      FieldDifference(field: "icmpv4.identifier", required: "0x1234", seen: "0x4321"),
      FieldDifference(field: "data", required: "00 01 02 03 04 05 06 07", seen: "00 01 02 03 ff ff ff ff"),
    ],
    details: ["+0.000 ms  sent      echo request, 64 octets", "+0.210 ms  received  echo reply, 64 octets"]
  )

  static func trial(
    _ caseID: String,
    _ variant: String = "",
    _ verdict: Verdict,
    line: Int = 9,
    _ requirements: [Requirement] = [mirrors],
    earlier: [Verdict] = [],
    known: KnownDeviation? = nil
  ) -> TrialResult {
    TrialResult(
      caseID: caseID,
      variant: variant,
      title: "The title of \(caseID)",
      line: line,
      requirements: requirements,
      verdict: verdict,
      earlierAttempts: earlier,
      started: verdict.outcome == .skipped ? nil : start + .milliseconds(line),
      duration: verdict.outcome == .skipped ? .zero : .microseconds(1500),
      knownDeviation: known
    )
  }

  static let pass: Verdict = {
    var verdict = Verdict(.pass, .asRequired, "The reply came after 0.18 ms as required.")
    verdict.measurements = [
      MeasuredValue(name: "ipv4.ttl", value: "64"), MeasuredValue(name: "answer.delay", value: "0.180 ms"),
    ]
    return verdict
  }()
  static let missing = Verdict(
    .fail,
    .missingAnswer,
    "A reply must come (RFC 1122 3.2.2.6); none came within 1 s.",
    details: ["+0 sent"]
  )

  static let echo = SuiteResult(
    name: "icmpv4.echo",
    title: "Echo and echo reply",
    file: "Suites/icmpv4/echo.yaml",
    trials: [
      trial("mirrors", "length=0", pass, line: 12),
      trial("mirrors", "length=56", pass, line: 12, earlier: [missing]),
      trial("mirrors", "length=1472", failure, line: 12),
      trial("mirrors", "length=1473", failure, line: 12),
      trial(
        "route-reversed",
        "",
        Verdict(
          .warn,
          .discouragedAnswer,
          "The route should be reversed (RFC 1122 3.2.2.6); the reply came without one."
        ),
        line: 31,
        [preserves]
      ),
      trial(
        "bad-checksum",
        "checksum=zero",
        Verdict(
          .inconclusive,
          .controlUnansweredAfter,
          "Nothing may come (RFC 792); nothing came, but the control probe after it wasn't answered either."
        ),
        line: 44,
        [discards]
      ),
      trial(
        "needs-timestamp",
        "",
        Verdict(.skipped, .notApplicable, "The target doesn't claim the capability timestamp."),
        line: 60
      ),
    ]
  )

  static let redirect = SuiteResult(
    name: "icmpv4.redirect",
    title: "Redirects",
    file: "Suites/icmpv4/redirect.yaml",
    trials: [
      trial(
        "known-one",
        "",
        missing,
        line: 5,
        known: KnownDeviation(match: .expected, reason: "Linux obeys redirects of any sender", ticket: "LX-1")
      ),
      trial(
        "fixed-one",
        "",
        pass,
        line: 15,
        known: KnownDeviation(match: .unexpectedPass, reason: "Linux quotes too little", ticket: "LX-2")
      ),
      trial(
        "expired-one",
        "",
        missing,
        line: 25,
        known: KnownDeviation(match: .expired, reason: "to be fixed in spring")
      ),
      trial(
        "other-one",
        "",
        failure,
        line: 35,
        known: KnownDeviation(match: .different, reason: "doesn't answer")
      ),
      trial(
        "broken",
        "",
        Verdict(.error, .craftFailed, "The packet can't be built: ipv4 has no field colour."),
        line: 45
      ),
      trial("late", "", Verdict(.skipped, .notRun, "The run ended before it."), line: 55),
    ]
  )

  static let target = TargetSummary(
    name: "linux-host",
    role: "host",
    facts: [KeyValue("interface", "eth1"), KeyValue("ipv4", "192.0.2.1")]
  )

  static func run(
    _ suites: [SuiteResult],
    frames: [RecordedFrame] = [],
    interruptedBy: String? = nil
  ) -> RunResult {
    var result = RunResult(
      version: "0.1.0",
      seed: 42,
      started: start,
      duration: .milliseconds(3120),
      serialWindows: .seconds(74),
      target: target,
      suites: suites,
      frames: frames,
      statistics: LinkStatistics(received: 512, droppedByKernel: 0, droppedByInterface: 0),
      roundTrip: RoundTrip(median: .microseconds(41), largest: .microseconds(1240), samples: 96),
      errorBudget: ErrorBudget(
        .measured,
        families: [
          .ipv4: FamilyErrorBudget(
            peer: ErrorAllowance(limit: ErrorLimit(burst: 6, perSecond: 0.98), seen: 6),
            overall: ErrorAllowance(limit: ErrorLimit(burst: 53, perSecond: 987), seen: 53)
          ),
          .ipv6: FamilyErrorBudget(peer: ErrorAllowance(seen: 64), overall: ErrorAllowance(seen: 256)),
        ]
      ),
      interruptedBy: interruptedBy
    )
    result.command = "assay run --lab linux-host"
    result.environment = LinkEnvironment(
      facts: [LinkEnvironment.Fact("driver", "veth"), LinkEnvironment.Fact("offloads", "none")],
      hardware: "x86_64",
      system: "Linux 6.1.0"
    )
    return result
  }

  /// An Ethernet frame with an echo request of 192.0.2.16 to 192.0.2.1.
  static let octets: [UInt8] = [
    0x02, 0x00, 0x00, 0x00, 0x00, 0x01, 0x02, 0x00, 0x00, 0x00, 0x00, 0x10, 0x08, 0x00,
    0x45, 0x00, 0x00, 0x20, 0x00, 0x01, 0x00, 0x00, 0x40, 0x01, 0xf6, 0xba, 0xc0, 0x00, 0x02, 0x10,
    0xc0, 0x00, 0x02, 0x01, 0x08, 0x00, 0x2c, 0x2c, 0x12, 0x34, 0x00, 0x01, 0xde, 0xad, 0xda, 0xf0,
  ]

  static func frame(_ trial: String?, _ role: String, after: Duration, arm: Arm = .near) -> RecordedFrame {
    RecordedFrame(
      frame: CapturedFrame(time: start + after, arm: arm, bytes: octets),
      trial: trial,
      role: role
    )
  }

  static let frames = [
    frame(nil, "neighbour discovery", after: .zero),
    frame("icmpv4.echo.mirrors[length=0]", "step 1: stimulus", after: .milliseconds(1)),
    frame("icmpv4.echo.mirrors[length=1472]", "step 1: stimulus", after: .milliseconds(2)),
    frame("icmpv4.echo.mirrors[length=0]", "step 2: as expected", after: .milliseconds(3)),
    frame("icmpv4.echo.mirrors[length=1472]", "not expected by any step", after: .milliseconds(4)),
    frame("icmpv4.redirect.known-one", "step 1: stimulus", after: .milliseconds(5)),
  ]

  /// Every way to end, in two suites.
  static let everything = run([echo, redirect], frames: frames)
}
