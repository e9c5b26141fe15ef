internal import CLinux
internal import Glibc
internal import Link

/// The end of a TAP interface at which a program, not a wire, takes and gives Ethernet frames.
///
/// The interface lives in the network namespace in which this was made, and as long as the descriptor is open in some
/// process.
struct TapInterface {
  /// The kernel's device that makes them.
  static let device = "/dev/net/tun"
  /// No frame is longer.
  private static let longestFrame = 65_536 + 64

  /// What a look for a frame brought.
  enum Arrival {
    case frame([UInt8])
    /// There is none yet.
    case nothing
    /// The interface was taken away.
    case gone
  }

  let descriptor: Descriptor
  private var buffer = [UInt8](repeating: 0, count: longestFrame)

  /// Makes an interface of this name, which is down and has no carrier until something is attached.
  ///
  /// - Throws: `forbidden` if this user may not, `lacking` if this machine can't; both say how to go on.
  init(named name: String) throws(LabError) {
    descriptor = try Self.open()
    let code = assay_tap_attach(descriptor.number, name)
    if code == -EPERM { throw Namespaces.forbidden(EPERM, "make the TAP interface \(name)") }
    if code < 0 { throw .failed(step: "make the TAP interface \(name)", reason: SystemErrno(-code).text) }
  }

  /// Opens the kernel's device in the calling thread's network namespace; nothing is attached yet.
  static func open() throws(LabError) -> Descriptor {
    do throws(SystemErrno) {
      return try Descriptor(opening: device, flags: O_RDWR | O_NONBLOCK)
    } catch {
      let reason = "open \(device): \(error.text)"
      let inContainer = "in a container: start it with --device \(device)"
      switch error.code {
      case EACCES:
        let remedy = "most systems let everybody open it, this one doesn't: sudo chmod 666 \(device)"
        throw .forbidden(reason: reason, remedies: [remedy, "or run it as root"])
      case EPERM: throw .forbidden(reason: reason, remedies: [inContainer])
      default:
        let remedy = "load the kernel's module: sudo modprobe tun"
        throw .lacking(reason: reason, remedies: [remedy, inContainer])
      }
    }
  }

  /// Takes the next frame that was sent to the interface.
  mutating func read() -> Arrival {
    while true {
      let length = Glibc.read(descriptor.number, &buffer, buffer.count)
      if length >= 0 { return .frame(Array(buffer[..<length])) }
      if errno == EINTR { continue }
      return errno == EAGAIN ? .nothing : .gone
    }
  }

  /// Gives the interface a frame, as if it had come in by a wire.
  ///
  /// One that can't be taken is lost, as on a wire without anything at its end: the interface is down, or it is no frame.
  func write(_ frame: [UInt8]) {
    while Glibc.write(descriptor.number, frame, frame.count) < 0, errno == EINTR {}
  }
}
