internal import CLinux
internal import Glibc

/// What an interface does to frames behind the kernel's back.
///
/// With checksum offload a captured frame shows a checksum that isn't on the wire; with segmentation and
/// receive offload several packets are one frame. The raw values are the words of `ethtool -K`.
package enum Offload: String, Hashable, Sendable, CaseIterable {
  case receiveChecksum = "rx"
  case transmitChecksum = "tx"
  case tcpSegmentation = "tso"
  case segmentation = "gso"
  case receive = "gro"

  fileprivate var commands: (get: Int32, set: Int32) {
    switch self {
    case .receiveChecksum: (ETHTOOL_GRXCSUM, ETHTOOL_SRXCSUM)
    case .transmitChecksum: (ETHTOOL_GTXCSUM, ETHTOOL_STXCSUM)
    case .tcpSegmentation: (ETHTOOL_GTSO, ETHTOOL_STSO)
    case .segmentation: (ETHTOOL_GGSO, ETHTOOL_SGSO)
    case .receive: (ETHTOOL_GGRO, ETHTOOL_SGRO)
    }
  }
}

/// Reads and changes the offloads of one namespace's interfaces.
package struct OffloadControl {
  private let descriptor: Descriptor

  /// Works on the namespace in which it's made, wherever the thread goes.
  package init() throws(SystemErrno) {
    let number = socket(AF_INET, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    if number < 0 { throw .last }
    descriptor = Descriptor(owning: number)
  }

  /// Which offloads are on; one that the interface doesn't know is off.
  package func enabled(on interface: String) -> [Offload] {
    Offload.allCases.filter {
      assay_ethtool_get(descriptor.number, interface, UInt32($0.commands.get)) == 1
    }
  }

  /// Turns all of them off.
  ///
  /// - Returns: those that are still on.
  package func disableAll(on interface: String) -> [Offload] {
    for offload in Offload.allCases {
      _ = assay_ethtool_set(descriptor.number, interface, UInt32(offload.commands.set), 0)
    }
    return enabled(on: interface)
  }
}
