import ArgumentParser
import Capture
import Craft
import Report
import Suite
import Wire

/// `assay craft`: the packets, without sending.
struct CraftCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "craft",
    abstract: "Make a suite's packets without sending them: annotated hex, or a capture file."
  )

  @Argument(help: "A suite file or name, with :CASE behind it for a single case.")
  var suite: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("A .pcapng or .pcap file instead of hex.", valueName: "file")
  )
  var output: String?

  func run() throws {
    let library = SuiteLibrary()
    let catalogue = try library.catalogue()
    let parts = suite.split(separator: ":", maxSplits: 1).map(String.init)
    let wanted = parts.count > 1 ? Glob(parts[1]) : nil
    let preview = Preview(catalogue: catalogue)
    var packets: [(bytes: [UInt8], comment: String)] = []
    var text = ""
    for suite in try library.suites([parts.first ?? ""]) {
      for trial in suite.trials {
        let name = String(trial.id.dropFirst(suite.name.count + 1))
        if let wanted, !wanted.matches(trial.testCase.id), !wanted.matches(name) { continue }
        let plan: TrialPlan
        do { plan = try preview.plan(trial) } catch { throw Failure.exit(.badInput, "\(error)") }
        for (index, step) in plan.steps.enumerated() {
          let frames = step.frames
          if frames.isEmpty { continue }
          let label = "\(trial.id), step \(index + 1)"
          text += "# \(label)\n\(step.dump)\n"
          for frame in frames { packets.append((frame, label)) }
        }
      }
    }
    guard !packets.isEmpty else { throw Failure.exit(.nothingSelected, "nothing to craft in '\(suite)'") }
    guard let output else {
      Console.out(text)
      return
    }
    try write(packets, to: output)
    Console.error("\(packets.count) packets in \(output)")
  }

  private func write(_ packets: [(bytes: [UInt8], comment: String)], to path: String) throws {
    // A fixed time, so that the same suite makes the same file.
    let start = Timestamp(nanoseconds: 1_767_225_600_000_000_000)
    do {
      if path.hasSuffix(".pcap") {
        var writer = PcapWriter()
        for (index, packet) in packets.enumerated() {
          writer.write(CapturedPacket(time: start + .milliseconds(index), bytes: packet.bytes))
        }
        try ReportFiles.write(writer.takeBytes(), to: path)
      } else {
        var writer = PcapngWriter(
          section: CaptureSection(application: "assay \(Assay.version)"),
          interfaces: [CaptureInterface(name: "crafted")]
        )
        for (index, packet) in packets.enumerated() {
          try writer.write(
            CapturedPacket(
              time: start + .milliseconds(index),
              bytes: packet.bytes,
              comments: [packet.comment]
            )
          )
        }
        try ReportFiles.write(writer.takeBytes(), to: path)
      }
    } catch let error as ReportError {
      throw Failure.exit(.cannotWrite, "\(error)")
    }
  }
}
