internal import Capture
internal import Craft
internal import Wire

extension Evaluator {
  /// Takes in a frame of the trial.
  public mutating func captured(_ arrival: TrialFrame) {
    let (frame, dissection, isOutgoing) = (arrival.frame, arrival.dissection, arrival.isOutgoing)
    if !isOver, settled == nil, let lastTime, lastTime - frame.time > Self.stampDisorder {
      stampsWentBack = true
    }
    tick(at: frame.time)
    if arrival.isDoubtful { return doubt(dissection, at: frame.time) }
    if !isOutgoing || !isPartingReset(frame.bytes) { lastTime = frame.time }
    moment = frame.time
    let index = roles.count
    roles.append("")
    let waiting = pending.count
    if isOutgoing {
      roles[index] = left(frame, dissection)
    } else {
      roles[index] = arrived(frame, dissection, index: index)
      if pending.count > waiting { takePending(from: waiting) }
    }
  }

  /// A frame came that is another trial's or this one's: what a target sends of its own account is neither's.
  private mutating func doubt(_ dissection: Dissection, at time: Timestamp) {
    roles.append(TrialFrame.doubtfulRole)
    if isOver || settled != nil || Noise.name(of: dissection) != nil { return }
    if case .control(.before, _, _) = phase { return }
    hasDoubts = true
    log(time, "in doubt  \(dissection.summary)")
  }

  /// A frame of ours was seen on the wire.
  private mutating func left(_ frame: CapturedFrame, _ dissection: Dissection) -> String {
    if frame.arm == .far, plan.control.isThrough, ControlProbe.isPersonasReply(dissection) {
      return "control reply on its way back"
    }
    if frame.arm == .near, let sequence = plan.control.sequence(ofRequest: frame.bytes, dissection) {
      controls.left(sequence, at: frame.time)
      noteDeparture(at: frame.time)
      if case .control(let purpose, let attempt, _) = phase, let this = controls.attempt(of: sequence),
        this >= attempt
      {
        phase = .control(purpose, attempt: this, deadline: frame.time + controlWait(this))
      }
      return "control request \(sequence)"
    }
    if case .control = phase, case let request = plan.control.request(sequence: controls.last),
      isSpoiled(frame.bytes, request)
    {
      // The target's answer to it would look like one to nothing.
      finish(altered("control probe", crafted: request, captured: frame.bytes))
      return "control request, not as crafted"
    }
    if !isAwaitedStimulus(frame.bytes), let role = leftConversation(frame, dissection) { return role }
    if case .sending(let next, var unseen, let start, let deadline) = phase, let stimulus = currentStimulus {
      if frame.arm == stimulus.arm,
        let position = unseen.firstIndex(where: { stimulus.frames[$0].bytes == frame.bytes })
      {
        let number = unseen.remove(at: position)
        departed.append(frame.bytes)
        noteDeparture(at: frame.time, dueAfter: stimulus.frames[number].offset)
        if origin == nil { origin = frame.time }
        if stimulusTime == nil { stimulusTime = frame.time }
        if !isExchangeOpen {
          isExchangeOpen = true
          answersCountFrom = frame.time
        }
        departureTime = frame.time
        let side = place(frame.arm)
        log(frame.time, "sent      \(dissection.summary)\(side)")
        let role = "step \(step + 1): stimulus"
        if unseen.isEmpty {
          step += 1
          enterStep(at: frame.time)
        } else {
          phase = .sending(
            next: max(next, stimulus.frames.count - unseen.count),
            unseen: unseen,
            start: start,
            deadline: deadline
          )
        }
        return role
      }
      if frame.originalLength > frame.bytes.count,
        unseen.contains(where: { stimulus.frames[$0].bytes.starts(with: frame.bytes) })
      {
        finish(cutShort(frame, "the stimulus"))
        return "cut short by the capture"
      }
      if departed.contains(frame.bytes) { return "sent, seen twice" }
      if let place = unseen.first(where: { isSpoiled(frame.bytes, stimulus.frames[$0].bytes) }) {
        finish(altered("stimulus", crafted: stimulus.frames[place].bytes, captured: frame.bytes))
        return "step \(step + 1): not as crafted"
      }
      if Noise.name(of: dissection) == nil {
        alteredFrame = frame.bytes
        log(frame.time, "altered   \(dissection.summary)")
        return "step \(step + 1): not as crafted"
      }
    }
    return Noise.name(of: dissection).map { "\($0), answered for the persona" } ?? "sent"
  }

  /// Whether the current step sends these octets and hasn't seen them leave; they might be a connection's as well.
  private func isAwaitedStimulus(_ bytes: [UInt8]) -> Bool {
    guard case .sending(_, let unseen, _, _) = phase, let frames = currentStimulus?.frames else {
      return false
    }
    return unseen.contains { frames[$0].bytes == bytes }
  }

  /// A frame of the target arrived.
  private mutating func arrived(_ frame: CapturedFrame, _ dissection: Dissection, index: Int) -> String {
    if frame.arm == .far, plan.control.isThrough, ControlProbe.isPassedOn(dissection) {
      return "control request, passed on"
    }
    if frame.arm == .near, let sequence = plan.control.sequence(ofReply: dissection) {
      if controls.answer(sequence, at: frame.time) { controlAnswered(at: frame.time) }
      return "control reply \(sequence)"
    }
    guard !isOver else { return "after the verdict" }
    if let noise = Noise.name(of: dissection), !Noise.isNamed(dissection, by: plan),
      !isPassedOn(dissection)
    {
      return noise
    }
    if case .control(.before, _, _) = phase {
      let remark = dissection.remarks.first.map { " (\($0.text))" } ?? ""
      strayBefore = dissection.summary + remark
      return "before the stimulus"
    }
    if frame.originalLength > frame.bytes.count {
      finish(cutShort(frame, "an answer"))
      return "cut short by the capture"
    }
    let side = place(frame.arm)
    log(frame.time, "received  \(dissection.summary)\(side)")
    if let remark = dissection.remarks.first(where: { !$0.isQuoted && Self.isMalformation($0.kind) }),
      !isOurFault(remark, in: dissection)
    {
      finish(malformed(dissection, remark, at: frame.time))
      return "malformed: \(remark.text)"
    }
    let candidate = Candidate(
      time: frame.time,
      bytes: frame.bytes,
      frame: dissection,
      index: index,
      arm: frame.arm
    )
    guard !keepsFragments else { return add(candidate) }
    switch reassembler.add(dissection, index: index) {
    case .whole:
      return add(candidate)
    case .held:
      held.append(candidate)
      return "fragment"
    case .complete(let bytes, let pieces):
      taken.formUnion(held.filter { pieces.contains($0.index) }.map(\.likeness))
      taken.insert(candidate.likeness)
      held.removeAll { pieces.contains($0.index) }
      let whole = Dissection(bytes)
      log(frame.time, "together  \(whole.summary)")
      if let remark = whole.remarks.first(where: { !$0.isQuoted && Self.isMalformation($0.kind) }) {
        finish(malformed(whole, remark, at: frame.time))
        return "malformed when put together: \(remark.text)"
      }
      return add(
        Candidate(time: frame.time, bytes: bytes, frame: whole, index: index, arm: frame.arm)
      )
    }
  }

  private mutating func add(_ candidate: Candidate) -> String {
    let role = arrivedConversation(candidate)
    var candidate = candidate
    candidate.isOfConnection = role != nil
    pending.append(candidate)
    if let pattern = forbidden.first(where: { $0.differences(in: candidate).isEmpty }) {
      finish(forbiddenFrame(candidate, pattern))
      return "forbidden"
    }
    proceed(at: candidate.time)
    return role ?? "not expected by any step"
  }

  /// Whether a frame is a crafted one with a few octets changed on the way out.
  func isSpoiled(_ bytes: [UInt8], _ crafted: [UInt8]) -> Bool {
    bytes.count == crafted.count && (1...8).contains(zip(bytes, crafted).count { $0 != $1 })
  }

  /// Whether what is wrong about a frame was so when Assay sent it, and the target only passed it on.
  private func isOurFault(_ remark: Remark, in frame: Dissection) -> Bool {
    remark.layer != .ipv4 && isPassedOn(frame)
  }

  /// Whether a frame is what a step waits for that the target passes on, whatever it looks like.
  private func isPassedOn(_ frame: Dissection) -> Bool {
    plan.control.isThrough
      && plan.patterns.contains { pattern in
        pattern.layers.contains { $0.forwarded != nil } && pattern.differences(in: frame).isEmpty
      }
  }

  private static func isMalformation(_ kind: Remark.Kind) -> Bool {
    switch kind {
    case .checksum, .length, .truncated, .version: true
    case .option, .trailing, .depth: false
    }
  }
}
