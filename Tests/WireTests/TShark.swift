import Foundation
import Wire

/// Another implementation to compare with: frames go in, field values come out.
enum TShark {
  static let path = ["/usr/bin/tshark", "/usr/local/bin/tshark", "/opt/homebrew/bin/tshark"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// The first value of each field in each frame; empty where a frame has no such field.
  static func fields(_ names: [String], of frames: [[UInt8]]) throws -> [[String: String]] {
    let directory = FileManager.default.temporaryDirectory
    let file = directory.appendingPathComponent("assay-wire-\(UUID().uuidString).pcap")
    try Data(capture(frames)).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path ?? "")
    process.arguments =
      [
        "-n", "-r", file.path, "-T", "fields", "-E", "occurrence=f", "-E", "separator=/t",
        "-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE",
        "-o", "ip.defragment:FALSE", "-o", "ipv6.defragment:FALSE",
        // Payloads are no business of this comparison.
        "--disable-protocol", "data",
      ] + names.flatMap { ["-e", $0] }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: true)
    return lines.map { line in
      let values = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return Dictionary(uniqueKeysWithValues: zip(names, values))
    }
  }

  /// A capture file of Ethernet frames.
  private static func capture(_ frames: [[UInt8]]) -> [UInt8] {
    func little(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
    var bytes = little(0xa1b2_c3d4) + [2, 0, 4, 0] + little(0) + little(0) + little(262_144) + little(1)
    for (index, frame) in frames.enumerated() {
      bytes += little(1_700_000_000 + index) + little(0) + little(frame.count) + little(frame.count) + frame
    }
    return bytes
  }
}
