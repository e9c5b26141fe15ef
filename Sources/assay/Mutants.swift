import Lab
import ReferenceDevice
import Report

/// Deviations of the reference device on the command line.
enum Mutants {
  /// The mutants of these names, for the target of a lab.
  ///
  /// Ends the command if there is no such mutant, or the lab's target can't deviate.
  static func named(_ names: [String], in lab: String) throws -> Set<Mutant> {
    if !names.isEmpty, !Lab.takesMutants(lab) {
      let labs = "\(LabCatalogue.simulation) or \(ReferenceTapLab.name)"
      throw Failure.exit(.usage, "--mutant goes with --lab \(labs) only")
    }
    return Set(
      try names.map { name in
        if let mutant = Mutant(name: name) { return mutant }
        let known = Mutant.allCases.map(\.name).joined(separator: ", ")
        throw Failure.exit(.usage, "no mutant '\(name)'; there are: \(known)")
      }
    )
  }
}
