internal import CLinux

/// Hears from the kernel when an interface goes down, even if it's up again by the time somebody looks.
final class InterfaceMonitor {
  private let socket: NetlinkSocket
  private let index: Int32
  private let name: String
  private var isDown = false

  init(_ interface: NetworkInterface) throws(SystemErrno) {
    socket = try NetlinkSocket(groups: UInt32(RTMGRP_LINK), nonBlocking: true)
    index = interface.index
    name = interface.name
  }

  /// The descriptor which is readable when something happened to an interface.
  var selectable: Int32 { socket.descriptor.number }

  /// Throws `interfaceDown` if the interface is down or was down since the last call.
  func check() throws(LinkError) {
    var wasDown = isDown
    if let news = socket.pending() {
      for reply in news {
        guard let interface = NetworkInterface(reply), interface.index == index else { continue }
        isDown = !interface.isUp
        wasDown = wasDown || isDown
      }
    } else if let query = try? NetlinkSocket(), let now = try? NetworkInterface(named: name, through: query) {
      isDown = !now.isUp || now.index != index
      wasDown = wasDown || isDown
    } else {
      isDown = true
      wasDown = true
    }
    if wasDown { throw .interfaceDown(name) }
  }
}
