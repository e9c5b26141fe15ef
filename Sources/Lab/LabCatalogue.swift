/// The labs that can be made on this machine.
public enum LabCatalogue {
  /// A lab as it's listed.
  public struct Entry: Hashable, Sendable {
    /// What follows `--lab`.
    public var name: String
    /// What it is, in a line.
    public var summary: String
  }

  /// All of them, the default one first.
  public static let entries = [
    Entry(
      name: LinuxHostLab.name,
      summary: "this machine's own kernel as a host, in network namespaces, IPv4 and IPv6"
    ),
    Entry(
      name: "reference",
      summary: "a strict host in virtual time, in this process: it obeys the RFCs; for 'run' only"
    ),
  ]

  /// Finds a lab by its name.
  static func entry(named name: String) throws(LabError) -> Entry {
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw .unknown(name, known: entries.map(\.name))
    }
    return entry
  }
}
