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
    log.noteAttempt(of: again.trial.id, from: flight.began, to: link.now())
    return true
  }

  /// A target that goes down again and again isn't excused for ever.
  private static let mostExcuses = 6

  /// A trial landed that flew alone because the target had been silent after it.
  mutating func landSuspect(_ flight: Flight, _ verdict: Verdict) {
    let now = link.now()
    guard verdict.reason == .controlUnansweredAfter else {
      if let incident = flight.queued.incident {
        note(flight, at: now)
        cleared.append(
          Cleared(queued: flight.queued, verdict: verdict, plan: flight.plan, incident: incident)
        )
      } else {
        close(flight, verdict)
      }
      return
    }
    note(flight, at: now)
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
      before.isEmpty ? Investigation(of: own) : Investigation(among: own.packets.isEmpty ? [] : sequences),
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
    func plan(of queued: QueuedTrial) -> TrialPlan? {
      for salt in 0..<16 {
        if let plan = try? craft(queued, endpoints(for: queued, seat: seat, salt: salt)) { return plan }
      }
      return nil
    }
    let names = Set(sequence.packets.map(\.trial))
    let others = inquiry.companions.filter { names.contains($0.trial.id) && $0.trial.id != attempt.trial.id }
      .compactMap { plan(of: $0) }
    guard let own = plan(of: attempt) else { return false }
    self.inquiry?.plans = others + [own]
    let reduced = own.sending(sequence, with: others)
    flights[seat] = Flight(attempt, plan: reduced, timing: options.timing, at: link.now(), losses: lostSoFar)
    attribution.enter(reduced, seat: seat, watchesResolution: attempt.watchesResolution)
    return true
  }

  /// An attempt of an inquiry landed.
  mutating func landAttempt(_ flight: Flight, _ verdict: Verdict) {
    note(flight, at: link.now())
    inquiry?.investigation.learn(isLethal: verdict.reason == .controlUnansweredAfter)
  }

  /// Files what an inquiry found.
  mutating func closeInquiry(isBack: Bool) {
    guard let inquiry else { return }
    self.inquiry = nil
    // Nothing new came of trying suspects together.
    guard inquiry.culprit != nil || inquiry.investigation.shortest != nil, let blamed = inquiry.blamed else {
      return
    }
    let verdict = inquiry.finding(isBack: isBack)
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
        Investigation(among: [PacketSequence(packets)]),
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

  private mutating func note(_ flight: Flight, at now: Timestamp) {
    log.noteAttempt(of: flight.queued.trial.id, from: flight.began, to: now)
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
