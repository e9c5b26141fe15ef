import Capture
import Craft
import Judge
import Wire

/// An evaluator driven as a run drives it, in virtual time, against a target whose whims come from a seed.
struct LiveRun {
  private struct Event {
    var time: Timestamp
    /// When the capture hands it over.
    var seen: Timestamp
    var bytes: [UInt8]
    var isOutgoing: Bool
  }

  let plan: TrialPlan
  private(set) var frames: [TrialFrame] = []
  private(set) var clock = Timestamp(nanoseconds: 5_000_000_000_000)
  private var evaluator: Evaluator
  private var events: [Event] = []
  private var generator: Generator
  private let whim: Int
  private let lag: Duration

  init(_ plan: TrialPlan, seed: UInt64, lag: Duration = .zero) {
    self.plan = plan
    self.lag = lag
    evaluator = Evaluator(plan)
    generator = Generator(seed: seed)
    whim = Int.random(in: 0..<10, using: &generator)
  }

  /// Runs to the end; nil if there is none.
  mutating func run() -> Verdict? {
    for _ in 0..<10_000 {
      // Nobody looks at the clock exactly when a deadline passes.
      clock = clock + .nanoseconds(Int64.random(in: 0..<300_000, using: &generator))
      deliver(by: clock)
      switch evaluator.next(at: clock) {
      case .send(let frames): for frame in frames { leave(frame.bytes) }
      case .wait(let until):
        let next = events.map(\.seen).min()
        clock = max(clock, min(until, next ?? until))
        deliver(by: clock)
      case .finished:
        return evaluator.verdict
      }
    }
    return nil
  }

  func judgement() -> Judgement { judge(plan, frames: frames, until: clock) }

  private mutating func deliver(by time: Timestamp) {
    while let index = events.indices.filter({ events[$0].seen <= time }).min(by: {
      events[$0].seen < events[$1].seen
    }) {
      let event = events.remove(at: index)
      let frame = CapturedFrame(time: event.time, bytes: event.bytes)
      let dissection = Dissection(event.bytes)
      frames.append(TrialFrame(frame, dissection, isOutgoing: event.isOutgoing))
      evaluator.captured(TrialFrame(frame, dissection, isOutgoing: event.isOutgoing))
    }
  }

  private mutating func schedule(_ bytes: [UInt8], at time: Timestamp, isOutgoing: Bool) {
    let delay = isOutgoing ? Duration.zero : lag * Int.random(in: 0...1, using: &generator)
    events.append(Event(time: time, seen: time + delay, bytes: bytes, isOutgoing: isOutgoing))
  }

  /// A frame leaves, and the target does what it likes.
  private mutating func leave(_ bytes: [UInt8]) {
    let departure = clock + .microseconds(Int64.random(in: 1...40, using: &generator))
    let isLost = Int.random(in: 0..<40, using: &generator) == 0
    if !(isLost && whim == 9) { schedule(bytes, at: departure, isOutgoing: true) }
    let delay = Duration.microseconds(Int64.random(in: 50...900, using: &generator))
    let frame = Dissection(bytes)
    if let sequence = plan.control.sequence(ofRequest: bytes, frame) {
      if whim == 8, sequence > 1 { return }
      if Int.random(in: 0..<12, using: &generator) == 0 { return }
      schedule(Answers.control(plan, sequence: sequence), at: departure + delay, isOutgoing: false)
      return
    }
    let reply = Answers.echoReply()
    switch whim {
    case 0, 1: schedule(reply, at: departure + delay, isOutgoing: false)
    case 2: break
    case 3: schedule(Answers.echoReply(sequence: 2), at: departure + delay, isOutgoing: false)
    case 4:
      schedule(
        reply,
        at: departure + .milliseconds(Int64.random(in: 1...900, using: &generator)),
        isOutgoing: false
      )
    case 5:
      schedule(reply, at: departure + delay, isOutgoing: false)
      schedule(reply, at: departure + delay * 2, isOutgoing: false)
    case 6:
      for piece in Answers.fragments(of: reply, size: 8).shuffled(using: &generator) {
        schedule(piece, at: departure + delay, isOutgoing: false)
      }
    case 7: schedule(Answers.echoReply(icmp: ["checksum": .wrong]), at: departure + delay, isOutgoing: false)
    default:
      if Bool.random(using: &generator) { schedule(reply, at: departure + delay, isOutgoing: false) }
    }
  }
}

/// SplitMix64 (Steele, Lea, Flood): the same numbers from the same seed everywhere.
struct Generator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return z ^ z >> 31
  }
}
