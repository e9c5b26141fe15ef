import Foundation

/// Wireshark's dissectors on the command line.
enum TShark {
  /// Where it is, if it is installed.
  static let path: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .map { "\($0)/tshark" }.first(where: FileManager.default.isExecutableFile(atPath:))

  /// Something that tshark finds wrong with a frame, counted from 1.
  struct Complaint: Hashable {
    var frame: Int
    var message: String
  }

  struct Failure: Error { var message: String }

  /// What tshark has to say about checksums, lengths and malformed headers of these frames.
  static func complaints(
    about frames: [[UInt8]],
    ours: (String) -> Bool = { message in
      ["checksum", "length", "malformed", "bogus"].contains { message.lowercased().contains($0) }
    }
  ) throws -> [Complaint] {
    let lines = try lines(
      of: frames,
      ["-Y", "_ws.expert.severity >= 0x600000", "-e", "frame.number", "-e", "_ws.expert.message"]
    )
    return lines.compactMap { fields in
      guard let number = fields.first.flatMap({ Int($0) }) else { return nil }
      let message = fields.dropFirst().joined(separator: " ")
      return ours(message) ? Complaint(frame: number, message: message) : nil
    }
  }

  /// All values of each field in each frame, with commas between them.
  static func fields(_ names: [String], of frames: [[UInt8]]) throws -> [[String: String]] {
    try lines(of: frames, names.flatMap { ["-e", $0] }).map { values in
      Dictionary(uniqueKeysWithValues: zip(names, values))
    }
  }

  /// The fields that tshark prints, a list a frame.
  private static func lines(of frames: [[UInt8]], _ arguments: [String]) throws -> [[String]] {
    guard let path else { throw Failure(message: "tshark isn't installed") }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "assay-\(UUID().uuidString).pcap"
    )
    try Data(capture(of: frames)).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments =
      ["-n", "-r", file.path]
      + ["ip", "udp", "tcp"].flatMap { ["-o", "\($0).check_checksum:TRUE"] }
      + ["-T", "fields", "-E", "separator=/t"] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(message: "status \(process.terminationStatus)")
    }
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// A capture file of the classic format, little-endian, Ethernet, one frame a second.
  private static func capture(of frames: [[UInt8]]) -> [UInt8] {
    func words(_ values: [UInt32]) -> [UInt8] {
      values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
    }
    var file = words([0xa1b2_c3d4, 0x0004_0002, 0, 0, 262_144, 1])
    for (second, frame) in frames.enumerated() {
      let length = UInt32(truncatingIfNeeded: frame.count)
      file += words([UInt32(truncatingIfNeeded: second), 0, length, length]) + frame
    }
    return file
  }
}
