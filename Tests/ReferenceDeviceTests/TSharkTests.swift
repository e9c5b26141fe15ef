import Foundation
import Testing
import Wire

@testable import ReferenceDevice

@Suite struct TSharkTests {
  static let path = ["/usr/bin/tshark", "/usr/local/bin/tshark", "/opt/homebrew/bin/tshark"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// Every frame that the strict device sends because of any stimulus.
  static func frames() throws -> [[UInt8]] {
    try Stimulus.all.flatMap { stimulus in
      var conversation = Conversation(ReferenceDevice())
      _ = try conversation.exchange(stimulus.frames, wait: stimulus.wait)
      return conversation.received
    }
  }

  @Test func `Nothing the device sends draws a remark`() throws {
    let frames = try Self.frames()
    #expect(frames.count > 100)
    for frame in frames {
      // What the device quotes is the tester's own work, broken on purpose.
      let remarks = Dissection(frame).remarks.filter { !$0.isQuoted }
      #expect(remarks.isEmpty, "\(remarks.map(\.text))")
      #expect(frame.count >= 60 && frame.count <= 1514)
    }
  }

  @Test(.enabled(if: path != nil, "tshark isn't installed"))
  func `tshark finds nothing wrong in what the device sends`() throws {
    let frames = try Self.frames().filter { !Self.isBound(toWarn: $0) }
    #expect(frames.count > 80)
    let warnings = try Self.warnings(in: frames)
    #expect(warnings.isEmpty, "\(warnings)")
  }

  @Test(.enabled(if: path != nil, "tshark isn't installed"))
  func `tshark does find what a mutant spoils`() throws {
    let stimulus = try #require(Stimulus.named("echo"))
    var conversation = Conversation(ReferenceDevice(mutants: [Mutant(EchoMutant.sendsBadEchoChecksum)]))
    _ = try conversation.exchange(stimulus.frames, wait: stimulus.wait)
    #expect(try Self.warnings(in: conversation.received).count == 1)
  }

  /// Parameter problems are about what the tester did wrong on purpose, and a reset is a warning by its nature.
  private static func isBound(toWarn frame: [UInt8]) -> Bool {
    let dissection = Dissection(frame)
    return dissection.remarks.contains(where: \.isQuoted) || dissection.layer(.icmpv4)?.number("type") == 12
      || dissection.layer(.icmpv6)?.number("type") == 4 || dissection.layer(.tcp)?.number("rst") == 1
  }

  /// Numbers and texts of the frames in which tshark's experts see a warning or an error.
  private static func warnings(in frames: [[UInt8]]) throws -> [String] {
    func little(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
    var bytes = little(0xa1b2_c3d4) + [2, 0, 4, 0] + little(0) + little(0) + little(65_535) + little(1)
    for (index, frame) in frames.enumerated() {
      bytes += little(1_700_000_000 + index) + little(0) + little(frame.count) + little(frame.count) + frame
    }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "assay-\(UUID().uuidString).pcap"
    )
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path ?? "")
    process.arguments = [
      "-n", "-r", file.path, "-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE",
      "-o", "tcp.check_checksum:TRUE", "-o", "ip.defragment:FALSE", "-o", "ipv6.defragment:FALSE",
      // 0x600000 is a warning, 0x800000 an error.
      "-Y", "_ws.expert.severity >= 0x600000", "-T", "fields", "-e", "frame.number", "-e",
      "_ws.expert.message",
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map { line in
      let number = Int(line.prefix { $0.isNumber }) ?? 1
      return "\(line) \(frames.indices.contains(number - 1) ? Dissection(frames[number - 1]).summary : "")"
    }
  }
}
