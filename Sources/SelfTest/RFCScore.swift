internal import Suite

/// How many mutants of one RFC are noticed.
public struct RFCScore: Hashable, Sendable {
  /// `RFC 792`, or the name of an Internet-Draft.
  public var rfc: String
  /// Mutants that break a clause of it.
  public var mutants = 0
  /// Of these: noticed by some case.
  public var caught = 0
  /// Noticed by a case that cites a clause of this RFC which they break.
  public var caughtForItsClause = 0
  /// Nothing can be proved on them.
  public var silenced = 0
  /// Not noticed.
  public var survived = 0
  /// Not run.
  public var notRun = 0

  /// The share of mutants caught in percent, rounded down, of those on which something can be proved; nil if there are
  /// none.
  public var percent: Int? {
    let counted = caught + survived
    return counted == 0 ? nil : caught * 100 / counted
  }

  mutating func count(_ mutant: MutantFinding, isForItsClause: Bool) {
    mutants += 1
    switch mutant.status {
    case .caught:
      caught += 1
      caughtForItsClause += isForItsClause ? 1 : 0
    case .silenced: silenced += 1
    case .survived: survived += 1
    case .notRun: notRun += 1
    }
  }
}

extension SelfTestResult {
  /// The score of each RFC, by number, drafts last; a mutant counts for each RFC of which it breaks a clause.
  public var scores: [RFCScore] {
    var scores: [String: RFCScore] = [:]
    for mutant in mutants {
      let noticed = Set(mutant.clausesNoticed.map(rfc(of:)))
      for rfc in Set(mutant.requirements.map(rfc(of:))) {
        scores[rfc, default: RFCScore(rfc: rfc)].count(mutant, isForItsClause: noticed.contains(rfc))
      }
    }
    return scores.values.sorted { ($0.number, $0.rfc) < ($1.number, $1.rfc) }
  }

  /// The score of all mutants, each counted once.
  public var total: RFCScore {
    var total = RFCScore(rfc: "all")
    for mutant in mutants { total.count(mutant, isForItsClause: mutant.isCaughtForItsClause) }
    return total
  }

  /// The document that a clause stands in.
  public func rfc(of clause: String) -> String {
    guard let rfc = clauses[clause]?.rfc else { return "not in the catalogue" }
    return rfc.allSatisfy(\.isNumber) ? "RFC \(rfc)" : rfc
  }
}

extension RFCScore {
  fileprivate var number: Int { Int(rfc.drop { !$0.isNumber }) ?? .max }
}
