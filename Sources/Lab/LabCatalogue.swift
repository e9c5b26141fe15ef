internal import ReferenceDevice
public import Suite

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

  /// The lab of the strict host, which is never made: its device lives inside the run.
  public static let simulation = simulation(of: .host)

  /// What is simulated, by role.
  private static let simulations: [(role: Role, summary: String)] = [
    (.host, "a strict host in virtual time, in this process: it obeys the RFCs; for 'run' only"),
    (.router, "a strict router between two networks, in virtual time as well"),
    (.nat, "a strict NAT, its inside at the near side"),
    (.firewall, "a strict stateful firewall, which protects the near side"),
  ]

  private static func simulation(of role: Role) -> String { StrictDevice.description(of: role).name }

  /// The role of the device that a simulated lab has; nil if there is no simulated lab of that name.
  public static func simulatedRole(of name: String) -> Role? {
    simulations.first { simulation(of: $0.role) == name }?.role
  }

  /// All of them, the default one first.
  public static let entries =
    entries(LabBlueprint.all.filter { !$0.isDevice })
    + simulations.map { role, summary in
      Entry(name: simulation(of: role), summary: summary, target: simulation(of: role))
    } + entries([.referenceTap])

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
