internal import Capture
internal import Craft
internal import Judge
internal import Suite
internal import Wire

/// The search for the packets after which the target stops answering.
struct Inquiry {
  /// The trial that did it alone; nil when only several together may have done it.
  let culprit: QueuedTrial?
  /// What its frames proved.
  let verdict: Verdict?
  /// Trials whose packets may have a part in it.
  let companions: [QueuedTrial]
  var investigation: Investigation
  /// Plans of the latest attempt, for words on packets.
  var plans: [TrialPlan]
  /// What is kept of it for those who judge the run again.
  var record: InquiryRecord
  private let began: Timestamp

  /// A target that takes its time to restart isn't sent to it more often than fits in here.
  private static let mostTime = Duration.seconds(240)

  init(
    _ record: InquiryRecord,
    culprit: QueuedTrial?,
    verdict: Verdict?,
    companions: [QueuedTrial],
    plans: [TrialPlan],
    at now: Timestamp
  ) {
    self.record = record
    investigation = record.investigation
    self.culprit = culprit
    self.verdict = verdict
    self.companions = companions
    self.plans = plans
    began = now
  }

  /// The trial that an attempt runs under.
  var subject: QueuedTrial? { culprit ?? companions.last }

  /// The next attempt; nil when the search is over.
  mutating func nextAttempt(at now: Timestamp) -> QueuedTrial? {
    if now - began > Self.mostTime {
      record.isAbandoned = true
      investigation.abandon()
    }
    guard var attempt = subject, let sequence = investigation.next() else { return nil }
    attempt.attempt += investigation.attempts
    attempt.isAlone = true
    attempt.sequence = sequence
    return attempt
  }

  /// The trial to blame: the one whose packet was the last.
  var blamed: String? {
    culprit?.trial.id ?? investigation.shortest?.packets.last?.trial
  }

  /// The verdict on the trial to blame.
  func finding() -> Verdict {
    var details = verdict?.details ?? []
    var text =
      "The target stopped answering: it answered the control probe before the stimulus and none after it"
    if let shortest = investigation.shortest {
      let lines = shortest.packets.map(line)
      let number = lines.count == 1 ? "1 packet is enough" : "\(lines.count) packets in a row are enough"
      text += ", also when nothing else was sent. \(number): \(lines.prefix(3).joined(separator: "; "))"
      text += lines.count > 3 ? "; and \(lines.count - 3) more." : "."
      details.append("The shortest sequence known to do it:")
      details += lines.enumerated().map { "  \($0 + 1). \($1)" }
    } else {
      text += ", also when the trial ran alone."
      if investigation.attempts > 0 { text += " Its packets by themselves didn't do it again." }
    }
    if investigation.attempts > 0 { details.append("Found by \(investigation.attempts) further attempts.") }
    if investigation.isCutShort { details.append("Shorter sequences weren't all tried.") }
    if let least = record.silences.min(), let most = record.silences.max() {
      let range = seconds(least) == seconds(most) ? seconds(least) : "\(seconds(least)) to \(seconds(most))"
      details.append("It answered again after \(range).")
    }
    if !record.isBack { details.append("It didn't come back.") }
    return Verdict(.fail, .targetStoppedAnswering, text, details: details)
  }

  private func line(_ packet: PacketSequence.Packet) -> String {
    let place = "step \(packet.step + 1)"
    guard let plan = plans.first(where: { $0.id == packet.trial }), let stimulus = plan.stimulus(packet.step),
      stimulus.frames.indices.contains(packet.frame)
    else { return "\(packet.trial), \(place), frame \(packet.frame + 1)" }
    let frame = stimulus.frames.count > 1 ? " (frame \(packet.frame + 1) of \(stimulus.frames.count))" : ""
    let trial = packet.trial == culprit?.trial.id ? "" : "\(packet.trial), "
    return "\(trial)\(place)\(frame): \(Dissection(stimulus.frames[packet.frame].bytes).summary)"
  }
}
