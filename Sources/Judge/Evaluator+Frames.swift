public import Capture
internal import Craft
public import Wire

extension Evaluator {
  /// Takes in a frame of the trial.
  ///
  /// - Parameters:
  ///   - frame: As captured.
  ///   - dissection: The same frame, taken apart.
  ///   - isOutgoing: Whether Assay sent it.
  public mutating func captured(_ frame: CapturedFrame, _ dissection: Dissection, isOutgoing: Bool) {
    tick(at: frame.time)
    let index = roles.count
    roles.append("")
    roles[index] = isOutgoing ? left(frame, dissection) : arrived(frame, dissection, index: index)
    if verdict == nil { takePending(at: frame.time) }
  }

  /// A frame of ours was seen on the wire.
  private mutating func left(_ frame: CapturedFrame, _ dissection: Dissection) -> String {
    if let sequence = plan.control.sequence(ofRequest: frame.bytes, dissection) {
      controls.left(sequence, at: frame.time)
      return "control request \(sequence)"
    }
    if case .sending(let next, var unseen, let start, let deadline) = phase, let stimulus = currentStimulus {
      if let position = unseen.firstIndex(where: { stimulus.frames[$0].bytes == frame.bytes }) {
        unseen.remove(at: position)
        if origin == nil { origin = frame.time }
        if stimulusTime == nil { stimulusTime = frame.time }
        if exchangeTime == nil { exchangeTime = frame.time }
        departureTime = frame.time
        log(frame.time, "sent      \(dissection.summary)")
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
      if Noise.name(of: dissection) == nil {
        sawAlteredFrame = true
        log(frame.time, "altered   \(dissection.summary)")
        return "step \(step + 1): not as crafted"
      }
    }
    return Noise.name(of: dissection).map { "\($0), answered for the persona" } ?? "sent"
  }

  /// A frame of the target arrived.
  private mutating func arrived(_ frame: CapturedFrame, _ dissection: Dissection, index: Int) -> String {
    if let sequence = plan.control.sequence(ofReply: dissection) {
      if controls.answer(sequence, at: frame.time) { controlAnswered(at: frame.time) }
      return "control reply \(sequence)"
    }
    guard verdict == nil else { return "after the verdict" }
    if let noise = Noise.name(of: dissection), !Noise.isNamed(dissection, by: plan) { return noise }
    if case .control(.before, _, _) = phase { return "before the stimulus" }
    if frame.originalLength > frame.bytes.count {
      finish(cutShort(frame))
      return "cut short by the capture"
    }
    log(frame.time, "received  \(dissection.summary)")
    if let remark = dissection.remarks.first(where: { !$0.isQuoted && Self.isMalformation($0.kind) }) {
      finish(malformed(dissection, remark, at: frame.time))
      return "malformed: \(remark.text)"
    }
    guard !keepsFragments else {
      return add(Candidate(time: frame.time, bytes: frame.bytes, frame: dissection, index: index))
    }
    switch reassembler.add(dissection) {
    case .whole:
      return add(Candidate(time: frame.time, bytes: frame.bytes, frame: dissection, index: index))
    case .held:
      return "fragment"
    case .complete(let bytes):
      let whole = Dissection(bytes)
      log(frame.time, "together  \(whole.summary)")
      if let remark = whole.remarks.first(where: { !$0.isQuoted && Self.isMalformation($0.kind) }) {
        finish(malformed(whole, remark, at: frame.time))
        return "malformed when put together: \(remark.text)"
      }
      return add(Candidate(time: frame.time, bytes: bytes, frame: whole, index: index))
    }
  }

  private mutating func add(_ candidate: Candidate) -> String {
    if forbidden.contains(where: { $0.differences(in: candidate.frame).isEmpty }) {
      finish(forbiddenFrame(candidate))
      return "forbidden"
    }
    pending.append(candidate)
    return "not expected by any step"
  }

  private static func isMalformation(_ kind: Remark.Kind) -> Bool {
    switch kind {
    case .checksum, .length, .truncated, .version: true
    case .option, .trailing, .depth: false
    }
  }
}
