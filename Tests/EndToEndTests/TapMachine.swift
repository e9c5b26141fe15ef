import Foundation
import Testing

/// What this machine must have for the lab that puts the reference device on a TAP interface.
enum TapMachine {
  /// Whether such a lab can be made here by whoever runs the tests; those that need one are skipped otherwise.
  static let isPossible = Command.isLabPossible && access(device, R_OK | W_OK) == 0
  static let needed: Comment = "this machine has no TAP interfaces for us: 'assay doctor' says why"

  private static let device = "/dev/net/tun"

  /// Whether machines can be made here on which the kernel's device is another one.
  static let canBeChanged = isPossible && getuid() == 0 && Tool.exists("unshare")
  static let needsChange: Comment = "only root can put another /dev/net in place of this machine's"

  /// A machine without the kernel's device.
  static let without = changed("true")
  /// A machine on which everybody may open it, as most are.
  static let open = changed("mknod -m 666 \(device) c 10 200")
  /// A machine on which only root may.
  static let closed = changed("mknod -m 600 \(device) c 10 200")

  /// What goes in front of a command so that it sees another `/dev/net`.
  private static func changed(_ filling: String) -> [String] {
    ["unshare", "-m", "sh", "-ec", "mount -t tmpfs none /dev/net; \(filling); exec \"$@\"", "sh"]
  }
}
