internal import Capture
internal import Link
public import Runner
public import Wire

/// The frames of a run as a pcapng file in which each packet says what it is.
public enum AnnotatedCapture {
  /// Every frame of the run, and its plan.
  ///
  /// - Parameters:
  ///   - result: The run; version, seed and target go into the file's own comments.
  ///   - interfaces: Names of the tester's interfaces; an arm without one is named after itself.
  /// - Returns: A pcapng file with one comment a packet: `suite.case[variant] · role`.
  public static func render(_ result: RunResult, interfaces: [Arm: String] = [:]) -> [UInt8] {
    render(result, frames: result.frames, record: result.record, interfaces: interfaces, about: nil)
  }

  /// The frames of one trial alone, and the plan of its attempts.
  ///
  /// - Parameters:
  ///   - trial: Its `suite.case[variant]`.
  ///   - places: Places of its frames in the run's capture, in order.
  ///   - result: The run it was part of.
  ///   - interfaces: Names of the tester's interfaces; an arm without one is named after itself.
  /// - Returns: A pcapng file.
  public static func render(
    trial: String,
    places: [Int],
    of result: RunResult,
    interfaces: [Arm: String] = [:]
  ) -> [UInt8] {
    render(
      result,
      frames: places.filter(result.frames.indices.contains).map { result.frames[$0] },
      record: result.record?.selecting([trial], keeping: places),
      interfaces: interfaces,
      about: trial
    )
  }

  /// What the packets' comments say of a frame.
  static func comment(on frame: RecordedFrame) -> String {
    guard let trial = frame.trial else { return frame.role.visible }
    return "\(trial) · \(frame.role)".visible
  }

  private static func render(
    _ result: RunResult,
    frames: [RecordedFrame],
    record: RunRecord?,
    interfaces: [Arm: String],
    about trial: String?
  ) -> [UInt8] {
    let arms: [Arm] = frames.contains { $0.frame.arm == .far } ? [.near, .far] : [.near]
    var writer = PcapngWriter(
      section: CaptureSection(
        hardware: result.environment.hardware,
        os: result.environment.system,
        application: "assay \(result.version)",
        comments: comments(result, trial),
        notes: record.map(CapturedPlan.notes) ?? [],
        names: record?.hostNames ?? []
      ),
      interfaces: arms.map {
        CaptureInterface(name: interfaces[$0] ?? $0.rawValue, description: "\($0.rawValue) arm")
      }
    )
    for frame in frames {
      let packet = CapturedPacket(
        time: frame.frame.time,
        interface: arms.firstIndex(of: frame.frame.arm) ?? 0,
        bytes: frame.frame.bytes,
        originalLength: frame.frame.originalLength,
        comments: [comment(on: frame)]
      )
      // Its interface is one of those above, which is all that writing could refuse.
      try? writer.write(packet)
    }
    let statistics = InterfaceStatistics(
      received: UInt64(clamping: result.statistics.received),
      droppedByInterface: UInt64(clamping: result.statistics.droppedByInterface),
      droppedBySystem: UInt64(clamping: result.statistics.droppedByKernel)
    )
    try? writer.write(statistics, interface: 0, time: result.started + result.duration)
    return writer.takeBytes()
  }

  private static func comments(_ result: RunResult, _ trial: String?) -> [String] {
    var comments = [
      "assay \(result.version), seed \(result.seed), target \(result.target.name) (\(result.target.role))",
      "started \(result.started.preciseUTC)",
    ]
    comments += result.target.facts.map { "\($0.key): \($0.value)" }
    comments += result.environment.facts.map { "\($0.label): \($0.text)" }
    if let trial {
      comments.append("only the frames of \(trial)")
      if let suite = result.suites.first(where: { trial.hasPrefix($0.name + ".") }) {
        comments.append("run again: \(result.rerun(trial, of: suite))")
      }
    }
    if result.record != nil { comments.append("judge again: assay judge FILE") }
    return comments.map(\.visible)
  }
}
