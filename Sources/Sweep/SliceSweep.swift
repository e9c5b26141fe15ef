internal import Capture
internal import Suite
internal import Wire

/// Sweeps one slice: asks all its probes, and what vanished again, until each fate is proved or nothing more can be.
struct SliceSweep {
  let slice: SweepSlice
  let wire: SweepWire
  let options: SweepOptions
  let factory: ProbeFactory
  /// What shows that the way is open; nil: nothing does.
  let witness: Witness?
  /// The conversation that the probes belong to; nil: none.
  var conversation: Conversation?

  var reader: FrameReader
  var ledger: ProbeLedger
  var path = PathTally()
  var limits = LimitFindings()
  var evidence = SliceEvidence()
  /// The slowest way of a witness through the target.
  var slowest = Duration.zero
  var nextWitness: UInt32 = 0
  /// When the latest witnesses left, by the last bits of their numbers.
  var departures: [UInt32: Timestamp] = [:]
  var dice: SweepDice
  weak var observer: (any SweepObserver)?

  init(
    _ slice: SweepSlice,
    wire: SweepWire,
    options: SweepOptions,
    factory: ProbeFactory,
    witness: Witness?,
    conversation: Conversation?,
    observer: (any SweepObserver)?
  ) {
    self.slice = slice
    self.wire = wire
    self.options = options
    self.factory = factory
    self.witness = witness
    self.conversation = conversation
    self.observer = observer
    let tag = witness?.tag ?? SweepTag(run: options.run, part: 0, purpose: .witness)
    reader = FrameReader(factory, witness: tag, from: witness?.sender.mac ?? factory.route.sender.mac)
    ledger = ProbeLedger(slice.kinds)
    dice = SweepDice(seed: UInt64(options.run) << 8 | UInt64(factory.form.tag.part))
  }

  /// A probe that vanishes again and again is asked so often at most, beside rate limits.
  private static let mostPasses = 40

  /// Asks until nothing is left to be found out.
  mutating func run() throws(SweepError) -> SliceResult {
    let start = wire.now()
    let lostBefore = wire.lost
    let first = try ask(ledger.kinds)
    credit(first, to: ledger.kinds)
    if witness != nil { try goOn() }
    evidence.captureLost = wire.lost - lostBefore
    evidence.nanoseconds = (wire.now() - start).wholeNanoseconds
    return conclusion()
  }

  /// What vanished is asked again.
  private mutating func goOn() throws(SweepError) {
    if options.looksForLimits { try lookForLimits(among: representatives) }
    while !wire.isInterrupted, evidence.passes < Self.mostPasses, limits.isEmpty {
      guard let needed else { return }
      let open = ledger.missing.filter { ledger.misses(of: $0) < needed }
      if open.isEmpty { break }
      try rest(for: options.isPathReliable ? .zero : Self.spacing)
      let pass = try ask(dice.shuffled(open))
      credit(pass, to: open)
      if options.looksForLimits { try lookForLimits(among: pass.news) }
    }
    if !limits.isEmpty { try askBelowLimits() }
  }

  /// Between two attempts, where what goes wrong may come in bursts.
  static let spacing = Duration.milliseconds(50)

  /// How often a probe must vanish; nil when no number is enough.
  var needed: Int? {
    path.attemptsNeeded(probes: ledger.kinds.count, isReliable: options.isPathReliable)
  }

  /// Counts as missed what vanished with everything around it in order.
  mutating func credit(_ pass: PassRecord, to kinds: [MessageKind]) {
    for kind in kinds where !ledger.isSeen(kind) && pass.proves(kind) { ledger.noteMiss(of: kind) }
  }

  /// Waits, with neighbors answered and late frames taken note of.
  mutating func rest(for time: Duration) throws(SweepError) {
    guard time > .zero else { return }
    var idle = PassRecord()
    let deadline = wire.now() + time
    while wire.now() < deadline, !wire.isInterrupted { try drain(until: deadline, nextWitness, &idle) }
  }
}

/// Numbers that look like chance (SplitMix64), the same for the same seed.
struct SweepDice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = (state ^ state >> 30) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
    return value ^ value >> 31
  }

  mutating func shuffled(_ kinds: [MessageKind]) -> [MessageKind] { kinds.shuffled(using: &self) }
}
