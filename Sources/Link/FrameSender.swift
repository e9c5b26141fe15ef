internal import CLinux
internal import Glibc

/// The way out: a socket which only sends.
///
/// It isn't the capturing one because Linux doesn't show a socket what it sent itself, and because what
/// isn't seen in the capture doesn't count as sent.
package final class FrameSender {
  private let descriptor: Descriptor
  private let interface: String

  package init(_ interface: NetworkInterface) throws(LinkError) {
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

  /// Octets that one call takes at most, unless a single frame is longer.
  private static let batchBytes = 64 << 10

  /// The frames of one call, one behind the other, and their lengths.
  private struct Batch {
    var octets: [UInt8] = []
    var lengths: [UInt32] = []

    func hasRoom(for frame: [UInt8]) -> Bool {
      lengths.isEmpty || lengths.count < Int(ASSAY_PACKET_BATCH) && octets.count + frame.count <= batchBytes
    }

    mutating func append(_ frame: [UInt8]) {
      octets.append(contentsOf: frame)
      lengths.append(UInt32(clamping: frame.count))
    }

    mutating func clear() {
      octets.removeAll(keepingCapacity: true)
      lengths.removeAll(keepingCapacity: true)
    }
  }

  /// Memory of the latest batch, so that sending allocates nothing.
  private var spare = Batch()

  /// Sends frames in this order, as many as fit in one system call each time; if need be after waiting for room.
  ///
  /// - Throws: `sendRefused` for the first frame that the system refuses: those before it are on their way, those behind
  ///   it are not.
  package func send(_ frames: [[UInt8]]) throws(LinkError) {
    var batch = Batch()
    swap(&batch, &spare)
    defer {
      batch.clear()
      spare = batch
    }
    for frame in frames {
      if !batch.hasRoom(for: frame) {
        try flush(batch)
        batch.clear()
      }
      batch.append(frame)
    }
    try flush(batch)
  }

  /// Sends a batch.
  private func flush(_ batch: Batch) throws(LinkError) {
    let (octets, lengths) = (batch.octets, batch.lengths)
    var sent = 0
    var offset = 0
    var waited: Int32 = 0
    while sent < lengths.count {
      let count = octets.withUnsafeBytes { octets in
        lengths.withUnsafeBufferPointer { lengths in
          assay_packet_send(
            descriptor.number,
            octets.baseAddress.map { $0 + offset },
            lengths.baseAddress.map { $0 + sent },
            Int32(lengths.count - sent)
          )
        }
      }
      if count > 0 {
        let next = min(sent + Int(count), lengths.count)
        if next < lengths.count { for length in lengths[sent..<next] { offset += Int(length) } }
        sent = next
        waited = 0
        continue
      }
      // What went wrong is the first frame's matter: an error of a later one ends the call before it.
      switch -count {
      case EAGAIN where waited < Self.patience, ENOBUFS where waited < Self.patience:
        // ENOBUFS (the device's queue) wakes nobody: look again every millisecond.
        if count == -EAGAIN {
          _ = assay_wait_writable(descriptor.number, 1)
        } else {
          usleep(1000)
        }
        waited += 1
      case ENETDOWN, ENXIO, ENODEV: throw .interfaceDown(interface)
      default: throw .sendRefused(length: Int(lengths[sent]), reason: SystemErrno(-count).text)
      }
    }
  }

  package func close() { descriptor.close() }
}
