internal import Judge
public import Runner

/// What a user reads at the end of a run.
///
/// What needs attention comes first, the counts come last; every mark is a word, so that nothing is lost without colour.
public struct TerminalSummary {
  /// Whether the terminal shows colours.
  public enum Style: Hashable, Sendable { case plain, ansi }

  /// Whether the terminal shows colours.
  public var style: Style
  /// Columns that text is broken at.
  public var width: Int
  /// Paths of the reports written, for the closing lines.
  public var reports: [String]
  /// Most failing cases told in full.
  public var detailLimit: Int

  /// Creates a summary's settings.
  public init(
    style: Style = .plain,
    width: Int = 100,
    reports: [String] = [],
    detailLimit: Int = 20
  ) {
    self.style = style
    self.width = max(60, width)
    self.reports = reports
    self.detailLimit = detailLimit
  }

  /// The text, ending with the line `N passed, N failed, N skipped`.
  public func render(_ result: RunResult) -> String {
    let groups = TrialGroup.groups(of: result)
    var sections = failures(groups, .error, "ERROR", result)
    sections += failures(groups, .failed, "FAIL", result)
    sections += inconclusive(groups)
    sections += warnings(groups)
    sections += known(groups)
    let measured = Measurements(result).lines(limit: detailLimit * 2)
    if !measured.isEmpty {
      sections.append([styled("MEASURED", .faint)] + measured.map { "  " + $0.cut(to: width - 2) })
    }
    sections.append(table(result))
    sections.append(closing(result))
    return sections.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  // MARK: What needs attention

  /// Cases that failed, each told by its first trial.
  private func failures(
    _ groups: [TrialGroup],
    _ standing: Standing,
    _ mark: String,
    _ result: RunResult
  ) -> [[String]] {
    let failing = groups.filter { $0.standing == standing }
    var sections = failing.prefix(detailLimit).map { group in
      var lines = [styled(mark, .bad) + "  " + styled(group.first.id.oneLine, .strong)]
      lines += group.first.trial.headline.oneLine.wrapped(indent: 2, width: width)
      for requirement in group.explanation.requirements {
        lines += requirement.wrapped(indent: 2, width: width).map { styled($0, .faint) }
      }
      let difference = group.explanation.difference(columnLimit: (width - 40) / 2)
      if !difference.isEmpty { lines += [""] + difference.map { "    " + $0 } + [""] }
      lines += also(group)
      lines.append("  at     " + group.explanation.place)
      lines.append("  rerun  " + result.rerun(group.first.id, of: group.first.suite))
      return lines
    }
    if failing.count > detailLimit {
      let rest = failing.dropFirst(detailLimit)
      let trials = rest.reduce(0) { $0 + $1.members.count }
      sections.append([
        styled(mark, .bad) + "  \(rest.count) more cases (\(trials) trials); the reports tell all of them"
      ])
    }
    return sections
  }

  private func inconclusive(_ groups: [TrialGroup]) -> [[String]] {
    let trials = groups.filter { $0.standing == .inconclusive }
    return grouped(trials, by: \.first.trial.verdict.reason.rawValue).map { reason, groups in
      let count = groups.reduce(0) { $0 + $1.members.count }
      var lines = [
        styled("INCONCLUSIVE", .warning) + "  " + styled("\(count) × \(reason)", .strong)
      ]
      if let first = groups.first {
        lines += first.trial.headline.oneLine.wrapped(indent: 2, width: width)
      }
      return lines + names(groups)
    }
  }

  private func warnings(_ groups: [TrialGroup]) -> [[String]] {
    groups.filter { $0.standing == .warned }.map { group in
      [styled("WARN", .warning) + "  " + styled(group.first.id.oneLine, .strong)]
        + group.first.trial.headline.oneLine.wrapped(indent: 2, width: width) + also(group)
        + ["  at     " + group.explanation.place]
    }
  }

  private func known(_ groups: [TrialGroup]) -> [[String]] {
    let known = groups.filter { $0.standing == .known }
    return grouped(known, by: { $0.first.trial.headline.oneLine }).map { reason, groups in
      let count = groups.reduce(0) { $0 + $1.members.count }
      return [styled("KNOWN", .faint) + "  " + (count == 1 ? "1 trial" : "\(count) trials") + ", as listed:"]
        + reason.wrapped(indent: 2, width: width) + names(groups)
    }
  }

  /// The other variants that a group stands for.
  private func also(_ group: TrialGroup) -> [String] {
    let others = group.members.dropFirst().map { $0.trial.variant.oneLine }
    guard !others.isEmpty else { return [] }
    var text = "also   " + others.prefix(6).map { "[\($0)]" }.joined(separator: " ")
    if others.count > 6 { text += " and \(others.count - 6) more variants" }
    return text.wrapped(indent: 2, width: width)
  }

  private func names(_ groups: [TrialGroup]) -> [String] {
    var names = groups.prefix(8).map { group in
      group.members.count == 1
        ? group.first.id.oneLine : "\(group.caseID) (\(group.members.count) variants)".oneLine
    }
    if groups.count > 8 { names.append("and \(groups.count - 8) more cases") }
    return names.map { styled("    " + $0.cut(to: width - 4), .faint) }
  }

  private func grouped(_ groups: [TrialGroup], by key: (TrialGroup) -> String) -> [(String, [TrialGroup])] {
    var order: [String] = []
    var members: [String: [TrialGroup]] = [:]
    for group in groups {
      if members[key(group)] == nil { order.append(key(group)) }
      members[key(group), default: []].append(group)
    }
    return order.map { ($0, members[$0] ?? []) }
  }
}
