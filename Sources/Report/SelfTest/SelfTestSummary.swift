internal import Runner
public import SelfTest

/// What a user reads at the end of a self-test: the score of each RFC, then what is wrong, then what to know.
public struct SelfTestSummary {
  /// Colours and line breaks.
  private let page: TerminalSummary
  /// Most entries of a list.
  private let limit: Int

  /// Creates a summary's settings.
  ///
  /// - Parameters:
  ///   - style: Whether the terminal shows colours.
  ///   - width: Columns that text is broken at.
  ///   - reports: Paths of the reports written.
  ///   - limit: Most entries of a list; a quarter of it where nothing is wrong.
  public init(
    style: TerminalSummary.Style = .plain,
    width: Int = 100,
    reports: [String] = [],
    limit: Int = 50
  ) {
    page = TerminalSummary(style: style, width: width, reports: reports)
    self.limit = limit
  }

  /// The text, ending with the line `N passed, N failed, N skipped`, which counts as JUnit does.
  public func render(_ whole: SelfTestResult) -> String {
    var result = whole
    // Of some suites nobody expects that they notice what they don't cite.
    if !whole.judgesMutants { result.mutants.removeAll { !$0.isClaimed && $0.status != .caught } }
    var sections = result.mutants.isEmpty ? [] : [table(result)]
    sections += reference(result)
    sections += list(
      "SURVIVED",
      result.judgesMutants ? .bad : .warning,
      result.claimedSurvivors.map(\.told),
      "their clauses are cited, and no case\(result.judgesMutants ? "" : " of these suites") fails"
    )
    sections += list(
      "UNPROVED",
      .bad,
      result.cases(.missing).map(\.told),
      "no mutant can fail \(result.cases(.missing).count == 1 ? "it" : "them")"
    )
    sections += list(
      "NOT RUN",
      .warning,
      result.cases(.skipped).map { "\($0.id): \($0.reason ?? "")" },
      "not for the strict device, which can't prove them"
    )
    sections += list(
      "SILENCED",
      .faint,
      result.mutants.filter { $0.status == .silenced }.map(\.told),
      "runs are never green on them, but inconclusive: they spoil the proof itself"
    )
    sections += list(
      "UNCITED",
      .faint,
      result.unclaimedSurvivors.map(\.told),
      "no case cites what they break"
    )
    sections += list(
      "OTHERWISE",
      .faint,
      result.cases(.otherwise).map { "\($0.told): \($0.mutants.prefix(3).joined(separator: ", "))" },
      "these cases fail on mutants of other clauses only"
    )
    if !result.judgesMutants { sections += proved(result) }
    if result.scope == .someMutants { sections += failing(result) }
    sections.append(closing(result, whole))
    return sections.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  /// The last line alone.
  public static func lastLine(_ result: SelfTestResult) -> String {
    SelfTestCheck.closingLine(SelfTestCheck.groups(of: result))
  }

  private func table(_ result: SelfTestResult) -> [String] {
    let head = ["", "mutants", "caught", "by their clause", "silenced", "survived", "score"]
    var table = TextTable(head, alignments: [.left] + head.dropFirst().map { _ in .right })
    let scores = result.scores
    for score in scores + (scores.count > 1 ? [result.total] : []) {
      let numbers = [score.mutants, score.caught, score.caughtForItsClause, score.silenced, score.survived]
      // A dot for none, so that what is there stands out.
      table.rows.append(
        [score.rfc] + numbers.map { $0 == 0 ? "·" : "\($0)" } + [score.percent.map { "\($0) %" } ?? "·"]
      )
    }
    var lines = table.lines
    if let head = lines.first { lines[0] = page.styled(head, .faint) }
    return lines
  }

  private func reference(_ result: SelfTestResult) -> [[String]] {
    let kinds: [(CaseOutcome, String, TerminalSummary.Tone)] = [
      (.failed, "FAIL", .bad), (.inconclusive, "INCONCLUSIVE", .warning),
    ]
    return kinds.flatMap { outcome, mark, tone in
      let trials = result.reference.trials(outcome)
      let texts = trials.compactMap { trial in
        result.reference.unproved.first { $0.trial == trial && $0.outcome == outcome }
      }.map { "\($0.trial) (seed \($0.seed)): \($0.summary)" }
      return list(mark, tone, texts, "on the strict device")
    }
  }

  /// What proves each case, where the user named suites.
  private func proved(_ result: SelfTestResult) -> [[String]] {
    let cases = result.cases(.forItsClause).map { finding in
      let more = finding.mutants.count > 3 ? " and \(finding.mutants.count - 3) more" : ""
      return "\(finding.id): \(finding.mutants.prefix(3).joined(separator: ", "))\(more)"
    }
    return list("PROVED", .faint, cases, "these cases fail on mutants of their clauses")
  }

  /// The cases that fail on each mutant, where the user named mutants.
  private func failing(_ result: SelfTestResult) -> [[String]] {
    result.mutants.flatMap { mutant in
      list("CAUGHT", .faint, mutant.cases, "cases that fail on \(mutant.name)")
    }
  }

  private func list(_ mark: String, _ tone: TerminalSummary.Tone, _ texts: [String], _ title: String)
    -> [[String]]
  {
    guard !texts.isEmpty else { return [] }
    var lines = [page.styled(mark, tone) + "  " + page.styled("\(texts.count): \(title)", .strong)]
    // What is only worth knowing must not bury what is wrong.
    let limit = tone == .faint ? self.limit / 4 : self.limit
    lines += texts.prefix(limit).flatMap { $0.oneLine.wrapped(indent: 2, width: page.width) }
    if texts.count > limit { lines.append("  … and \(texts.count - limit) more; --markdown tells all") }
    return [lines]
  }

  private func closing(_ result: SelfTestResult, _ whole: SelfTestResult) -> [String] {
    var lines: [String] = []
    if let signal = result.interruptedBy {
      lines.append(
        page.styled("Interrupted by \(signal)", .warning)
          + ": \(result.mutants.count { $0.status == .notRun }) mutants were not run."
      )
    }
    if result.scope == .someMutants { lines.append("Cases are judged only when all mutants are run.") }
    let others = whole.mutants.count - result.mutants.count
    if others > 0 { lines.append("\(others) mutants break only clauses that these suites don't cite.") }
    lines += SelfTestSummary.sentences(result).flatMap { $0.wrapped(indent: 0, width: page.width) }
    if !page.reports.isEmpty {
      lines += "Reports: \(page.reports.joined(separator: " "))".wrapped(indent: 0, width: page.width)
    }
    // Without colour always: programs look for this line.
    return lines + ["", Self.lastLine(whole)]
  }

  /// What was looked at and found, in three sentences.
  static func sentences(_ result: SelfTestResult) -> [String] {
    let reference = result.reference
    let total = result.total
    let proved = result.cases(.forItsClause).count + result.cases(.otherwise).count
    return [
      "Strict device: \(result.cases.count) cases over \(reference.seeds) \(reference.seeds == 1 ? "seed" : "seeds"), "
        + "\(reference.trials(.failed).count) trials failed, \(reference.trials(.inconclusive).count) inconclusive.",
      "Mutants: \(total.caught) of \(total.mutants) caught, \(total.caughtForItsClause) by a case of their clause; "
        + "\(total.silenced) silenced, \(total.survived) survived.",
      "Cases: \(proved) of \(result.cases.count) proved, \(result.cases(.forItsClause).count) by a mutant of their clause; "
        + "\(result.cases(.missing).count) unproved.",
    ]
  }
}

extension MutantFinding {
  /// Name, clauses and what it does.
  fileprivate var told: String {
    "\(name) (\(requirements.joined(separator: ", "))) \(summary)"
      + (warnings.isEmpty ? "" : "; \(warnings.count) cases warn")
  }
}

extension CaseFinding {
  /// Name and clauses.
  fileprivate var told: String {
    requirements.isEmpty ? id : "\(id) (\(requirements.joined(separator: ", ")))"
  }
}
