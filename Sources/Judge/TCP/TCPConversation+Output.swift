public import Capture
public import Craft

extension TCPConversation {
  /// A segment was seen leaving: the wait for its acknowledgement begins.
  public mutating func left(_ segment: TCPSegment, at time: Timestamp) {
    guard segment.length > 0, deadline == nil || segment.sequence == outstanding.first?.sequence,
      outstanding.contains(where: { $0.sequence == segment.sequence })
    else { return }
    deadline = time + wait
  }

  /// Lets the wait for an acknowledgement end, at its deadline.
  ///
  /// - Returns: The oldest segment once more, or that there is no sense in sending it again.
  public mutating func expire() -> [Action] {
    guard let deadline else { return [] }
    self.deadline = nil
    if outstanding.isEmpty {
      // The window has been shut since: one octet asks whether it still is [RFC 9293 3.8.6.1].
      guard isOpen, !unsent.isEmpty else { return [] }
      return [.send(queued([.ack, .psh], takeUnsent(1)))]
    }
    guard attempt + 1 < parameters.waits.count else {
      attempt += 1
      return attempt == parameters.waits.count ? [.timedOut] : []
    }
    attempt += 1
    if outstanding[0].flags.contains(.ack) { outstanding[0].acknowledgement = withheld ?? remoteNext }
    // Should it never be seen leaving, there is another try all the same.
    self.deadline = deadline + wait
    return [.send(outstanding[0])]
  }

  /// How long an acknowledgement of the oldest segment is waited for.
  var wait: Duration {
    parameters.waits.dropFirst(attempt).first ?? parameters.waits.last ?? .seconds(1)
  }

  /// Puts as much data into segments as the window takes, and the FIN behind it.
  mutating func push(at time: Timestamp) -> [Action] {
    guard [.established, .closeWait].contains(state) else { return [] }
    var actions: [Action] = []
    while !unsent.isEmpty {
      let room = remoteWindow - (localNext - localUnacknowledged)
      let count = min(unsent.count, segmentLimit, room)
      guard count > 0 else { break }
      let data = takeUnsent(count)
      actions.append(.send(queued(unsent.isEmpty ? [.ack, .psh] : [.ack], data)))
    }
    if unsent.isEmpty, closes {
      actions.append(.send(queued([.ack, .fin])))
      state = state == .closeWait ? .lastAck : .finWait1
    }
    if outstanding.isEmpty, !unsent.isEmpty, deadline == nil { deadline = time + wait }
    return actions
  }

  private mutating func takeUnsent(_ count: Int) -> [UInt8] {
    defer { unsent.removeFirst(count) }
    return Array(unsent.prefix(count))
  }

  /// A segment that takes sequence numbers, remembered until it is acknowledged.
  mutating func queued(
    _ flags: TCPSegment.Flags,
    _ payload: [UInt8] = [],
    size: UInt16? = nil
  ) -> TCPSegment {
    var result = segment(flags, at: localNext, payload)
    result.maximumSegmentSize = size
    localNext = result.end
    outstanding.append(result)
    return result
  }

  /// A segment of this end.
  func segment(
    _ flags: TCPSegment.Flags,
    at sequence: SequenceNumber,
    _ payload: [UInt8] = []
  ) -> TCPSegment {
    TCPSegment(
      from: parameters.localPort,
      to: parameters.remotePort,
      sequence: sequence,
      acknowledgement: flags.contains(.ack) ? withheld ?? remoteNext : SequenceNumber(0),
      flags: flags,
      window: parameters.window,
      payload: payload
    )
  }
}
