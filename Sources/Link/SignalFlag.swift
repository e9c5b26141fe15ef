internal import CLinux
internal import Glibc

/// SIGINT and SIGTERM as a flag that a loop looks at.
///
/// A handler only sets the flag and ends a wait in `LiveLink.receive`; it stops nothing by itself.
public enum SignalFlag {
  /// From now on SIGINT and SIGTERM only set the flag.
  ///
  /// - Returns: whether the system allowed it.
  @discardableResult
  public static func install() -> Bool { assay_signal_install() == 0 }

  /// The signal that arrived last (2: SIGINT, 15: SIGTERM), nil if none did.
  public static var pending: Int32? {
    let number = assay_signal_pending()
    return number == 0 ? nil : number
  }

  /// How many arrived; a second one says that the user is in a hurry.
  public static var count: Int { Int(assay_signal_count()) }

  /// A signal ends one wait, not all that follow.
  static func acknowledge() {
    var count: UInt64 = 0
    _ = read(assay_signal_descriptor(), &count, MemoryLayout<UInt64>.size)
  }

  /// Forgets what arrived.
  public static func reset() { assay_signal_reset() }
}
