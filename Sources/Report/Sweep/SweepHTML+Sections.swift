internal import Suite
internal import Sweep
internal import Wire

/// The parts of the page, from the top.
extension SweepHTML {
  private static func text(_ text: String) -> String { Markup(text).renderText }

  /// What was swept, when, and what proves it.
  static func facts(_ report: SweepReport) -> String {
    let result = report.result
    let path = result.slices.reduce(into: PathTally()) { $0 += $1.evidence.path }
    var facts = [
      ("Target", "\(result.target), a \(result.role.rawValue)"),
      ("Begun", result.started.utc + "Z"),
      ("Took", Duration.nanoseconds(result.nanoseconds).spoken),
      ("Frames sent", "\(result.framesSent)"),
      ("Witnesses", "\(path.sent), \(path.lost) lost"),
    ]
    if let attempts = result.slices.compactMap(\.evidence.attemptsNeeded).max() {
      facts.append(("Dropped means", "vanished \(attempts) times beside witnesses that came out"))
    }
    return facts.map { "<div><dt>\(text($0.0))</dt><dd>\(text($0.1))</dd></div>" }.joined(separator: "\n")
  }

  /// Where policies are judged, which is below the maps.
  static func links(_ report: SweepReport) -> String {
    report.judgements.map { judgement in
      let own = report.findings.filter { $0.policy.name == judgement.policy.name }.map(\.standing)
      let counts = [Standing.failed, .inconclusive, .warned, .passed, .skipped].compactMap { standing in
        let count = own.count { $0 == standing }
        return count > 0 ? "\(count) \(standing.rawValue)" : nil
      }
      let name = text(judgement.policy.name)
      return "<p><a href=\"#\(name)\">\(name)</a>: \(counts.joined(separator: ", "))</p>"
    }.joined(separator: "\n")
  }

  /// What else is to be known.
  static func remarks(_ report: SweepReport) -> String {
    let swept = report.result.slices.flatMap { swept in
      ([swept.skipped].compactMap(\.self) + swept.evidence.remarks).map { "\(swept.slice.title): \($0)." }
    }
    let unswept = report.result.unswept.map { "\($0.title): not swept, the sweep was interrupted." }
    return (report.result.remarks + swept + unswept)
      .map { "<p class=\"remark\">\(text($0))</p>" }.joined(separator: "\n")
  }

  /// Which colour is which fate.
  static var legend: String {
    let items = FateSign.allCases.map { "<li>\(swatch($0))\($0.rawValue)</li>" }
    return "<ul class=\"legend\" aria-label=\"Colours\">\(items.joined())</ul>"
  }

  private static func swatch(_ sign: FateSign) -> String {
    "<span class=\"swatch f-\(sign.rawValue)\"></span>"
  }

  /// What changed since an earlier sweep; empty without one.
  static func changes(_ report: SweepReport) -> String {
    guard let comparison = report.comparison else { return "" }
    let since = report.comparedWith.map { " since \($0)" } ?? ""
    let rows = (comparison.changes + comparison.undecided).map { change in
      let version = change.slice.version
      return row([
        "<td>\(text(change.slice.title))</td>", "<th scope=\"row\">\(text(change.label))</th>",
        "<td>\(text(change.before.text(version)))</td>",
        "<td class=\"seen\">\(text(change.after.text(version)))</td>",
      ])
    }
    let body =
      rows.isEmpty
      ? "<p>Nothing changed in \(comparison.comparedCount) maps.</p>"
      : table(["where", "types/codes", "was", "is"], rows)
    return "<section><h2>Changes\(text(since))</h2>\(body)</section>"
  }

  /// What policies want and what they get; what they get is folded away.
  static func policies(_ report: SweepReport) -> String {
    report.judgements.map { judgement in
      let findings = report.findings.filter { $0.policy.name == judgement.policy.name }
      let isFine: (SweepFinding) -> Bool = { $0.standing == .passed }
      let open = findings.filter { !isFine($0) }.map(row)
      let fine = findings.filter(isFine).map(row)
      let head = ["", "rule", "what was wanted and seen"]
      let name = text(judgement.policy.name)
      return "<section id=\"\(name)\"><h2>\(name)</h2><p>\(text(judgement.policy.title))</p>"
        + (open.isEmpty ? "" : table(head, open))
        + "<details><summary>\(fine.count) passed</summary>\(table(head, fine))</details></section>"
    }.joined(separator: "\n")
  }

  private static func row(_ finding: SweepFinding) -> String {
    let standing = finding.standing.rawValue
    let clauses = finding.requirements.map { clause in
      "<br><cite>\(text("\(clause.citation), \(clause.level.rawValue): \(clause.text)"))</cite>"
    }
    return row([
      "<td><span class=\"badge \(standing)\">\(standing)</span></td>",
      "<th scope=\"row\">\(text(finding.name))</th>",
      "<td>\(text(finding.headline))\(clauses.joined())</td>",
    ])
  }

  private static func row(_ cells: [String]) -> String { "<tr>\(cells.joined())</tr>" }

  private static func table(_ head: [String], _ rows: [String]) -> String {
    let cells = head.map { "<th scope=\"col\">\($0)</th>" }.joined()
    let body = rows.joined(separator: "\n")
    return "<div class=\"scroll\"><table><thead>\(row([cells]))</thead><tbody>\(body)</tbody></table></div>"
  }

  /// A map with its ranges.
  static func section(_ picture: SweepPicture, _ report: SweepReport) -> String {
    let changed = (report.comparison?.changes ?? []).filter { change in
      picture.slices.contains { $0.slice == change.slice }
    }
    let rows = picture.map.ranges.map { range in
      row([
        "<th scope=\"row\">\(swatch(FateSign(range.fate)))\(range.label)</th>",
        "<td>\(names(range, picture.version))</td>",
        "<td>\(text(range.fate.text(picture.version)))</td>",
      ])
    }
    return """
      <section class="sweep">
      <h2>\(text(picture.title))</h2>
      <div class="pair">
      \(SweepMap(picture, changed: changed).svg)
      <div>\(table(["types/codes", "", "fate"], rows))
      \(examples(picture))
      <p class="about">\(text(evidence(picture)))</p></div>
      </div>
      </section>
      """
  }

  /// How fields were rewritten, the first time.
  private static func examples(_ picture: SweepPicture) -> String {
    let items = picture.slices.flatMap { swept in
      swept.examples.sorted { $0.key.text(picture.version) < $1.key.text(picture.version) }.flatMap(\.value)
    }.map { "<li>\(text("\($0.field): sent \($0.sent), came out as \($0.seen)"))</li>" }
    return items.isEmpty ? "" : "<h3>Rewritten, for example</h3><ul>\(items.joined())</ul>"
  }

  /// The names of the types in a range, where they are few.
  private static func names(_ range: FateRange, _ version: IPVersion) -> String {
    let names = range.types.compactMap { version.typeNames.name(of: UInt64($0)) }
    if let first = names.first, let last = names.last, names.count > 4 { return text("\(first) … \(last)") }
    return text(names.joined(separator: ", "))
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
