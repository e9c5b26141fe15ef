internal import Runner
public import SelfTest

/// A self-test as Markdown: nothing in it changes unless suites or mutants do.
public enum SelfTestMarkdown {
  /// So many of a mutant's cases are named.
  private static let casesNamed = 3

  /// The whole page.
  public static func render(_ result: SelfTestResult) -> String {
    var blocks = [
      "# What proves the suites",
      """
      A case that cannot fail tests nothing. So every case is run on a strict reference device, which has to pass. \
      Each of its mutants, devices that break a clause or two, has to be noticed by the cases that come to where it deviates. This page is written by `make selftest`.
      """,
      SelfTestSummary.sentences(result).map { "- \($0.markdown)" }.joined(separator: "\n"),
      "## Score", scores(result),
    ]
    blocks += lists(result)
    blocks.append("## Mutants")
    for rfc in result.families {
      blocks += ["### \(rfc.markdown)", mutants(result, of: rfc)]
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private static func scores(_ result: SelfTestResult) -> String {
    let rows = (result.scores + [result.total]).map { score in
      let numbers = [score.mutants, score.caught, score.caughtForItsClause, score.silenced, score.survived]
      return ([score.rfc] + numbers.map(String.init) + [score.percent.map { "\($0) %" } ?? ""]).markdownRow
    }
    return """
      A mutant counts for each RFC of which it breaks a clause. *By their clause*: by a case that cites a clause which the mutant \
      breaks. *Silenced*: no case fails, but no run is green either, since it spoils the control probe; it counts neither for \
      the score nor against it.

      | | mutants | caught | by their clause | silenced | survived | score |
      | :-- | --: | --: | --: | --: | --: | --: |

      """ + rows.joined(separator: "\n")
  }

  private static func lists(_ result: SelfTestResult) -> [String] {
    list("Trials that fail on the strict device", result.reference.trials(.failed).map { "`\($0)`" })
      + list("Trials that are inconclusive on it", result.reference.trials(.inconclusive).map { "`\($0)`" })
      + list("Survivors of clauses that a suite cites", result.claimedSurvivors.map(told))
      + list("Cases that no mutant can fail", result.cases(.missing).map(told))
      + list("Cases that aren't for the strict device", result.cases(.skipped).map(told))
      + list("Survivors of clauses that no suite cites", result.unclaimedSurvivors.map(told))
      + list("Silenced", result.mutants.filter { $0.status == .silenced }.map(told))
      + list(
        "Cases that fail on mutants of other clauses only",
        result.cases(.otherwise).map { finding in
          told(finding) + ": "
            + finding.mutants.prefix(casesNamed).map { "`\($0)`" }.joined(separator: ", ")
        }
      )
  }

  private static func list(_ title: String, _ entries: [String]) -> [String] {
    ["## \(title)", entries.isEmpty ? "None." : entries.map { "- \($0)" }.joined(separator: "\n")]
  }

  private static func mutants(_ result: SelfTestResult, of rfc: String) -> String {
    let cited = Dictionary(result.cases.map { ($0.id, $0.requirements) }) { first, _ in first }
    let rows = result.mutants.filter { result.family(of: $0) == rfc }.map { mutant in
      let clauses = Set(mutant.requirements)
      // Those that are there for it are told before those that happen to notice it.
      let own = mutant.cases.filter { !clauses.isDisjoint(with: cited[$0] ?? []) }
      let others = mutant.cases.filter { clauses.isDisjoint(with: cited[$0] ?? []) }
      let cases = (own + others).prefix(casesNamed).joined(separator: ", ")
      let more = mutant.cases.count > casesNamed ? ", …" : ""
      return [
        mutant.name, mutant.requirements.joined(separator: ", "), mutant.summary,
        mutant.status == .caught ? "\(mutant.cases.count)" : mutant.status.rawValue, cases + more,
      ].markdownRow
    }
    return """
      | mutant | breaks | what it does | cases that fail | for example |
      | :-- | :-- | :-- | --: | :-- |

      """ + rows.joined(separator: "\n")
  }

  private static func told(_ mutant: MutantFinding) -> String {
    "`\(mutant.name)` (\(mutant.requirements.joined(separator: ", ").markdown)) \(mutant.summary.markdown)"
  }

  private static func told(_ finding: CaseFinding) -> String {
    "`\(finding.id)` (\(finding.requirements.joined(separator: ", ").markdown))"
  }
}

extension [String] {
  /// A row of a table.
  fileprivate var markdownRow: String { "| " + map(\.markdown).joined(separator: " | ") + " |" }
}
