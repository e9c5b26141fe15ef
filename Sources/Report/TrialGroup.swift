internal import Judge
internal import Runner

/// Trials of one case which stand alike for the same reason, so that they needn't be told one by one.
struct TrialGroup {
  /// One trial with its suite.
  struct Member {
    let suite: SuiteResult
    let trial: TrialResult

    var id: String { suite.id(of: trial) }
  }

  let standing: Standing
  /// The one that is told; also the first of `members`.
  let first: Member
  private(set) var members: [Member]

  /// `suite.case`.
  var caseID: String { "\(first.suite.name).\(first.trial.caseID)" }
  var trial: TrialResult { first.trial }
  var explanation: Explanation { Explanation(suite: first.suite, trial: first.trial) }

  /// The groups of a run, in the order of their first trials.
  static func groups(of result: RunResult) -> [TrialGroup] {
    var groups: [TrialGroup] = []
    var places: [Key: Int] = [:]
    for suite in result.suites {
      for trial in suite.trials {
        let member = Member(suite: suite, trial: trial)
        let key = Key(
          suite: suite.name,
          caseID: trial.caseID,
          word: trial.standingWord,
          reason: trial.verdict.reason,
          known: trial.knownDeviation?.reason
        )
        if let place = places[key] {
          groups[place].members.append(member)
        } else {
          places[key] = groups.count
          groups.append(TrialGroup(standing: trial.standing, first: member, members: [member]))
        }
      }
    }
    return groups
  }

  private struct Key: Hashable {
    let suite: String
    let caseID: String
    let word: String
    let reason: Reason
    let known: String?
  }
}
