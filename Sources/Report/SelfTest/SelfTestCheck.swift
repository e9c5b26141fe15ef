internal import Runner
internal import SelfTest

/// One thing that a self-test looked at, as JUnit and the closing line count it.
struct SelfTestCheck {
  /// How it ended.
  enum Outcome { case passed, failed, error, skipped }

  let name: String
  var file: String?
  var line: Int?
  var properties: [KeyValue] = []
  let outcome: Outcome
  /// One word that a machine can count.
  let type: String
  /// What is to be said of it in one line; empty for a pass.
  var message = ""
  /// The same in full.
  var text = ""

  /// Checks that belong together.
  struct Group {
    let name: String
    let checks: [SelfTestCheck]

    func count(_ outcome: Outcome) -> Int { checks.count { $0.outcome == outcome } }
  }

  /// The strict device, the mutants by the RFC of the first clause that each breaks, and the cases.
  static func groups(of result: SelfTestResult) -> [Group] {
    var byRFC: [String: [SelfTestCheck]] = [:]
    for mutant in result.mutants {
      byRFC[result.family(of: mutant), default: []].append(SelfTestCheck(mutant, result))
    }
    let mutants = result.families.map { rfc in
      Group(name: "mutants.\(rfc.filter { $0 != " " })", checks: byRFC[rfc] ?? [])
    }
    let findings = Dictionary(grouping: result.reference.unproved, by: \.caseID)
    return [
      Group(
        name: "reference",
        checks: result.cases.map { SelfTestCheck(reference: $0, findings[$0.id] ?? [], result) }
      )
    ] + mutants + [Group(name: "cases", checks: result.cases.map { SelfTestCheck(proof: $0, result) })]
  }

  /// The last line of a self-test, for example `791 passed, 2 failed, 13 skipped`.
  static func closingLine(_ groups: [Group]) -> String {
    func count(_ outcome: Outcome) -> Int { groups.reduce(0) { $0 + $1.count(outcome) } }
    return "\(count(.passed)) passed, \(count(.failed)) failed, \(count(.skipped)) skipped"
  }
}

extension SelfTestResult {
  /// The RFC that a mutant is listed under: that of the first clause it breaks.
  func family(of mutant: MutantFinding) -> String { mutant.requirements.first.map(rfc(of:)) ?? "none" }

  /// All of these, in the order of the scores.
  var families: [String] {
    let used = Set(mutants.map(family(of:)))
    return scores.map(\.rfc).filter(used.contains) + (used.contains("none") ? ["none"] : [])
  }
}
