public import Runner

/// Workflow commands by which GitHub shows results beside the files.
public enum GitHubReport {
  /// Most annotations of one kind which GitHub shows of a step.
  static let limit = 10

  /// `::error` for what fails, is inconclusive or erred, `::warning` for warnings; a command a line.
  ///
  /// At most ten of each kind, the last of which counts what was left out. Write it to standard output only where
  /// `GITHUB_ACTIONS` is set.
  public static func annotations(_ result: RunResult) -> String {
    let groups = TrialGroup.groups(of: result)
    let order: [Standing] = [.error, .failed, .inconclusive]
    let errors = order.flatMap { standing in groups.filter { $0.standing == standing } }
    return commands("error", errors) + commands("warning", groups.filter { $0.standing == .warned })
  }

  private static func commands(_ kind: String, _ groups: [TrialGroup]) -> String {
    let shown = groups.count > limit ? limit - 1 : groups.count
    var text = groups.prefix(shown).map { command(kind, $0) }.joined()
    if groups.count > shown {
      text += "::\(kind)::and \(groups.count - shown) more cases; the report lists them all\n"
    }
    return text
  }

  private static func command(_ kind: String, _ group: TrialGroup) -> String {
    var message = group.first.trial.headline.visible
    if group.members.count > 1 { message += "\n(\(group.members.count) variants)" }
    message += "\n" + group.explanation.requirements.joined(separator: "\n")
    let difference = group.explanation.difference()
    if !difference.isEmpty { message += "\n" + difference.joined(separator: "\n") }
    let title = "\(group.first.trial.standingWord): \(group.first.id)".oneLine.cut(to: 255)
    return
      "::\(kind) file=\(property(group.first.suite.file.oneLine)),line=\(max(1, group.first.trial.line)),"
      + "title=\(property(title))::\(data(message.cut(to: 20_000)))\n"
  }

  /// Text that can't begin or end a command.
  private static func data(_ text: String) -> String {
    text.escaped { scalar in
      switch scalar {
      case "%": "%25"
      case "\r": "%0D"
      case "\n": "%0A"
      default: nil
      }
    }
  }

  private static func property(_ text: String) -> String {
    data(text).escaped { scalar in
      switch scalar {
      case ":": "%3A"
      case ",": "%2C"
      default: nil
      }
    }
  }
}
