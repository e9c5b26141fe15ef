import Capture
import Craft
import Judge
import Suite
import Wire

/// Inputs made of crafted bundled trials, to begin with.
struct Seeds {
  /// The inputs of each target.
  private(set) var inputs: [FuzzTarget: [[UInt8]]] = [:]

  /// From each so many-th trial.
  init(every step: Int) {
    var frames: [[UInt8]] = []
    for trial in BundledTrials.shared.some(every: step) {
      guard let recording = BundledTrials.shared.recording(named: trial.id) else { continue }
      inputs[.judge, default: []].append(Array("\(trial.id)\n".utf8))
      let octets = recording.frames.map(\.frame.bytes)
      frames += octets.filter { !frames.suffix(200).contains($0) }
      inputs[.device, default: []].append(Self.device(recording))
      inputs[.transit, default: []] += Self.transits(recording)
      inputs[.capture, default: []] += Self.captures(recording)
    }
    inputs[.wire] =
      frames
      + ["192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1", "02:00:5e:10:00:01", "fe80::1%eth0"].map {
        Array($0.utf8)
      }
  }

  private static func device(_ recording: Recording) -> [UInt8] {
    var input: [UInt8] = [0]
    for frame in recording.frames where frame.isOutgoing {
      let count = frame.frame.bytes.count
      input += [10, 0, UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)]
      input += frame.frame.bytes
    }
    return input
  }

  /// The same frames through each kind of box, as if they were for somebody on its other side.
  private static func transits(_ recording: Recording) -> [[UInt8]] {
    (UInt8(0)..<3).map { role in
      var input: [UInt8] = [role]
      for frame in recording.frames.prefix(6) where frame.isOutgoing {
        var bytes = frame.frame.bytes
        // 198.51.100.16, 2001:db8:2::1:10.
        if bytes.count >= 34, bytes[12] == 0x08 { bytes.replaceSubrange(30..<34, with: [198, 51, 100, 16]) }
        if bytes.count >= 54, bytes[12] == 0x86 {
          bytes.replaceSubrange(38..<54, with: [32, 1, 13, 184, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 16])
        }
        input += [10, 1, UInt8(truncatingIfNeeded: bytes.count >> 8), UInt8(truncatingIfNeeded: bytes.count)]
        input += bytes
      }
      return input
    }
  }

  private static func captures(_ recording: Recording) -> [[UInt8]] {
    let packets = recording.frames.prefix(4).map { frame in
      CapturedPacket(
        time: frame.frame.time,
        bytes: Array(frame.frame.bytes.prefix(64)),
        originalLength: frame.frame.bytes.count,
        comments: ["a comment", ""],
        direction: frame.isOutgoing ? .outbound : .inbound
      )
    }
    var pcapng = PcapngWriter(
      section: CaptureSection(hardware: "x", os: "y", application: "z", comments: ["c"]),
      interfaces: [CaptureInterface(name: "near"), CaptureInterface(name: "far", description: "far arm")]
    )
    var files: [[UInt8]] = []
    for packet in packets { _ = try? pcapng.write(packet) }
    let counts = InterfaceStatistics(received: 4, droppedByInterface: 0, droppedBySystem: 1)
    _ = try? pcapng.write(counts, interface: 1, time: Timestamp(nanoseconds: 5))
    files.append(pcapng.takeBytes())
    for isLittleEndian in [true, false] {
      var pcap = PcapWriter(resolution: .microseconds, isLittleEndian: isLittleEndian)
      for packet in packets { pcap.write(packet) }
      files.append(pcap.takeBytes())
    }
    return files
  }
}
