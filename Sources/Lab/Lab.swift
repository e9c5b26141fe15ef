public import ReferenceDevice

/// Opening a lab by its name.
public enum Lab {
  /// Whether a lab's target can deviate on purpose.
  public static func takesMutants(_ name: String) -> Bool {
    LabCatalogue.simulatedRole(of: name) != nil || name == ReferenceTapLab.name
  }

  /// Joins the lab of this name if it's up, else makes a private one that ends with this process.
  ///
  /// Afterwards the calling thread is in the tester's network namespace, for good. Without privileges the process
  /// must still have one thread only, so this comes first. The target remembers no flow of an earlier run.
  ///
  /// - Parameters:
  ///   - name: a lab of the catalogue, but for the simulation.
  ///   - mutants: where its reference device is to deviate; empty: as the lab that is up has it.
  ///   - rulesets: files that the target's packet filter gets in place of the rules that it has, in this order. Those
  ///     of a lab that is up stay there afterwards.
  /// - Returns: the lab.
  /// - Throws: `unknown`, `simulated`, `otherMutants`, `forbidden` with how to go on, `rulesUnreadable`, `rulesRefused`,
  ///   `programMissing`, or `failed`, also if another run uses the lab.
  public static func open(
    _ name: String,
    mutants: Set<Mutant> = [],
    rulesets: [String] = []
  ) throws(LabError) -> OpenLab {
    let blueprint = try LabBlueprint.named(name)
    if blueprint.isDevice, !rulesets.isEmpty { throw .noInside(name) }
    var remarks: [String] = []
    do throws(LabError) {
      if let holder = try PersistentLab.find(name) {
        let asked = mutants.map(\.name).sorted()
        if !asked.isEmpty, asked != holder.mutants {
          throw LabError.otherMutants(name, up: holder.mutants, asked: asked)
        }
        let rules = try rulesets.map { path throws(LabError) in try RuleSet(reading: path) }
        try LabStateDirectory.ofThisUser.claim(name)
        return try begun(try holder.join(), rules)
      }
    } catch {
      // A directory in /tmp that somebody else made is no reason not to work.
      guard case .stateFile = error else { throw error }
      remarks.append("labs that are up aren't looked for: \(error)")
    }
    var lab = try make(blueprint, mutants: mutants, rulesets: rulesets)
    lab.remarks = remarks + lab.remarks
    return lab
  }

  /// Makes a lab; afterwards the calling thread is in the tester's network namespace, for good.
  ///
  /// - Parameters:
  ///   - blueprint: what to make.
  ///   - mutants: where its reference device is to deviate.
  ///   - rulesets: files with rules that take the place of the lab's own.
  ///   - staysUp: whether people will look at it from the tester's side, and not only Assay.
  /// - Returns: the lab.
  /// - Throws: `forbidden` or `lacking` with how to go on, or `failed`.
  static func make(
    _ blueprint: LabBlueprint,
    mutants: Set<Mutant>,
    rulesets: [String],
    staysUp: Bool = false
  ) throws(LabError) -> OpenLab {
    blueprint.isDevice
      ? try ReferenceTapLab.enter(mutants, withHost: staysUp)
      : try LabMaker.make(blueprint, rulesets: rulesets)
  }

  /// A lab that was up, as a run is to find it.
  private static func begun(_ joined: OpenLab, _ rules: [RuleSet]) throws(LabError) -> OpenLab {
    var lab = joined
    if !rules.isEmpty {
      try lab.load(rules, isFresh: false)
      lab.rulesets = rules.map(\.name)
    }
    if lab.blueprint.rules != nil || !lab.rulesets.isEmpty {
      do throws(LabError) { try lab.forgetFlows() } catch {
        lab.remarks.append("flows of earlier runs may still be known: \(error)")
      }
    }
    return lab
  }
}
