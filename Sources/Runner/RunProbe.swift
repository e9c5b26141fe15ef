internal import Craft
internal import Wire

/// Echoes that the run itself sends, for no trial: they have identifiers that no trial gets.
enum RunProbe {
  /// Lets the target learn the gateway's address.
  static let greeting: UInt16 = 0xa55a
  /// Shows that the target lives while its limits on errors are measured.
  static let errorBudget: UInt16 = 0xa55c
  /// Asks whether a target that was silent is back.
  static let outage: UInt16 = 0xa55e

  private static let identifiers: Set<UInt16> = [greeting, errorBudget, outage]

  /// Whether a trial with these numbers would have control probes that look like the run's own echoes.
  static func isReserved(_ endpoints: Endpoints) -> Bool {
    identifiers.contains(endpoints.id) || identifiers.contains(~endpoints.id)
  }

  /// Whether a frame is one of these echoes or an answer to one, however late.
  static func isEcho(_ frame: Dissection) -> Bool {
    guard let icmp = frame.layer(.icmpv4) ?? frame.layer(.icmpv6), let number = icmp.number("identifier"),
      let identifier = UInt16(exactly: number), identifiers.contains(identifier)
    else { return false }
    return frame.layer(.data).map { Array($0.bytes) } == ControlProbe.data
  }
}
