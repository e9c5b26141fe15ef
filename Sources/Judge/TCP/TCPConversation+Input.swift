public import Capture
public import Craft

extension TCPConversation {
  /// Takes a segment of the peer in [RFC 9293 3.10.7].
  public mutating func received(_ segment: TCPSegment, at time: Timestamp) -> [Action] {
    guard owns(segment) else { return [] }
    switch state {
    case .idle, .closed: return []
    case .synSent: return answered(segment, at: time)
    default: break
    }
    guard isAcceptable(segment) else {
      return segment.flags.contains(.rst) ? [] : acknowledgement
    }
    if segment.flags.contains(.rst) {
      // RFC 5961 3.2: only the exact number resets; others in the window are asked about.
      guard segment.sequence == remoteNext else { return challenge }
      let wasWanted = [.closing, .lastAck, .timeWait].contains(state)
      end()
      return [wasWanted ? .closed : .reset]
    }
    // RFC 5961 4.2
    if segment.flags.contains(.syn) { return challenge }
    guard segment.flags.contains(.ack) else { return [] }
    var actions: [Action] = []
    if state == .synReceived {
      guard segment.acknowledgement == localNext else { return [.send(reset(answering: segment))] }
      state = .established
      actions.append(.established)
    }
    guard take(acknowledgementOf: segment, at: time, &actions) else { return challenge }
    take(dataOf: segment, &actions)
    return actions
  }

  /// The answer to the segment that opened the connection [RFC 9293 3.10.7.3].
  private mutating func answered(_ segment: TCPSegment, at time: Timestamp) -> [Action] {
    let acknowledges = segment.flags.contains(.ack)
    if acknowledges, segment.acknowledgement != localNext {
      return segment.flags.contains(.rst) ? [] : [.send(reset(answering: segment))]
    }
    if segment.flags.contains(.rst) {
      guard acknowledges else { return [] }
      end()
      return [.refused]
    }
    guard segment.flags.contains(.syn) else { return [] }
    remoteInitial = segment.sequence
    remoteNext = segment.sequence + 1
    remoteSegmentSize = segment.maximumSegmentSize
    remoteWindow = Int(segment.window)
    guard acknowledges else {
      // Both opened at once.
      state = .synReceived
      outstanding.removeAll()
      localNext = parameters.initialSequence
      return [.send(queued([.syn, .ack], size: parameters.maximumSegmentSize))]
    }
    forget(upTo: segment.acknowledgement)
    (attempt, deadline) = (0, nil)
    state = .established
    var actions: [Action] = [.established]
    // What comes with the SYN begins behind it.
    var rest = segment
    rest.sequence = remoteNext
    rest.flags.remove(.syn)
    take(dataOf: rest, &actions)
    // The acknowledgement rides on the data, if there is any.
    let data = push(at: time)
    return actions + (data.isEmpty && rest.length == 0 ? challenge : data)
  }

  /// Whether any of a segment is in the window [RFC 9293 3.10.7.4].
  private func isAcceptable(_ segment: TCPSegment) -> Bool {
    let window = Int(parameters.window)
    if segment.length == 0 { return segment.sequence.isIn(max(1, window), from: remoteNext) }
    return segment.sequence.isIn(window, from: remoteNext)
      || (segment.end + -1).isIn(window, from: remoteNext)
      // It begins before the window and ends behind it.
      || segment.sequence - remoteNext < 0 && segment.end - remoteNext > 0
  }

  /// Deals with what a segment acknowledges; false if it speaks of what was never sent.
  private mutating func take(
    acknowledgementOf segment: TCPSegment,
    at time: Timestamp,
    _ actions: inout [Action]
  ) -> Bool {
    let number = segment.acknowledgement
    guard number - localNext <= 0 else { return false }
    guard number - localUnacknowledged >= 0 else { return true }
    let isNew = number - localUnacknowledged > 0
    if isNew {
      forget(upTo: number)
      attempt = 0
      deadline = outstanding.isEmpty ? nil : time + wait
    }
    remoteWindow = Int(segment.window)
    let isFinAcknowledged = closes && isAllAcknowledged
    actions += push(at: time)
    if isNew, isAllAcknowledged { actions.append(.acknowledged) }
    guard isFinAcknowledged else { return true }
    switch state {
    case .finWait1: state = .finWait2
    case .closing:
      state = .timeWait
      actions.append(.closed)
    case .lastAck:
      end()
      actions.append(.closed)
    default: break
    }
    return true
  }

  /// Drops what the peer has from the memory of what was sent.
  private mutating func forget(upTo number: SequenceNumber) {
    localUnacknowledged = number
    outstanding.removeAll { $0.end - number <= 0 }
  }

  /// Takes the data and the FIN of a segment, in their turn, and acknowledges them.
  private mutating func take(dataOf segment: TCPSegment, _ actions: inout [Action]) {
    guard segment.length > 0, state != .closed else { return }
    if segment.sequence - remoteNext > 0 {
      if early.count < Self.earlyLimit { early.append(segment) }
    } else {
      let before = remoteNext
      deliver(segment)
      while let next = early.firstIndex(where: { $0.sequence - remoteNext <= 0 }) {
        deliver(early.remove(at: next))
      }
      let octets = remoteNext - before - (isFinished ? 1 : 0)
      if octets > 0 { actions.append(.received(octets)) }
    }
    actions += acknowledgement
    guard isFinished else { return }
    switch state {
    case .established:
      state = .closeWait
      actions.append(.finished)
    case .finWait1:
      state = .closing
      actions.append(.finished)
    case .finWait2:
      state = .timeWait
      actions += [.finished, .closed]
    default: break
    }
  }

  /// Takes what is new of a segment that begins no later than what is expected next.
  private mutating func deliver(_ segment: TCPSegment) {
    guard !isFinished else { return }
    let known = remoteNext - segment.sequence
    let isWhole = known <= segment.payload.count
    let fresh = isWhole ? segment.payload.dropFirst(known).prefix(Int(parameters.window)) : []
    stream += fresh.prefix(max(0, Self.streamLimit - stream.count))
    remoteNext = remoteNext + fresh.count
    if segment.flags.contains(.fin), remoteNext == segment.end + -1 {
      isFinished = true
      remoteNext = segment.end
    }
  }

  /// So many segments before their turn are kept.
  private static let earlyLimit = 64

  /// Says what came, unless that is withheld.
  private var acknowledgement: [Action] { withheld == nil ? challenge : [] }

  /// Says what is expected next, whatever is withheld.
  private var challenge: [Action] { [.send(segment([.ack], at: localNext))] }

  /// A reset for a segment that fits nothing [RFC 9293 3.10.7.1].
  private func reset(answering segment: TCPSegment) -> TCPSegment {
    self.segment([.rst], at: segment.acknowledgement)
  }
}
