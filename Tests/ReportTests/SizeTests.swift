import FoundationEssentials
import Report
import Runner
import Testing

@Suite struct SizeTests {
  /// A thousand trials with ten thousand frames, a fifth of them failing.
  private static let large: RunResult = {
    let trials = (0..<1000).map { index in
      SampleRun.trial(
        "case\(index / 10)",
        "n=\(index)",
        index.isMultiple(of: 5) ? SampleRun.failure : SampleRun.pass
      )
    }
    let frames = (0..<10_000).map { index in
      SampleRun.frame(
        "s.case\(index / 100)[n=\(index / 10)]",
        "step 1: stimulus",
        after: .microseconds(index)
      )
    }
    return SampleRun.run([SuiteResult(name: "s", title: "", file: "s.yaml", trials: trials)], frames: frames)
  }()

  /// GitLab takes 30 MB, GitHub a summary of 1 MiB.
  @Test func `reports of a large run stay within what their readers take`() {
    #expect(JUnitReport.render(Self.large, evidence: "reports").utf8.count < 30_000_000)
    #expect(MarkdownReport.render(Self.large).utf8.count < 1_048_576)
    #expect(GitHubReport.annotations(Self.large).split(separator: "\n").count == 10)
  }

  /// Generous: a run takes seconds, its reports mustn't take longer.
  @Test(.timeLimit(.minutes(1))) func `all reports of a large run are written in time`() throws {
    try withTemporaryDirectory { folder in
      let written = try ReportFiles.write(Self.large, to: folder.path)
      #expect(written.count == 5)
    }
  }
}
