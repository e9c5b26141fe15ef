import Foundation
import Testing

/// Decoders, capture files, judge and reference device, with inputs that were found to reach much of them, inputs that
/// once broke them, and mutants of both.
@Suite struct StoredInputTests {
  /// `make fuzz` examines ten million, guided by coverage.
  @Test(
    .timeLimit(.minutes(3)),
    arguments: [("wire", 2000), ("capture", 4000), ("judge", 1000), ("device", 2000), ("transit", 1000)]
  )
  func `No stored input and no mutant of one traps, takes long, leaks or breaks a property`(
    target: String,
    mutants: Int
  ) throws {
    let fuzz = Process()
    let output = Pipe()
    fuzz.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "Fuzz")
    // A debug build on a busy machine takes longer.
    fuzz.arguments = ["test", target, "0", "\(mutants)", "20"]
    fuzz.standardOutput = output
    fuzz.standardError = output
    try fuzz.run()
    let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    fuzz.waitUntilExit()
    #expect(fuzz.terminationReason == .exit && fuzz.terminationStatus == 0, "\(text)")
    let last = text.split(separator: "\n").last ?? ""
    #expect(last.hasPrefix("\(target): ") && last.hasSuffix(" 0 wrong"), "\(text)")
  }
}
