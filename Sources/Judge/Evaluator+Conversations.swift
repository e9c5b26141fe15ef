internal import Capture
internal import Craft
internal import Suite
internal import Wire

/// TCP connections of a trial: they live beside the steps, from the one that opens them to the end.
extension Evaluator {
  /// The wait for what a step on a connection wants: as long as a lost segment is sent again.
  private func conversationWindow(_ within: Duration?) -> Duration {
    within ?? timing.controlWaits.reduce(.zero, +)
  }

  /// The connection that the current step is about, and how long it may take.
  private var currentConversation: (name: String, window: Duration)? {
    guard step < plan.steps.count else { return nil }
    switch plan.steps[step] {
    case .connect(let plan): return (plan.name, conversationWindow(plan.within))
    case .exchange(let exchange): return (exchange.connection, conversationWindow(exchange.within))
    case .close(let close): return (close.connection, conversationWindow(close.within))
    case .send, .expect, .forbid, .wait, .control: return nil
    }
  }

  private func talk(named name: String) -> Int? { talks.lastIndex { $0.plan.name == name } }

  /// Begins a step on a connection.
  mutating func converse(at now: Timestamp) {
    var actions: [TCPConversation.Action] = []
    if case .connect(let plan) = self.plan.steps[step] {
      if plan.expected != nil, isInCase { assertions += 1 }
      talks.append(Talk(plan, waits: timing.controlWaits))
      actions = talks[talks.count - 1].client.open()
    }
    guard let (name, window) = currentConversation, let index = talk(named: name) else {
      return finish(Verdict(.error, .craftFailed, "The case uses a connection that it didn't open."))
    }
    if case .exchange(let exchange) = plan.steps[step] {
      if let acknowledges = exchange.acknowledges {
        actions += talks[index].client.acknowledge(acknowledges)
      }
      // What came before the question is no answer to it.
      let start = exchange.data.isEmpty ? talks[index].search.position : talks[index].client.stream.count
      var wanted: [UInt8] = []
      if case .octets(let octets) = exchange.expected { wanted = octets }
      talks[index].search = StreamSearch(for: wanted, from: start)
      if exchange.expected != .nothing, isInCase { assertions += 1 }
      if !exchange.data.isEmpty { actions += talks[index].client.send(exchange.data, at: now) }
    }
    if case .close(let close) = plan.steps[step] {
      actions += close.how == .fin ? talks[index].client.close(at: now) : talks[index].client.abort()
    }
    let isSending = actions.contains { if case .send(let segment) = $0 { segment.isStimulus } else { false } }
    phase = .conversing(deadline: isSending ? nil : now + window, hasLeft: !isSending)
    perform(actions, on: index)
    proceed(at: now)
  }

  /// Hands out the frames of what a connection wants to send.
  private mutating func perform(_ actions: [TCPConversation.Action], on index: Int) {
    outbox += talks[index].frames(of: actions).map { OutgoingFrame($0) }
  }

  /// Whether a frame of ours belongs to a connection, and what it is.
  mutating func leftConversation(_ frame: CapturedFrame, _ dissection: Dissection) -> String? {
    for index in talks.indices {
      guard let segment = talks[index].left(frame.bytes, at: frame.time) else { continue }
      if origin == nil { origin = frame.time }
      log(frame.time, "sent      \(dissection.summary)")
      if case .parting(let verdict, _) = phase {
        if talks.allSatisfy(\.unseen.isEmpty) { conclude(with: verdict) }
      } else if segment.isStimulus, let (name, window) = currentConversation,
        name == talks[index].plan.name, case .conversing(_, false) = phase
      {
        stimulusTime = frame.time
        departureTime = frame.time
        phase = .conversing(deadline: frame.time + window, hasLeft: true)
        proceed(at: frame.time)
      }
      return "\(talks[index].plan.name): \(segment.kindName)"
    }
    if isPartingReset(frame.bytes) { return "reset, when the run was over" }
    let isSpoiled = dissection.remarks.contains { $0.kind == .checksum }
    if isSpoiled, talks.contains(where: { $0.unseen.contains { self.isSpoiled(frame.bytes, $0) } }) {
      finish(altered("TCP segment"))
      return "TCP segment, not as crafted"
    }
    return nil
  }

  /// Whether a frame is one by which a run breaks a connection off when it is over.
  ///
  /// A run that didn't see a frame of its own leave ends before the judge, who has only the capture, knows.
  func isPartingReset(_ bytes: [UInt8]) -> Bool {
    talks.contains { talk in
      var client = talk.client
      guard case .send(let reset)? = client.abort().first else { return false }
      return talk.plan.frame(of: reset).bytes == bytes
    }
  }

  /// Whether a frame of the target belongs to a connection, and what it is; an unwanted reset is nobody's.
  mutating func arrivedConversation(_ candidate: Candidate) -> String? {
    for index in talks.indices {
      guard let segment = talks[index].plan.segment(in: candidate.frame) else { continue }
      let before = talks[index].client.state
      talks[index].note(candidate.frame)
      let actions = talks[index].client.received(segment, at: candidate.time)
      perform(actions, on: index)
      let name = "\(talks[index].plan.name): \(segment.kindName)"
      talks[index].search.look(at: talks[index].client.stream)
      let isWanted =
        actions.contains(.refused) || ![.established, .finWait1, .finWait2, .closeWait].contains(before)
      if segment.flags.contains(.rst), !isWanted { return nil }
      return name
    }
    return nil
  }

  /// When the next segment has to be sent again.
  var nextTalkDeadline: Timestamp? {
    talks.isEmpty ? nil : talks.lazy.compactMap(\.client.deadline).min()
  }

  /// Sends again what wasn't acknowledged by that deadline.
  mutating func expireTalks(at deadline: Timestamp) {
    for index in talks.indices where talks[index].client.deadline == deadline {
      perform(talks[index].client.expire(), on: index)
    }
  }

  /// Goes on to the next step when the connection is where this one wants it.
  mutating func proceed(at time: Timestamp) {
    guard verdict == nil, case .conversing(_, let hasLeft) = phase,
      let (name, _) = currentConversation, let index = talk(named: name)
    else { return }
    let client = talks[index].client
    switch plan.steps[step] {
    case .connect(let plan):
      if client.isConnected {
        plan.expected == .refused ? finish(notRefused(plan)) : completeStep(at: time)
      } else if client.state == .closed {
        plan.expected == .refused ? completeStep(at: time) : finish(notConnected(plan, isRefused: true))
      }
    case .exchange(let exchange):
      let isDone =
        switch exchange.expected {
        case .nothing: exchange.data.isEmpty || hasLeft
        case .acknowledged: client.isAllAcknowledged
        case .octets: client.isAllAcknowledged && talks[index].search.isFound
        }
      if isDone, client.state != .closed {
        completeStep(at: time)
      } else if client.state == .closed || client.isFinished && client.isAllAcknowledged {
        finish(brokenOff(exchange, client))
      }
    case .close(let close):
      if close.how == .reset ? hasLeft : client.hasClosed { completeStep(at: time) }
    case .send, .expect, .forbid, .wait, .control: return
    }
  }

  /// The step's time is over.
  mutating func conversationTimedOut() {
    guard let (name, window) = currentConversation, let index = talk(named: name) else { return }
    let client = talks[index].client
    switch plan.steps[step] {
    case .connect(let plan):
      probe(.missing(plan.expected == nil ? notConnected(plan, isRefused: false) : noAnswer(plan, window)))
    case .exchange(let exchange): probe(.missing(noAnswer(exchange, client, window)))
    case .close(let close): probe(.missing(noAnswer(close, window)))
    case .send, .expect, .forbid, .wait, .control: return
    }
  }

  /// Tells a step that is crafted late how the connections stand.
  mutating func noteTalks() {
    guard plan.late != nil else { return }
    for talk in talks { plan.late?.connection(talk.plan.name, is: talk.snapshot) }
  }

  /// Ends all connections that are still open.
  ///
  /// - Returns: The frames that tell the target so.
  public mutating func abortConnections() -> [[UInt8]] {
    var frames: [[UInt8]] = []
    for index in talks.indices {
      let actions = talks[index].client.abort()
      talks[index].forgetUnseen()
      frames += talks[index].frames(of: actions)
    }
    return frames
  }

  /// Breaks off what is still open, so that the target keeps nothing; false if nothing is.
  mutating func breakOff(before verdict: Verdict) -> Bool {
    let frames = abortConnections()
    guard !frames.isEmpty else { return false }
    outbox = frames.map { OutgoingFrame($0) }
    phase = .parting(verdict, deadline: nil)
    return true
  }
}

extension TCPSegment {
  /// Whether the target has reason to answer it.
  fileprivate var isStimulus: Bool { length > 0 || flags.contains(.rst) }
}

extension TCPConversation {
  /// Whether the handshake is over and nobody broke the connection off.
  fileprivate var isConnected: Bool { ![.idle, .synSent, .synReceived, .closed].contains(state) }

  /// Whether the peer knows that this end has closed.
  fileprivate var hasClosed: Bool { [.finWait2, .timeWait, .closed].contains(state) }
}
