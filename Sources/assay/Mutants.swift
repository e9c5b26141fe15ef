import Lab
import ReferenceDevice
import Report
import Suite

/// Deviations of the reference device on the command line.
enum Mutants {
  /// The mutants of these names, for the target of a lab.
  ///
  /// Ends the command if there is no such mutant, or the lab's target can't deviate so.
  static func named(_ names: [String], in lab: String) throws -> Set<Mutant> {
    if !names.isEmpty, !Lab.takesMutants(lab) {
      throw Failure.exit(.usage, "--mutant goes with the labs whose names begin with 'reference' only")
    }
    let role = LabCatalogue.simulatedRole(of: lab) ?? .host
    let mutants = try names.map(named)
    if let other = mutants.first(where: { $0.role != role }) {
      throw Failure.exit(.usage, "'\(other.name)' is a mutant of a \(other.role), not of the lab's \(role)")
    }
    return Set(mutants)
  }

  /// The mutant of a name; ends the command if there is none.
  static func named(_ name: String) throws -> Mutant {
    if let mutant = Mutant(name: name) { return mutant }
    let names = Mutant.everywhere.map(\.name)
    let near = Spelling.nearest(to: name, among: names).map { "; did you mean '\($0)'?" }
    throw Failure.exit(
      .usage,
      "no mutant '\(name)'\(near ?? "; there are: \(names.joined(separator: ", "))")"
    )
  }
}
