/// The labs that can be made on this machine.
public enum LabCatalogue {
  /// A lab as it's listed.
  public struct Entry: Hashable, Sendable {
    /// What follows `--lab`.
    public var name: String
    /// What it is, in a line.
    public var summary: String
    /// What reports and baselines call its target.
    public var target: String
  }

  /// The name of the lab that is never made: its device lives inside the run.
  public static let simulation = "reference"

  /// All of them, the default one first.
  public static let entries =
    entries(LabBlueprint.all.filter { !$0.isDevice }) + [
      Entry(
        name: simulation,
        summary: "a strict host in virtual time, in this process: it obeys the RFCs; for 'run' only",
        target: simulation
      )
    ] + entries([.referenceTap])

  private static func entries(_ blueprints: [LabBlueprint]) -> [Entry] {
    blueprints.map { Entry(name: $0.name, summary: $0.summary, target: $0.target) }
  }

  /// What reports and baselines call the target of a lab; nil if there is no such lab.
  public static func target(of name: String) -> String? { entries.first { $0.name == name }?.target }

  /// The rule set that a lab has when the user gives none, as its program reads it; nil: it has none.
  public static func rules(of name: String) throws(LabError) -> String? {
    try LabBlueprint.named(name).rules?.text
  }

  /// Finds a lab by its name.
  static func entry(named name: String) throws(LabError) -> Entry {
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw .unknown(name, known: entries.map(\.name))
    }
    return entry
  }
}
