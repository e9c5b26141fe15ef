import Judge
import Link
import Report
import Runner
import Testing

@Suite struct TerminalSummaryTests {
  private func summary(_ trials: [TrialResult], _ settings: TerminalSummary = TerminalSummary()) -> String {
    settings.render(SampleRun.run([SuiteResult(name: "s", title: "", file: "s.yaml", trials: trials)]))
  }

  @Test func `colour adds nothing but colour`() {
    let plain = TerminalSummary().render(SampleRun.everything)
    let ansi = TerminalSummary(style: .ansi).render(SampleRun.everything)
    #expect(ansi.replacing(#/\x{1B}\[[0-9;]*m/#, with: "") == plain)
    #expect(ansi != plain)
  }

  @Test func `no line is wider than told but those to be copied`() {
    for line in TerminalSummary(width: 72).render(SampleRun.everything).split(separator: "\n") {
      #expect(line.count <= 72 || line.hasPrefix("  rerun "))
    }
  }

  @Test func `a run that conforms is short`() {
    var pass = SampleRun.pass
    pass.measurements = []
    let text = summary([SampleRun.trial("a", "", pass)])
    #expect(text.split(separator: "\n").count <= 9)
    #expect(text.hasSuffix("\n1 passed, 0 failed, 0 skipped\n"))
  }

  @Test func `many variants of one failure are told once`() {
    let text = summary((0..<64).map { SampleRun.trial("a", "n=\($0)", SampleRun.failure) })
    #expect(text.matches(of: #/FAIL/#).count == 1)
    #expect(text.contains("and 57 more variants"))
  }

  @Test func `many failing cases are counted rather than told`() {
    let trials = (0..<64).map { SampleRun.trial("case\($0)", "", SampleRun.failure) }
    let text = summary(trials, TerminalSummary(detailLimit: 5))
    #expect(text.contains("FAIL  59 more cases (59 trials)"))
  }

  @Test func `a quotation mark in a name doesn't break the command to rerun`() {
    let text = summary([SampleRun.trial("it's", "", SampleRun.failure)])
    #expect(text.contains(#"--filter 's.it'\''s' --seed 42"#))
  }

  @Test func `lost frames are said with where they were lost`() {
    var result = SampleRun.everything
    result.statistics.droppedByKernel = 3
    #expect(TerminalSummary().render(result).contains("Capture: 3 frames lost (3 for want of buffers, 0 in"))
  }

  @Test func `an interrupted run says how much was not run`() {
    let result = SampleRun.run([SampleRun.redirect], interruptedBy: "SIGINT")
    #expect(TerminalSummary().render(result).contains("Interrupted by SIGINT: 1 trials were not run."))
  }
}
