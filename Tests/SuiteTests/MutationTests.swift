import Foundation
import Testing

/// Bundled suites, damaged at random with a seed: each ends in a suite whose trials are crafted, or in faults with a
/// place, soon and within little memory.
@Suite struct MutationTests {
  /// `make fuzz-suites` examines a hundred thousand in release mode.
  @Test(.timeLimit(.minutes(3))) func `No mutant of a bundled suite traps, takes long or takes much memory`()
    throws
  {
    let probe = Process()
    let output = Pipe()
    probe.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "SuiteMutants")
    // A debug build on a busy machine takes longer.
    probe.arguments = [BundledFiles.root.path, "0", "2000", "20", "128"]
    probe.standardOutput = output
    probe.standardError = output
    try probe.run()
    let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    probe.waitUntilExit()
    #expect(probe.terminationReason == .exit && probe.terminationStatus == 0, "\(text)")
    #expect(text.contains("2000 mutants from 0: "), "\(text)")
  }
}
