internal import CLinux
internal import Glibc

/// The way out: a socket which only sends.
///
/// It isn't the capturing one because Linux doesn't show a socket what it sent itself, and because what
/// isn't seen in the capture doesn't count as sent.
final class FrameSender {
  private let descriptor: Descriptor
  private let interface: String

  init(_ interface: NetworkInterface) throws(LinkError) {
    let number = assay_packet_socket(interface.index)
    switch -number {
    case EPERM, EACCES: throw .notPermitted(LinkError.howToGetRawSockets(interface.name))
    case ENODEV, ENXIO: throw .noSuchInterface(interface.name)
    case 1...: throw .system("send on \(interface.name): \(SystemErrno(-number).text)")
    default: break
    }
    descriptor = Descriptor(owning: number)
    self.interface = interface.name
  }

  /// How long a full queue is waited for, in milliseconds; a link that moves at all is faster.
  private static let patience: Int32 = 1000

  /// Sends a frame, if need be after waiting for room in the queue.
  func send(_ frame: [UInt8]) throws(LinkError) {
    var waited: Int32 = 0
    while true {
      let code = -frame.withUnsafeBytes { assay_packet_send(descriptor.number, $0.baseAddress, $0.count) }
      switch code {
      case 0: return
      case EAGAIN where waited < Self.patience, ENOBUFS where waited < Self.patience:
        // ENOBUFS (the device's queue) wakes nobody: look again every millisecond.
        if code == EAGAIN {
          _ = assay_wait_writable(descriptor.number, 1)
        } else {
          usleep(1000)
        }
        waited += 1
      case ENETDOWN, ENXIO, ENODEV: throw .interfaceDown(interface)
      default: throw .sendRefused(length: frame.count, reason: SystemErrno(code).text)
      }
    }
  }

  func close() { descriptor.close() }
}
