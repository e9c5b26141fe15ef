internal import Capture
internal import Suite
internal import Wire

/// One pass: probes go out among witnesses, and what comes of them is taken note of.
extension SliceSweep {
  /// Probes of a chunk: with its witness it fills a system call.
  private static let chunk = 63
  /// Chunks that may be under way: the capture must hold them all.
  private static let window = 16
  /// A conversation is refreshed that often.
  private static let refresh = Duration.seconds(5)

  /// How long to wait for something that doesn't come any more.
  private var stall: Duration {
    options.isPathReliable ? .milliseconds(50) : max(.milliseconds(300), slowest * 20)
  }

  /// How long after the last witness something may still come.
  private var settling: Duration {
    let least = Duration.milliseconds(options.isPathReliable ? 2 : 25)
    return min(max(least, slowest * 10), .milliseconds(500))
  }

  /// Asks these probes, in this order.
  mutating func ask(_ order: [MessageKind]) throws(SweepError) -> PassRecord {
    var pass = PassRecord()
    guard !order.isEmpty else { return pass }
    let lostBefore = wire.lost
    let first = nextWitness
    var refreshed = wire.now()
    try keepAlive()
    try send([], &pass)
    var begin = 0
    var givenUp = 0
    while begin < order.count, !wire.isInterrupted {
      let end = min(begin + Self.chunk, order.count)
      for place in begin..<end { pass.addProbe(order[place]) }
      try send(order[begin..<end], &pass)
      begin = end
      try drain(until: wire.now(), first, &pass)
      while wire.isAhead { try drain(until: wire.nextSend, first, &pass) }
      while witness != nil, pass.witnessCount - 1 - max(pass.latestArrived, givenUp) > Self.window {
        let before = pass.latestArrived
        try drain(until: wire.now() + stall, first, &pass)
        if pass.latestArrived == before { givenUp = pass.witnessCount - 1 }
      }
      if conversation != nil, wire.now() - refreshed > Self.refresh {
        refreshed = wire.now()
        try keepAlive()
      }
      observer?.sliceIsOn(slice, asked: begin, settled: ledger.seenCount, of: order.count)
    }
    // Where frames get lost, the last witness may be one of them.
    if !options.isPathReliable { for _ in 0..<2 { try send([], &pass) } }
    try finish(first, &pass)
    pass.isComplete = wire.lost == lostBefore && begin >= order.count
    evidence.passes += 1
    evidence.probesSent += begin
    path += pass.path
    return pass
  }

  /// A chunk with a witness behind it.
  private mutating func send(
    _ kinds: ArraySlice<MessageKind>,
    _ pass: inout PassRecord
  ) throws(SweepError) {
    var frames: [[UInt8]] = []
    frames.reserveCapacity(kinds.count + 1)
    for kind in kinds { frames.append(factory.frame(kind)) }
    if let witness {
      frames.append(witness.frame.frame(nextWitness))
      _ = pass.addWitness()
      nextWitness &+= 1
    }
    try wire.send(frames, at: slice.direction.sender)
  }

  /// Waits for the last witness, and for what may come a little later.
  private mutating func finish(_ first: UInt32, _ pass: inout PassRecord) throws(SweepError) {
    let last = pass.witnessCount - 1
    let deadline = max(wire.now(), wire.nextSend) + stall
    while witness != nil, pass.latestArrived < last, wire.now() < deadline, !wire.isInterrupted {
      try drain(until: deadline, first, &pass)
    }
    let end = wire.now() + (witness == nil ? stall : settling)
    while wire.now() < end, !wire.isInterrupted { try drain(until: end, first, &pass) }
  }

  /// Takes note of all that was captured; waits for it until the deadline.
  mutating func drain(
    until deadline: Timestamp,
    _ first: UInt32,
    _ pass: inout PassRecord
  ) throws(SweepError) {
    try wire.receive(until: deadline) { frame in take(frame, first, &pass) }
  }

  /// Takes note of a frame; false if it says nothing of this slice.
  private mutating func take(_ frame: CapturedFrame, _ first: UInt32, _ pass: inout PassRecord) -> Bool {
    switch reader.read(frame) {
    case .left(let kind): pass.noteLeft(kind)
    case .altered(let kind): ledger.noteAltered(kind)
    case .arrived(let kind, let differences):
      pass.noteArrival(kind)
      let isNews =
        differences.isEmpty
        ? ledger.noteDelivery(of: kind)
        : ledger.note(.changed(differences.map(\.name).sorted()), of: kind, example: differences)
      if isNews { pass.news.append(kind) }
    case .rejected(let kind, let rejection):
      pass.noteArrival(kind)
      if ledger.note(.rejected(rejection), of: kind) { pass.news.append(kind) }
    case .witnessLeft(let number):
      guard number & WitnessSearch.calibration == 0 else { return true }
      pass.noteWitness(Int(number) - Int(first), arrived: false)
      departures[number & 63] = frame.time
    case .witnessArrived(let number):
      guard number & WitnessSearch.calibration == 0 else { return true }
      pass.noteWitness(Int(number) - Int(first), arrived: true)
      if let left = departures[number & 63], left <= frame.time { slowest = max(slowest, frame.time - left) }
    case .other: return false
    }
    return true
  }

  /// Plays the conversation's moves again, so that the target doesn't forget it.
  private mutating func keepAlive() throws(SweepError) {
    // A TCP connection is kept for minutes at least, and its witnesses are segments of it.
    guard var again = conversation, again.kind != .tcp else { return }
    again.restart()
    if try again.open(on: wire, options) { conversation = again }
  }
}
