import Capture
import Craft
import Judge
import Wire

/// A recording, altered: the first line names the trial, the octets behind it say what becomes of its frames.
enum JudgeTarget {
  static func examine(_ input: [UInt8]) throws(BrokenProperty) {
    var source = ByteSource(input)
    let name = source.line() ?? "\(source.number(2))"
    guard let recording = BundledTrials.shared.recording(named: name) else { return }
    var alteration = Alteration(recording.frames, source)
    alteration.run()
    let frames = alteration.frames
    let end = (frames.last?.frame.time ?? recording.clock) + .seconds(2)
    let judgement = judge(recording.plan, frames: frames, until: end, losses: alteration.losses)
    let verdict = judgement.verdict
    try require(judgement.roles.count == frames.count, "\(judgement.roles.count) roles of \(frames.count)")
    try require(!verdict.summary.isEmpty, "a verdict without a summary")
    try require(verdict.details.count <= 120, "\(verdict.details.count) lines of details")
    if verdict.outcome == .pass || verdict.outcome == .warn {
      try require(alteration.losses == 0, "\(verdict.outcome) in spite of losses")
      let proof = Proof(recording.plan, frames)
      try proof.check(verdict)
    }
    try checkReplay(recording.plan, frames, until: end, losses: alteration.losses, judgement)
    if alteration.losses == 0 { try checkParts(recording.plan, frames, verdict) }
  }

  /// The trial of an input, its frames with their roles, and the verdict.
  static func describe(_ input: [UInt8]) -> String {
    var source = ByteSource(input)
    let name = source.line() ?? "\(source.number(2))"
    guard let recording = BundledTrials.shared.recording(named: name) else { return "no trial" }
    var alteration = Alteration(recording.frames, source)
    alteration.run()
    let end = (alteration.frames.last?.frame.time ?? recording.clock) + .seconds(2)
    let judgement = judge(recording.plan, frames: alteration.frames, until: end, losses: alteration.losses)
    let lines = zip(alteration.frames, judgement.roles).map { frame, role in
      "\(frame.frame.time.nanoseconds) \(frame.isOutgoing ? ">" : "<") \(frame.dissection.summary): \(role)"
    }
    return ([recording.plan.id] + lines + [judgement.verdict.outcome.rawValue, judgement.verdict.summary])
      .joined(separator: "\n")
  }

  /// The verdict on what a capture file gives back is the same.
  private static func checkReplay(
    _ plan: TrialPlan,
    _ frames: [TrialFrame],
    until end: Timestamp,
    losses: Int,
    _ judgement: Judgement
  ) throws(BrokenProperty) {
    let isStorable = frames.allSatisfy {
      $0.frame.time.nanoseconds >= 0 && $0.frame.time != .distantFuture
        && $0.frame.originalLength >= $0.frame.bytes.count
    }
    var replayed = frames
    if isStorable {
      var writer = PcapngWriter(section: CaptureSection(), interfaces: [CaptureInterface(name: "near")])
      for frame in frames {
        let packet = CapturedPacket(
          time: frame.frame.time,
          bytes: frame.frame.bytes,
          originalLength: frame.frame.originalLength
        )
        guard (try? writer.write(packet)) != nil else { throw BrokenProperty("a frame can't be written") }
      }
      guard let read = try? CaptureFile.read(bytes: writer.takeBytes()).frames(), read.count == frames.count
      else { throw BrokenProperty("the written capture can't be read") }
      replayed = zip(frames, read).map { frame, again in
        TrialFrame(again, Dissection(again.bytes), isOutgoing: frame.isOutgoing)
      }
    }
    let again = judge(plan, frames: replayed, until: end, losses: losses)
    try require(
      again.verdict == judgement.verdict && again.roles == judgement.roles
        && again.roundTrips == judgement.roundTrips,
      "the same frames were judged \(judgement.verdict.summary), then \(again.verdict.summary)"
    )
  }

  /// What was proved stays proved, whatever comes later.
  private static func checkParts(
    _ plan: TrialPlan,
    _ frames: [TrialFrame],
    _ verdict: Verdict
  ) throws(BrokenProperty) {
    let part = Array(frames.prefix(frames.count * 2 / 3))
    guard let last = part.last else { return }
    let early = judge(plan, frames: part, until: last.frame.time).verdict
    guard early.outcome == .pass || early.outcome == .warn || early.outcome == .fail else { return }
    try require(
      early.outcome == verdict.outcome && early.reason == verdict.reason,
      "\(early.outcome) after \(part.count) frames became \(verdict.outcome): \(verdict.summary)"
    )
  }
}
