import Judge
import Report
import Runner
import Suite

/// Text such as a target could put into a reply, or an author into a suite.
enum HostileText {
  private static let nonCharacters = String(
    [0xfffe, 0xffff, 0xfdd0, 0xfdef, 0x1ffff, 0x10fffe].compactMap { Unicode.Scalar($0 as UInt32) }
      .map { Character($0) }
  )

  static let samples: [String] = [
    "plain",
    String((0..<0x20).map { Character(Unicode.Scalar(UInt8($0))) }) + "\u{7F}\u{80}\u{85}\u{9F}",
    "\u{1B}[1;31mred\u{1B}[0m \u{1B}]0;title\u{07} \u{1B}[ unfinished \u{9B}31m",
    "]]> <![CDATA[ <!-- --> <script>alert(1)</script> &amp; &#0; &lt;",
    "\"double\" 'single' `back` \"\u{301} onclick=\u{22}\u{308}x <\u{301}b> &\u{301}amp;",
    "🙂 👩‍👩‍👧‍👦 🇪🇺 𝔘𝔫𝔦 ﷽ e\u{301}",
    "\u{FEFF}\u{202E}evil\u{2066}\u{2028}\u{2029}" + nonCharacters,
    "line\nline\r\nline\rtab\tend  two spaces ",
    "\n::error::injected\n::set-output name=x::y %0A%25",
    "not ok 1 # TODO \\# SKIP\n---\n...\nBail out!",
    "| a | b |\n# head\n* item @someone #12 [link](https://example.org) ![](x) **b** ~~s~~",
    "{{name}} {{{name}}} {{#suites}} {{/suites}} ${x} %s %n",
    String(repeating: "ü", count: 5000),
    "",
  ]

  /// A run that has the text wherever text can stand.
  static func run(_ text: String) -> RunResult {
    let requirement = Requirement(
      id: text,
      rfc: text,
      section: text,
      level: .must,
      title: text,
      text: text
    )
    let outcomes: [(Outcome, KnownDeviation.Match?)] = [
      (.pass, nil), (.warn, nil), (.fail, nil), (.inconclusive, nil), (.error, nil), (.skipped, nil),
      (.fail, .expected), (.pass, .unexpectedPass),
    ]
    let trials = outcomes.enumerated().map { index, kind in
      let verdict = Verdict(
        kind.0,
        .asRequired,
        text,
        differences: [FieldDifference(field: text, required: text, seen: text)],
        details: [text, text]
      )
      return TrialResult(
        caseID: "case\(index)" + text,
        variant: text,
        title: text,
        line: 1,
        requirements: [requirement],
        verdict: verdict,
        earlierAttempts: [verdict],
        started: SampleRun.start,
        knownDeviation: kind.1.map { KnownDeviation(match: $0, reason: text, ticket: text) }
      )
    }
    let suite = SuiteResult(name: "suite" + text, title: text, file: text, trials: trials)
    var result = SampleRun.run(
      [suite],
      frames: trials.map {
        SampleRun.frame(suite.id(of: $0), text, after: .zero)
      }
    )
    result.target = TargetSummary(name: "t" + text, role: text, facts: [KeyValue("k" + text, text)])
    result.remarks = [text]
    result.interruptedBy = text
    return result
  }
}
