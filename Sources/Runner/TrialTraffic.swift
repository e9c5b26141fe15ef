internal import Capture
internal import Craft
internal import Judge
internal import Wire

/// What a live run and one that is judged again have in common: trials in the air, and captured frames that belong to
/// them.
protocol TrialTraffic {
  var attribution: Attribution { get set }
  /// Trials in flight, by seat.
  var flights: [Int: Flight] { get set }
  var log: RunLog { get set }
  /// The target as trials see it.
  var targetHost: Host { get }
  /// The target on its far side, if it has one.
  var farTarget: Host? { get }
  /// Whether the target's limits on ICMP errors were measured.
  var hasMeasuredErrors: Bool { get }
}

/// Whose a captured frame is.
struct FrameOwner {
  /// Whether Assay sent it.
  var isOurs: Bool
  /// Whether it has nothing to do with trials, whatever its addresses are.
  var isOutsideTrials = false
  /// The seat of the trial it belongs to; nil when it belongs to none.
  var seat: Int?
}

extension TrialTraffic {
  /// What the trial in a seat wants now; frames that it wants sent are noted as departing.
  mutating func want(of seat: Int, at now: Timestamp) -> Evaluator.Want? {
    let want = flights[seat]?.evaluator.next(at: now)
    if case .send(let frames)? = want {
      let isLate = flights[seat]?.plan.isCraftedLate ?? false
      for frame in frames { attribution.departs(frame.bytes, seat: seat, isLate: isLate) }
    }
    return want
  }

  /// Keeps a captured frame, and hands it to the trial it belongs to.
  mutating func file(_ frame: CapturedFrame, _ dissection: Dissection) -> FrameOwner {
    if let role = roleOutsideTrials(dissection) {
      _ = log.add(frame, role: role)
      return FrameOwner(isOurs: false, isOutsideTrials: true)
    }
    let sender = dissection.layer(.ethernet)?.value(of: "source")
    let isFromTarget = sender == .mac(targetHost.mac) || farTarget.map { sender == .mac($0.mac) } ?? false
    var seat = attribution.departed(frame.bytes)
    let isOurs = seat != nil || !isFromTarget && attribution.isOurs(dissection)
    var role = "not of a trial"
    var doubtful: Set<Int> = []
    if !isOurs {
      if isFromTarget {
        switch attribution.owner(ofAnswer: dissection) {
        case .trial(let owner): seat = owner
        case .oneOf(let seats): (role, doubtful) = (RecordedFrame.doubtful, seats)
        case .earlierTrial: role = RecordedFrame.late
        case .nobody: role = RecordedFrame.stray
        }
      }
    } else if seat == nil {
      seat = attribution.seat(ofAltered: dissection)
    }
    let index = log.add(frame, role: role)
    for seat in doubtful.sorted() {
      flights[seat]?.take(
        TrialFrame(frame, dissection, isOutgoing: false, isDoubtful: true),
        recordIndex: index
      )
    }
    guard let owner = seat, flights[owner] != nil else { return FrameOwner(isOurs: isOurs) }
    flights[owner]?.take(TrialFrame(frame, dissection, isOutgoing: isOurs), recordIndex: index)
    return FrameOwner(isOurs: isOurs, seat: owner)
  }

  /// Judges what a trial's frames prove, and notes what each of them was.
  ///
  /// - Parameters:
  ///   - flight: The trial, which is over.
  ///   - record: What is recorded of the attempt: all that the verdict depends on besides plan and frames.
  ///   - timing: How long to wait for what.
  /// - Returns: The verdict, and what each frame was.
  mutating func settle(_ flight: Flight, _ record: AttemptRecord, timing: Timing) -> Judgement {
    let judgement = judge(
      flight.plan,
      frames: flight.frames,
      until: record.ended,
      losses: record.lost,
      clockSteps: record.clockSteps ?? 0,
      timing: timing
    )
    let part = record.sequence.map { "attempt with \($0.packets.count) packets, " } ?? ""
    for (index, role) in zip(flight.records, judgement.roles) where role != TrialFrame.doubtfulRole {
      log.annotate(index, trial: flight.plan.id, role: part + role)
    }
    return judgement
  }

  /// What a frame is that belongs to no trial, whatever its addresses are; nil for others.
  private func roleOutsideTrials(_ frame: Dissection) -> String? {
    if RunProbe.isEcho(frame) { return "of the run, not of a trial" }
    // Nobody waits for it any more; but what quotes a trial's packet is that trial's, whatever it looks like.
    guard hasMeasuredErrors, ErrorProbe.number(quotedIn: frame) != nil, !attribution.knowsQuote(in: frame)
    else {
      return nil
    }
    return "from the target, late: error budget"
  }
}
