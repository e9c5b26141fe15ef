internal import Capture
internal import Craft
internal import Judge
public import Link
public import Suite
internal import Wire

/// Runs trials against a target: many at once, each on a persona of its own, on one thread.
///
/// The runner only produces frames. Each verdict comes from ``judge(_:frames:until:timing:)`` over the frames that were
/// captured for the trial.
public struct Runner: TrialTraffic {
  let link: any Link
  let target: TargetDescription
  let suites: [TestSuite]
  let filing: ResultFiling
  let options: RunOptions
  weak var observer: (any RunObserver)?

  var personas: Personas
  let responder: NeighborResponder
  var queue: TrialQueue
  var prefixNumbers = PrefixNumbers()
  var attribution: Attribution
  /// Trials in flight, by seat.
  var flights: [Int: Flight] = [:]
  var log: RunLog
  /// What the path is like, and the trials which that puts in doubt.
  var confirmation = Confirmation()
  /// The target as trials see it; its Ethernet address is found first.
  var targetHost: Host
  /// The same on its far side; nil when it has none.
  var farTarget: Host?
  /// The IP versions in which an echo from the near side passes the target, and its answer comes back.
  var passing: Set<Family> = []
  /// Why no further trial is begun; nil while all is well.
  var halt: RunRecord.Ending.Cause?
  /// Whether the target lives.
  var health = Health()
  /// The search for what brings it down; nil when there is none.
  var inquiry: Inquiry?
  /// Suspects that did nothing alone, until all trials are over.
  var cleared: [Cleared] = []
  /// Outages whose cause was found, or looked for.
  var explained: Set<Int> = []
  /// The seat that is served first, so that none waits longer than the others for its turn to send.
  var firstInLine = 0
  /// What the link had counted when it was last asked.
  ///
  /// It is asked before trials land, so a trial that begins in between may be charged with a loss before its time: never the
  /// other way round.
  var counted = LinkStatistics()
  /// When the link may send again, for the rate.
  var pacer: Pacer
  /// The target's limits on ICMP errors, and what they let begin.
  var errors = ErrorGate()

  var hasMeasuredErrors: Bool { errors.budget?.origin == .measured }

  /// Makes the plans of attempts.
  var seating: Seating {
    Seating(
      personas: personas,
      target: target,
      targetHost: targetHost,
      farTarget: farTarget,
      passing: passing,
      mtu: link.interface.mtu,
      seed: options.seed
    )
  }

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - suites: What to run, decoded.
  ///   - catalogue: The clauses that cases cite.
  ///   - target: Whom to test.
  ///   - personas: Whom to speak as.
  ///   - link: How to reach it.
  ///   - baseline: Its known deviations.
  ///   - options: How to run.
  ///   - observer: Told how the run gets on; not retained.
  public init(
    suites: [TestSuite],
    catalogue: RequirementCatalogue,
    target: TargetDescription,
    personas: Personas,
    link: any Link,
    baseline: Baseline?,
    options: RunOptions,
    observer: (any RunObserver)?
  ) {
    self.link = link
    self.target = target
    self.suites = suites
    self.options = options
    self.observer = observer
    self.personas = personas
    responder = NeighborResponder(personas)
    let interfaces = [link.interface, target.far == nil ? nil : link.farInterface].compactMap { $0?.mac }
    attribution = Attribution(personas, interfaceMACs: interfaces)
    queue = TrialQueue(
      suites,
      catalogue: catalogue,
      options: options,
      sharesUnused: !personas.hasManyUnused
    )
    targetHost = Host(
      mac: target.near.mac ?? MACAddress(rawValue: 0),
      ipv4: target.near.ipv4,
      ipv6: target.near.ipv6
    )
    farTarget = target.far.map { Host(mac: $0.mac ?? MACAddress(rawValue: 0), ipv4: $0.ipv4, ipv6: $0.ipv6) }
    log = RunLog(started: link.now())
    filing = ResultFiling(enforcement: options.enforcement, baseline: baseline, today: options.today)
    pacer = Pacer(framesPerSecond: options.rate)
  }

  /// How many trials the run has selected.
  public var selectedTrials: Int { queue.waiting.count }

  /// Runs all selected trials to their end, or until a signal.
  public mutating func run() throws(RunnerError) -> RunResult {
    if selectedTrials > 0 {
      try meetTarget()
      do throws(LinkError) { try learnErrorBudget() } catch { throw .link(error) }
      observer?.runBegan(trials: selectedTrials)
      var lastNotice = link.now()
      while halt == nil,
        !queue.isEmpty || !flights.isEmpty || inquiry != nil || !cleared.isEmpty || repeatsDoubtful()
      {
        beginTrials()
        step()
        if link.now() - lastNotice > .milliseconds(200) {
          lastNotice = link.now()
          observer?.runIsWaiting(done: log.results.count, of: selectedTrials, inFlight: flights.count)
        }
      }
      abandon()
    }
    return result()
  }

  /// One turn of the loop: send what is due, wait for frames or the next deadline, hand frames on.
  private mutating func step() {
    do {
      // Deadlines pass only when everything that was captured before them has been looked at.
      try receive(until: link.now())
      let deadline = try sendDue()
      try receive(until: deadline)
      settleFinished()
      try watchTarget()
    } catch {
      halt = .link(error.explanation)
    }
    if let signal = SignalFlag.pending { halt = .signal(signal) }
  }

  private mutating func receive(until deadline: Timestamp) throws(LinkError) {
    var batch: [CapturedFrame] = []
    try link.receive(until: deadline) { batch.append($0) }
    for frame in batch { try take(frame) }
  }

  /// Sends what the trials want, in turn and within the rate; returns when the next of them wants something.
  private mutating func sendDue() throws(LinkError) -> Timestamp {
    let now = link.now()
    let wakes = [errors.wake, health.outage?.wake].compactMap(\.self).filter { $0 > now }
    var deadline = wakes.reduce(now + .milliseconds(200)) { min($0, $1) }
    let seats = flights.keys.sorted()
    for seat in seats.filter({ $0 >= firstInLine }) + seats.filter({ $0 < firstInLine }) {
      if let blocked = pacer.blockedUntil(now) {
        firstInLine = seat
        return min(deadline, blocked)
      }
      deadline = min(deadline, try sendDue(of: seat, at: now))
    }
    return max(deadline, now)
  }

  /// Sends what one trial wants; returns when it wants something again.
  private mutating func sendDue(of seat: Int, at now: Timestamp) throws(LinkError) -> Timestamp {
    while let want = want(of: seat, at: now) {
      switch want {
      case .send(let frames):
        pacer.count(frames.count, at: now)
        do {
          try send(frames)
        } catch .sendRefused(let length, let reason) {
          flights[seat]?.refusal = "The interface refused a frame of \(length) octets: \(reason)."
          return now
        }
      case .wait(let until): return until
      case .finished: return now
      }
    }
    return now
  }

  /// Sends frames, those of one side after the other together.
  private func send(_ frames: [OutgoingFrame]) throws(LinkError) {
    var rest = frames[...]
    while let arm = rest.first?.arm {
      let run = rest.prefix { $0.arm == arm }
      try link.send(run.map(\.bytes), at: arm)
      rest = rest.dropFirst(run.count)
    }
  }

  /// Hands a captured frame to the trial it belongs to.
  private mutating func take(_ frame: CapturedFrame) throws(LinkError) {
    let dissection = Dissection(frame.bytes)
    noteOutsideTrials(frame, dissection)
    let owner = file(frame, dissection)
    if !owner.isOutsideTrials, !owner.isOurs, let answer = responder.answer(to: dissection, at: frame.arm) {
      try link.send([answer], at: frame.arm)
    }
    if let seat = owner.seat, let flight = flights[seat], flight.sawControlReply {
      noteReply(to: flight, at: frame.time)
    }
  }
}
