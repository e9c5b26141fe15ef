internal import Suite
internal import Sweep
internal import Wire

/// A sweep as a page of its own, in which one sees at a glance what passes: a map for each way and state.
public enum SweepHTML {
  /// The page; it needs nothing from elsewhere.
  public static func render(_ report: SweepReport) -> String {
    let summary = SweepSummary().verdict(report)
    let title = Markup("Sweep of \(report.result.target)").renderText
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
      <link rel="icon" href="data:,">
      <title>\(title)</title>
      <style>\(HTMLReport.style)\(style)</style>
      </head>
      <body>
      <header>
      <p class="product">Assay</p>
      <h1>\(title): \(Markup(summary).renderText)</h1>
      <dl class="facts">
      \(facts(report).map { "<div><dt>\(text($0.0))</dt><dd>\(text($0.1))</dd></div>" }.joined(separator: "\n"))
      </dl>
      \(remarks(report).map { "<p class=\"remark\">\(text($0))</p>" }.joined(separator: "\n"))
      </header>
      <main>
      \(legend)
      \(changes(report))
      \(policies(report))
      \(SweepPicture.all(of: report.result).map { section($0, report) }.joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }

  private static func text(_ text: String) -> String { Markup(text).renderText }

  private static func facts(_ report: SweepReport) -> [(String, String)] {
    let result = report.result
    let path = result.slices.reduce(into: PathTally()) { $0 += $1.evidence.path }
    let attempts = result.slices.compactMap(\.evidence.attemptsNeeded).max()
    return [
      ("Target", "\(result.target), a \(result.role.rawValue)"),
      ("Begun", result.started.utc + "Z"),
      ("Took", Duration.nanoseconds(result.nanoseconds).spoken),
      ("Frames sent", "\(result.framesSent)"),
      ("Witnesses", "\(path.sent), \(path.lost) lost"),
    ] + (attempts.map { [("Dropped means", "vanished at least \($0) times beside witnesses that came out")] } ?? [])
  }

  private static func remarks(_ report: SweepReport) -> [String] {
    report.result.remarks
      + report.result.slices.flatMap { swept in
        ([swept.skipped].compactMap(\.self) + swept.evidence.remarks).map { "\(swept.slice.title): \($0)." }
      } + report.result.unswept.map { "\($0.title): not swept, the sweep was interrupted." }
  }

  private static var legend: String {
    let items = FateSign.allCases.map { "<li><span class=\"swatch f-\($0.rawValue)\"></span>\($0.rawValue)</li>" }
    return "<ul class=\"legend\" aria-label=\"Colours\">\(items.joined())</ul>"
  }

  private static func changes(_ report: SweepReport) -> String {
    guard let comparison = report.comparison else { return "" }
    let since = report.comparedWith.map { " since \($0)" } ?? ""
    let rows = (comparison.changes + comparison.undecided).map { change in
      let version = change.slice.version
      return "<tr><td>\(text(change.slice.title))</td><th scope=\"row\">\(text(change.label))</th>"
        + "<td>\(text(change.before.text(version)))</td><td class=\"seen\">\(text(change.after.text(version)))</td></tr>"
    }
    let body =
      rows.isEmpty
      ? "<p>Nothing changed in \(comparison.comparedCount) maps.</p>"
      : table(["where", "types/codes", "was", "is"], rows)
    return "<section><h2>Changes\(text(since))</h2>\(body)</section>"
  }

  private static func policies(_ report: SweepReport) -> String {
    report.judgements.map { judgement in
      let rows = report.findings.filter { $0.policy.name == judgement.policy.name }.map { finding in
        "<tr><td><span class=\"badge \(finding.standing.rawValue)\">\(finding.standing.rawValue)</span></td>"
          + "<th scope=\"row\">\(text(finding.name))</th><td>\(text(finding.headline))"
          + finding.requirements.map { "<br><cite>\(text("\($0.citation), \($0.level.rawValue): \($0.text)"))</cite>" }
          .joined() + "</td></tr>"
      }
      return "<section><h2>\(text(judgement.policy.name))</h2><p>\(text(judgement.policy.title))</p>"
        + table(["", "rule", "what was wanted and seen"], rows) + "</section>"
    }.joined(separator: "\n")
  }

  private static func table(_ head: [String], _ rows: [String]) -> String {
    let cells = head.map { "<th scope=\"col\">\($0)</th>" }.joined()
    return "<div class=\"scroll\"><table><thead><tr>\(cells)</tr></thead><tbody>\(rows.joined(separator: "\n"))"
      + "</tbody></table></div>"
  }

  private static func section(_ picture: SweepPicture, _ report: SweepReport) -> String {
    let changed = (report.comparison?.changes ?? []).filter { change in
      picture.slices.contains { $0.slice == change.slice }
    }
    let rows = picture.map.ranges.map { range in
      "<tr><th scope=\"row\"><span class=\"swatch f-\(FateSign(range.fate).rawValue)\"></span>\(range.label)</th>"
        + "<td>\(names(range, picture.version))</td><td>\(text(range.fate.text(picture.version)))</td></tr>"
    }
    let examples = picture.slices.flatMap { swept in
      swept.examples.sorted { $0.key.text(picture.version) < $1.key.text(picture.version) }.flatMap { $0.value }
        .map { "<li>\(text("\($0.field): sent \($0.sent), came out as \($0.seen)"))</li>" }
    }
    return """
      <section class="sweep">
      <h2>\(text(picture.title))</h2>
      <div class="pair">
      \(SweepMap(picture, changed: changed).svg)
      <div>\(table(["types/codes", "", "fate"], rows))
      \(examples.isEmpty ? "" : "<h3>Rewritten, for example</h3><ul>\(examples.joined())</ul>")
      <p class="about">\(text(evidence(picture)))</p></div>
      </div>
      </section>
      """
  }

  /// The names of the types in a range, where they are few.
  private static func names(_ range: FateRange, _ version: IPVersion) -> String {
    let names = range.types.compactMap { version.typeNames.name(of: UInt64($0)) }
    return names.count > 4 ? text("\(names[0]) … \(names[names.count - 1])") : text(names.joined(separator: ", "))
  }

  private static func evidence(_ picture: SweepPicture) -> String {
    picture.slices.map { swept in
      let evidence = swept.evidence
      let conversation = evidence.conversation.map { "; conversation: \($0)" } ?? ""
      return "\(evidence.probesSent) probes in \(evidence.passes) passes, \(evidence.path.sent) witnesses "
        + "(\(evidence.witness ?? "none"), \(evidence.path.lost) lost)\(conversation)."
    }.joined(separator: " ")
  }
}
