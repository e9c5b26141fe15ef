internal import Capture
internal import Craft
internal import Judge
internal import Link
internal import Suite
internal import Wire

/// Trials after which the target stopped answering: each runs alone, and what they sent is narrowed down.
extension Runner {
  /// A trial landed while the target answered nobody; false if that says nothing of it.
  mutating func landInOutage(_ flight: Flight, _ verdict: Verdict) -> Bool {
    guard health.wasOut(since: flight.began), flight.queued.excused < Self.mostExcuses else { return false }
    var again = flight.queued
    again.attempt += 1
    again.excused += 1
    switch verdict.reason {
    case .controlUnansweredBefore:
      // It was never tried.
      again.isAlone ? queue.pushSuspect(again) : queue.pushAgain(again)
    case .controlUnansweredAfter, .missingAnswer, .discouragedSilence:
      // What is missing then is no proof, and who spoke last may be to blame.
      if flight.queued.isAlone { return false }
      again.earlier.append(verdict)
      again.incident = health.number
      again.suspectedAt = flight.stimulusTime
      queue.pushSuspect(again)
    default: return false
    }
    log.excused(flight.number, again, isUntried: verdict.reason == .controlUnansweredBefore)
    return true
  }

  /// A target that goes down again and again isn't excused for ever.
  private static let mostExcuses = 6

  /// A trial landed that flew alone because the target had been silent after it.
  mutating func landSuspect(_ flight: Flight, _ verdict: Verdict) {
    let now = link.now()
    guard verdict.reason == .controlUnansweredAfter else {
      if let incident = flight.queued.incident {
        note(flight)
        cleared.append(
          Cleared(queued: flight.queued, verdict: verdict, plan: flight.plan, incident: incident)
        )
      } else {
        close(flight, verdict)
      }
      return
    }
    note(flight)
    flight.queued.incident.map { _ = explained.insert($0) }
    let own = flight.plan.packetSequence
    let others = cleared.filter { $0.incident == flight.queued.incident }
    let before = others.map(\.plan.packetSequence.packets)
    // Alone in the air isn't alone in the target's memory: others ran before it.
    let sequences =
      [own]
      + (before.last.map { [PacketSequence($0 + own.packets)] } ?? [])
      + (before.count > 1 ? [PacketSequence(before.joined() + own.packets)] : [])
    inquiry = Inquiry(
      InquiryRecord(
        culprit: flight.queued.trial.id,
        companions: others.map(\.queued.trial.id),
        sequences: before.isEmpty ? [own] : own.packets.isEmpty ? [] : sequences,
        isKnown: before.isEmpty
      ),
      culprit: flight.queued,
      verdict: verdict,
      companions: others.map(\.queued),
      plans: others.map(\.plan) + [flight.plan],
      at: now
    )
  }

  /// Begins the next attempt of an inquiry, or ends it; the air is empty.
  mutating func inquire() {
    let now = link.now()
    guard let attempt = inquiry?.nextAttempt(at: now) else { return closeInquiry(isBack: true) }
    guard let seat = personas.acquire() else { return }
    if !beginAttempt(attempt, seat: seat) {
      personas.release(seat)
      inquiry?.investigation.learn(isLethal: false)
    }
  }

  /// Crafts the frames of an inquiry's attempt and lets it fly; false if they can't be crafted.
  private mutating func beginAttempt(_ attempt: QueuedTrial, seat: Int) -> Bool {
    guard let sequence = attempt.sequence, let inquiry else { return false }
    var record = record(of: attempt, seat: seat)
    guard let own = try? seating.firstPlan(attempt, &record) else { return false }
    let names = Set(sequence.packets.map(\.trial))
    var others: [TrialPlan] = []
    for companion in inquiry.companions
    where names.contains(companion.trial.id) && companion.trial.id != attempt.trial.id {
      var part = self.record(of: companion, seat: seat)
      guard let plan = try? seating.firstPlan(companion, &part) else { continue }
      record.companions = (record.companions ?? []) + [part]
      others.append(plan)
    }
    self.inquiry?.plans = others + [own]
    takeOff(attempt, record, own.sending(sequence, with: others))
    self.inquiry?.record.attempts.append(log.attempts.count - 1)
    return true
  }

  /// An attempt of an inquiry landed.
  mutating func landAttempt(_ flight: Flight, _ verdict: Verdict) {
    note(flight)
    inquiry?.investigation.learn(isLethal: verdict.reason == .controlUnansweredAfter)
  }

  /// Files what an inquiry found.
  mutating func closeInquiry(isBack: Bool) {
    guard var inquiry else { return }
    self.inquiry = nil
    inquiry.record.isBack = isBack
    log.inquiries.append(inquiry.record)
    // Nothing new came of trying suspects together.
    guard inquiry.culprit != nil || inquiry.investigation.shortest != nil, let blamed = inquiry.blamed else {
      return
    }
    let verdict = inquiry.finding()
    if let culprit = inquiry.culprit {
      close(culprit, verdict)
    } else if let place = cleared.firstIndex(where: { $0.queued.trial.id == blamed }) {
      cleared[place].queued.earlier.append(cleared[place].verdict)
      cleared[place].verdict = verdict
    }
  }

  /// All trials are over: tries those together that did nothing alone, then files their verdicts.
  mutating func settleCleared() {
    for incident in Set(cleared.map(\.incident)).subtracting(explained).sorted() {
      explained.insert(incident)
      let suspects = cleared.filter { $0.incident == incident }.suffix(Self.mostTogether)
      let packets = suspects.flatMap(\.plan.packetSequence.packets)
      guard suspects.count > 1, !packets.isEmpty else { continue }
      inquiry = Inquiry(
        InquiryRecord(
          companions: suspects.map(\.queued.trial.id),
          sequences: [PacketSequence(packets)],
          isKnown: false
        ),
        culprit: nil,
        verdict: nil,
        companions: suspects.map(\.queued),
        plans: suspects.map(\.plan),
        at: link.now()
      )
      return
    }
    for suspect in cleared { close(suspect.queued, suspect.verdict) }
    cleared = []
  }

  /// More suspects than this aren't tried together.
  private static let mostTogether = 32

  private mutating func note(_ flight: Flight) {
    log.serialWindows += flight.plan.serialWindow(options.timing)
  }
}

/// A suspect that did nothing when it ran alone.
struct Cleared {
  var queued: QueuedTrial
  var verdict: Verdict
  let plan: TrialPlan
  /// The outage that it was in the air at.
  let incident: Int
}
