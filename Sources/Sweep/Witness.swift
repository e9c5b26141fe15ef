internal import Capture
internal import Suite
internal import Wire

/// A packet that is known to pass the target the way of the probes, sent among them over and over: where it comes out, the target
/// lives, the path is in order, and what vanished beside it was dropped.
struct Witness: Sendable {
  /// What it is, for people.
  var title: String
  /// Who sends it.
  var sender: SweepHost
  /// Its tag, without a number.
  var tag: SweepTag
  /// The packet.
  var frame: NumberedFrame
}

/// Finds a witness: tries one kind of packet after the other until one comes out as often as it is sent.
struct WitnessSearch {
  let version: IPVersion
  let direction: SweepDirection
  let options: SweepOptions
  /// Hosts that no probe speaks for.
  let ends: [Arm: Conversation.End]
  let part: UInt8

  /// How often a candidate is sent at once: one that is limited by rate is no witness.
  static let copies: UInt32 = 64
  /// The least share that must come out.
  private static let leastShare = 0.75

  private static let candidates: [(kind: FlowKind, fromSender: Bool)] = [
    (.echo, true), (.echo, false), (.udp, false), (.udp, true), (.tcp, false), (.tcp, true),
  ]

  /// The first candidate that passes; nil if none does.
  func run(on wire: SweepWire) throws(SweepError) -> Witness? {
    for (place, candidate) in Self.candidates.enumerated() {
      guard let sender = ends[direction.sender], let receiver = ends[direction.receiver] else { return nil }
      var conversation = Conversation(
        version,
        candidate.kind,
        from: candidate.fromSender ? sender : receiver,
        to: candidate.fromSender ? receiver : sender,
        tag: SweepTag(run: options.run, part: part, purpose: .flow),
        number: UInt16(40_000 + Int(part) * 16 + place)
      )
      let isOpen = try conversation.open(on: wire, options)
      // A request needs nobody's answer.
      guard isOpen || candidate.fromSender && candidate.kind != .tcp else { continue }
      if let witness = try witness(of: conversation, candidate.fromSender),
        try passes(witness, on: wire)
      {
        return witness
      }
      if wire.isInterrupted { return nil }
    }
    return nil
  }

  /// A witness from a conversation that is open anyway; nil if it doesn't pass.
  func run(on wire: SweepWire, conversation: Conversation) throws(SweepError) -> Witness? {
    let isFromSender = conversation.initiator.host.arm == direction.sender
    guard let witness = try witness(of: conversation, isFromSender), try passes(witness, on: wire) else {
      return nil
    }
    return witness
  }

  private func witness(of conversation: Conversation, _ isInitiator: Bool) throws(SweepError) -> Witness? {
    let tag = SweepTag(run: options.run, part: part, purpose: .witness)
    let end = isInitiator ? conversation.initiator : conversation.responder
    let frame: NumberedFrame?
    do { frame = try conversation.further(from: direction.sender, tag) } catch { throw .craft("\(error)") }
    return frame.map {
      Witness(
        title: Self.title(conversation.kind, isInitiator, version),
        sender: end.host,
        tag: tag,
        frame: $0
      )
    }
  }

  private static func title(_ kind: FlowKind, _ isInitiator: Bool, _ version: IPVersion) -> String {
    switch (kind, isInitiator) {
    case (.echo, true): "\(version.title) echo requests"
    case (.echo, false): "\(version.title) echo replies"
    case (.udp, true): "UDP datagrams of its own conversation"
    case (.udp, false): "UDP datagrams that answer others"
    case (.tcp, true): "TCP segments of its own connection"
    case (.tcp, false): "TCP segments of the other side's connection"
    }
  }

  /// Whether nearly all of a burst comes out.
  private func passes(_ witness: Witness, on wire: SweepWire) throws(SweepError) -> Bool {
    try wire.send((0..<Self.copies).map { witness.frame.frame($0 | Self.calibration) }, at: direction.sender)
    var arrived: Set<UInt32> = []
    let deadline = max(wire.nextSend, wire.now()) + options.answerPatience
    while wire.now() < deadline, arrived.count < Self.copies, !wire.isInterrupted {
      try wire.receive(until: deadline) { frame in
        guard frame.arm == direction.receiver, let data = Dissection(frame.bytes).layers.last,
          data.kind == .data, let tag = SweepTag(data.bytes), tag.purpose == .witness, tag.part == part,
          tag.run == options.run, tag.number & Self.calibration != 0
        else { return false }
        arrived.insert(tag.number)
        return true
      }
    }
    return Double(arrived.count) >= Double(Self.copies) * Self.leastShare
  }

  /// Marks the numbers of copies that only show whether they pass.
  static let calibration: UInt32 = 0x8000_0000
}

extension Conversation {
  /// Plays it until it is open; false if a move doesn't come out.
  mutating func open(on wire: SweepWire, _ options: SweepOptions) throws(SweepError) -> Bool {
    var attempts = 0
    while !isOpen, attempts < options.openingAttempts, !wire.isInterrupted {
      let done = movesDone
      let next: (arm: Arm, frame: [UInt8])?
      do { next = try move() } catch { throw .craft("\(error)") }
      guard let next else { return false }
      try wire.send([next.frame], at: next.arm)
      let deadline = max(wire.nextSend, wire.now()) + options.answerPatience
      while wire.now() < deadline, movesDone == done, !wire.isInterrupted {
        try wire.receive(until: deadline) { take($0) }
      }
      attempts = movesDone == done ? attempts + 1 : 0
    }
    return isOpen
  }
}

extension SweepOptions {
  /// How often each move of a conversation is tried.
  var openingAttempts: Int { isPathReliable ? 2 : 5 }

  /// How long something is waited for that may not come.
  var answerPatience: Duration { isPathReliable ? .milliseconds(20) : .milliseconds(400) }
}
