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
  public static let entries = [
    Entry(
      name: LinuxHostLab.name,
      summary: "this machine's own kernel as a host, in network namespaces, IPv4 and IPv6",
      target: LinuxHostLab.name
    ),
    Entry(
      name: LinuxHostLab.limitedName,
      summary: "the same with the kernel's own limits on ICMP errors, which linux-host lifts",
      target: LinuxHostLab.name
    ),
    Entry(
      name: simulation,
      summary: "a strict host in virtual time, in this process: it obeys the RFCs; for 'run' only",
      target: simulation
    ),
    Entry(
      name: ReferenceTapLab.name,
      summary: "the same strict host in real time on a TAP interface, for ping, scapy and tshark too",
      target: simulation
    ),
  ]

  /// What reports and baselines call the target of a lab; nil if there is no such lab.
  public static func target(of name: String) -> String? { entries.first { $0.name == name }?.target }

  /// Whether a lab is one that can be made.
  static func requireReal(_ name: String) throws(LabError) {
    if try entry(named: name).name == simulation { throw .simulated(name) }
  }

  /// Finds a lab by its name.
  static func entry(named name: String) throws(LabError) -> Entry {
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw .unknown(name, known: entries.map(\.name))
    }
    return entry
  }
}
