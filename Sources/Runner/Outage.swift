internal import Capture
internal import Craft
internal import Link
internal import Suite
internal import Wire

/// A time in which the target answers no control probes: who was in the air then, and the echoes that ask whether it is back.
struct Outage {
  /// From when on it was silent, as far as is known.
  let began: Timestamp
  /// The trials in the air then whose stimuli had left.
  let suspects: [String]
  /// The versions of IP in which it answers nothing.
  private(set) var families: Set<Family>
  private(set) var ended: Timestamp?
  /// Echoes sent so far.
  private(set) var probes = 0
  private var nextProbe: Timestamp
  private var answered: Set<Family> = []
  private var awaited: [ControlProbe] = []

  private static let firstSequence: UInt16 = 0x8000
  private static let interval = Duration.milliseconds(500)
  /// Shorter ones are a frame or two that the network lost.
  private static let leastCount = 3

  init(_ families: Set<Family>, suspects: [String], lastSign: Timestamp, at now: Timestamp) {
    // A probe is overdue a moment after it was sent.
    began = max(lastSign, Timestamp(nanoseconds: now.nanoseconds - Self.interval.wholeNanoseconds))
    self.families = families
    self.suspects = suspects
    nextProbe = now
  }

  /// Whether it was more than a doubt: several echoes from several hosts stayed unanswered.
  var isConfirmed: Bool { probes >= Self.leastCount }

  /// How long the target was silent until then.
  func lasted(until now: Timestamp) -> Duration { (ended ?? now) - began }

  /// Another version of IP is silent, too.
  mutating func add(_ family: Family) { families.insert(family) }

  /// When the next echo is due.
  var wake: Timestamp { nextProbe }

  /// The echoes that are due: one as another host each time, for each silent version of IP.
  mutating func probe(_ target: Host, as testers: [Host], at now: Timestamp) -> [[UInt8]] {
    guard now >= nextProbe, !testers.isEmpty else { return [] }
    nextProbe = now + Self.interval
    // The last one first: trials begin with the first ones.
    let tester = testers[(testers.count - 1 - probes % testers.count)]
    let sequence = Self.firstSequence + UInt16(truncatingIfNeeded: probes & 0x7fff)
    probes += 1
    var frames: [[UInt8]] = []
    for family in families.subtracting(answered).sorted(by: { $0.rawValue < $1.rawValue }) {
      let probe = ControlProbe(family: family, tester: tester, target: target, identifier: RunProbe.outage)
      awaited.append(probe)
      frames.append(probe.request(sequence: sequence))
    }
    awaited = awaited.suffix(8)
    frames = frames.filter { !$0.isEmpty }
    return frames
  }

  /// Takes in a frame, which may answer one of the echoes.
  mutating func take(_ frame: CapturedFrame, _ dissection: Dissection) {
    let probe = awaited.first { ($0.sequence(ofReply: dissection) ?? 0) >= Self.firstSequence }
    guard let probe else { return }
    answered.insert(probe.family)
    if answered.isSuperset(of: families) { ended = frame.time }
  }

  /// A trial's control probe was answered.
  mutating func answer(_ family: Family, at time: Timestamp) {
    answered.insert(family)
    if answered.isSuperset(of: families) { ended = time }
  }
}
