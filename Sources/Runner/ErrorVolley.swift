internal import Capture
internal import Craft
internal import Link
internal import Suite
internal import Wire

/// Sends datagrams that oblige the target to send errors, with echoes among them, and sees which were answered.
struct ErrorVolley {
  /// What became of the datagrams of one volley.
  struct Salvo {
    /// Places of those that drew an error, in order.
    var answered: [Int] = []
    /// Whether the target answered echoes meanwhile.
    var isPathAlive = false
  }

  let link: any Link
  let family: Family
  let target: Host
  let responder: NeighborResponder
  var pacer: Pacer
  var kind = ErrorProbe.Kind.unknownProtocol
  private(set) var captured: [CapturedFrame] = []
  /// Numbers given to datagrams and echoes.
  private var lastNumber = 0
  private var lastEcho: UInt16 = 0
  private var errors: Set<Int> = []
  private var echoes: Set<UInt16> = []

  /// An echo follows so many datagrams.
  private static let echoDistance = 16
  private static let patience = Duration.milliseconds(300)
  /// Errors may come later than echoes that were sent later: so long.
  private static let settling = Duration.milliseconds(10)

  init(_ link: any Link, _ family: Family, target: Host, responder: NeighborResponder, pacer: Pacer) {
    self.link = link
    self.family = family
    self.target = target
    self.responder = responder
    self.pacer = pacer
  }

  var now: Timestamp { link.now() }

  /// The hosts whose echoes the target answers; it has found their Ethernet addresses then.
  mutating func answered(_ hosts: [Host]) throws(LinkError) -> [Host] {
    var alive: [Int] = []
    var waiting = hosts.indices.filter { hosts[$0].address(family) != nil }
    for _ in 0..<2 where !waiting.isEmpty {
      let places = waiting.map { ($0, echo(from: hosts[$0])) }
      try send(places.map(\.1.frame))
      try listen(until: now + Self.patience) { volley in
        places.allSatisfy { volley.echoes.contains($0.1.sequence) }
      }
      alive += places.filter { echoes.contains($0.1.sequence) }.map(\.0)
      waiting = places.filter { !echoes.contains($0.1.sequence) }.map(\.0)
    }
    return alive.sorted().map { hosts[$0] }
  }

  /// Sends a datagram as each speaker, in order, and waits for what comes of them.
  mutating func send(_ speakers: [Host]) throws(LinkError) -> Salvo {
    let probe = ErrorProbe(family: family, kind: kind, target: target)
    let first = lastNumber + 1
    var frames: [[UInt8]] = []
    var sequences: [UInt16] = []
    for (index, speaker) in speakers.enumerated() {
      lastNumber += 1
      frames.append(probe.frame(lastNumber, from: speaker))
      if index % Self.echoDistance == Self.echoDistance - 1 || index == speakers.count - 1 {
        let echo = echo(from: speaker)
        frames.append(echo.frame)
        sequences.append(echo.sequence)
      }
    }
    let numbers = speakers.indices.map { (first + $0) & 0xffff }
    errors.subtract(numbers)
    try send(frames.filter { !$0.isEmpty })
    func isAllIn(_ volley: ErrorVolley) -> Bool { numbers.allSatisfy { volley.errors.contains($0) } }
    try listen(until: now + Self.patience) { volley in
      isAllIn(volley) || sequences.allSatisfy { volley.echoes.contains($0) }
    }
    var seen = -1
    while !isAllIn(self), errors.count > seen {
      // As long as errors come there may be more of them.
      seen = errors.count
      try listen(until: now + Self.settling) { isAllIn($0) }
    }
    let answeredEchoes = sequences.count { echoes.contains($0) }
    return Salvo(
      answered: speakers.indices.filter { errors.contains(numbers[$0]) },
      // Nobody waited for the last echoes when every datagram drew its error.
      isPathAlive: isAllIn(self) || answeredEchoes * 2 > sequences.count
    )
  }

  private mutating func echo(from host: Host) -> (frame: [UInt8], sequence: UInt16) {
    lastEcho &+= 1
    let probe = ControlProbe(family: family, tester: host, target: target, identifier: RunProbe.errorBudget)
    return (probe.request(sequence: lastEcho), lastEcho)
  }

  /// Hands frames to the link, within the rate.
  private mutating func send(_ frames: [[UInt8]]) throws(LinkError) {
    var rest = frames[...]
    while !rest.isEmpty {
      if let blocked = pacer.blockedUntil(now) {
        try listen(until: blocked)
        continue
      }
      let part = Array(rest.prefix(Self.echoDistance))
      rest = rest.dropFirst(part.count)
      pacer.count(part.count, at: now)
      try link.send(part)
    }
  }

  /// Takes in what comes until a time, or until enough has come.
  mutating func listen(
    until deadline: Timestamp,
    isEnough: (ErrorVolley) -> Bool = { _ in false }
  ) throws(LinkError) {
    while !isEnough(self), now < deadline, SignalFlag.pending == nil {
      var batch: [CapturedFrame] = []
      try link.receive(until: deadline) { batch.append($0) }
      for frame in batch { try take(frame) }
    }
  }

  private mutating func take(_ frame: CapturedFrame) throws(LinkError) {
    captured.append(frame)
    let dissection = Dissection(frame.bytes)
    if let number = ErrorProbe.number(quotedIn: dissection) { errors.insert(number) }
    if let icmp = dissection.layer(family == .ipv4 ? .icmpv4 : .icmpv6),
      icmp.number("type") == (family == .ipv4 ? 0 : 129),
      icmp.number("identifier") == UInt64(RunProbe.errorBudget), let number = icmp.number("sequence")
    {
      echoes.insert(UInt16(truncatingIfNeeded: number))
    }
    if let answer = responder.answer(to: dissection) { try link.send([answer]) }
  }
}
