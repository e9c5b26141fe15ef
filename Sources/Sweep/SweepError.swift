public import Link

/// Why a sweep could not go on.
public enum SweepError: Error, Hashable, Sendable {
  /// The target has one side only, or no addresses for testers on both.
  case oneSided(String)
  /// The target answered neither ARP nor neighbor discovery; the text says what was asked.
  case unreachable(String)
  /// The link failed.
  case link(LinkError)
  /// A packet couldn't be crafted, which is Assay's own fault.
  case craft(String)
}
