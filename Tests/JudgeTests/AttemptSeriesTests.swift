import Judge
import Testing

/// When one attempt is enough, and when it takes several.
@Suite struct AttemptSeriesTests {
  static let clean = PathQuality(probes: 1000)
  static let bad = PathQuality(probes: 1000, lost: 40, repeated: 40)

  static let pass = Verdict(.pass, .asRequired, "as required")
  static let missing = Verdict(.fail, .missingAnswer, "nothing came")
  static let violation = Verdict(.fail, .forbiddenFrame, "a frame came")
  static let copy = Verdict(.fail, .duplicateAnswer, "it came twice")

  /// What a list of attempts comes to; each is repeated until the series is decided.
  private func decide(_ verdicts: [Verdict], frames: Int = 2, retries: Int = 2, on path: PathQuality)
    -> (attempts: Int, verdict: Verdict)?
  {
    var series = AttemptSeries()
    for (index, verdict) in verdicts.enumerated() {
      series.add(verdict, frameCount: frames)
      if case .final(let verdict) = series.decision(on: path, retries: retries) {
        return (index + 1, verdict)
      }
    }
    return nil
  }

  private func many(_ verdict: Verdict) -> [Verdict] { Array(repeating: verdict, count: 40) }

  @Test func `On a clean path a pass and a violation count at once, a missing answer when it stays away`() {
    #expect(decide(many(Self.pass), on: Self.clean)?.attempts == 1)
    #expect(decide(many(Self.violation), on: Self.clean)?.attempts == 1)
    #expect(decide(many(Self.missing), on: Self.clean)?.attempts == 3)
    #expect(decide(many(Self.missing), retries: 0, on: Self.clean)?.attempts == 1)
    #expect(decide([Self.copy, Self.pass], on: Self.clean)?.verdict == Self.pass)
  }

  @Test(arguments: [(pass, Outcome.pass), (missing, .fail), (violation, .fail), (copy, .fail)])
  func `On a bad path it counts what happens time and again`(verdict: Verdict, outcome: Outcome) {
    let decided = decide(many(verdict), on: Self.bad)
    #expect(decided?.verdict.outcome == outcome)
    #expect(decided?.verdict.reason == verdict.reason)
    #expect(3...16 ~= decided?.attempts ?? 0)
  }

  @Test func `A worse path asks for more attempts`() {
    let worse = PathQuality(probes: 1000, lost: 80)
    let better = PathQuality(probes: 1000, lost: 1)
    let attempts = [better, Self.bad, worse].map { decide(many(Self.pass), on: $0)?.attempts ?? 0 }
    #expect(attempts == attempts.sorted() && Set(attempts).count == 3, "\(attempts)")
  }

  @Test func `Copies and missing answers among passes are flaky`() {
    for verdict in [Self.copy, Self.missing] {
      #expect(decide([verdict] + many(Self.pass), on: Self.bad)?.verdict.outcome == .pass)
    }
  }

  @Test func `A violation that isn't seen again is neither a pass nor a failure`() {
    let decided = decide([Self.violation] + many(Self.pass), on: Self.bad)?.verdict
    #expect(decided?.outcome == .inconclusive)
    #expect(decided?.reason == .badPath)
    #expect(decided?.summary.hasSuffix(Self.violation.summary) == true)
  }

  @Test func `A few passes among many failures are no pass`() {
    let mixed = many(Self.copy).enumerated().map { $0.offset % 4 == 3 ? Self.pass : $0.element }
    #expect(decide(mixed, frames: 4, on: Self.bad)?.verdict.outcome != .pass)
  }

  @Test func `What was answered once is not missing`() {
    #expect(decide([Self.pass] + many(Self.missing), on: Self.bad)?.verdict.outcome == .inconclusive)
  }

  @Test func `A trial of more frames than ever get through whole isn't repeated in vain`() {
    let decided = decide(many(Self.pass), frames: 60, on: Self.bad)
    #expect(decided?.attempts == 1)
    #expect(decided?.verdict.outcome == .inconclusive)
  }

  @Test func `A target that answers most probes twice makes no bad path`() {
    let path = PathQuality(probes: 1000, repeated: 1000)
    #expect(path.isClean)
    #expect(decide(many(Self.violation), on: path)?.attempts == 1)
  }

  @Test func `Without retries the first attempt counts on any path`() {
    #expect(decide(many(Self.violation), retries: 0, on: Self.bad)?.attempts == 1)
  }
}
