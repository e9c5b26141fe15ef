public import ReferenceDevice

/// Opening a lab by its name.
public enum Lab {
  /// Whether the target of a lab is the reference device, which may deviate from the RFCs on purpose.
  public static func takesMutants(_ name: String) -> Bool {
    [LabCatalogue.simulation, ReferenceTapLab.name].contains(name)
  }

  /// Joins the lab of this name if it's up, else makes a private one that ends with this process.
  ///
  /// Afterwards the calling thread is in the tester's network namespace, for good. Without privileges the process
  /// must still have one thread only, so this comes first.
  ///
  /// - Parameters:
  ///   - name: a lab of the catalogue, but for the simulation.
  ///   - mutants: where its reference device is to deviate; empty: as the lab that is up has it.
  /// - Returns: the lab.
  /// - Throws: `unknown`, `simulated`, `otherMutants`, `forbidden` with how to go on, or `failed`, also if another run
  ///   uses the lab.
  public static func open(_ name: String, mutants: Set<Mutant> = []) throws(LabError) -> OpenLab {
    try LabCatalogue.requireReal(name)
    var remarks: [String] = []
    do throws(LabError) {
      if let holder = try PersistentLab.find(name) {
        let asked = mutants.map(\.name).sorted()
        if !asked.isEmpty, asked != holder.mutants {
          throw LabError.otherMutants(name, up: holder.mutants, asked: asked)
        }
        try LabStateDirectory.ofThisUser.claim(name)
        return try holder.join()
      }
    } catch {
      // A directory in /tmp that somebody else made is no reason not to work.
      guard case .stateFile = error else { throw error }
      remarks.append("labs that are up aren't looked for: \(error)")
    }
    var lab = try make(name, mutants: mutants)
    lab.remarks = remarks + lab.remarks
    return lab
  }

  /// Makes a lab; afterwards the calling thread is in the tester's network namespace, for good.
  ///
  /// - Parameters:
  ///   - name: a lab of the catalogue, but for the simulation.
  ///   - mutants: where its reference device is to deviate.
  ///   - staysUp: whether people will look at it from the tester's side, and not only Assay.
  /// - Returns: the lab.
  /// - Throws: `forbidden` or `lacking` with how to go on, or `failed`.
  static func make(_ name: String, mutants: Set<Mutant>, staysUp: Bool = false) throws(LabError) -> OpenLab {
    name == ReferenceTapLab.name
      ? try ReferenceTapLab.enter(mutants, withHost: staysUp) : try LinuxHostLab.enter(name)
  }
}
