internal import Capture

/// What becomes of one frame on an impaired path: a pure function of the seed, the direction and the frame's number.
struct FrameFate: Hashable {
  /// The way that a frame takes; each has fates of its own.
  enum Direction: UInt64 { case toTarget, toTester }

  var isLost: Bool
  var isDoubled: Bool
  /// How many others overtake it.
  var overtaking: Int
  /// What it takes longer than without the impairment.
  var delay: Duration
  /// Where octets change, as draws that know no length yet, and what they are XORed with.
  private var changes: [Change] = []

  private struct Change: Hashable {
    var isInHeaders: Bool
    var place: UInt64
    var xor: UInt8
  }

  /// Every second change hits the octets where addresses, types and checksums are.
  private static let headerOctets = 54

  init(ofFrame number: Int, _ direction: Direction, on impairment: Impairment) {
    var dice = Dice(
      state: Dice.mixed(
        impairment.seed ^ direction.rawValue << 63 ^ UInt64(truncatingIfNeeded: number)
          &* 0x9e37_79b9_7f4a_7c15
      )
    )
    // Each is drawn whether or not it counts, so that one share doesn't change the fates by another.
    isLost = dice.takes(impairment.loss)
    isDoubled = dice.takes(impairment.duplication)
    let isOvertaken = dice.takes(impairment.reordering)
    let isCorrupted = dice.takes(impairment.corruption)
    let most = UInt64(Impairment.mostOvertaking)
    let others = 1 + Int(truncatingIfNeeded: dice.next() % most)
    overtaking = isOvertaken ? others : 0
    let jitter = UInt64(max(0, impairment.jitter.wholeNanoseconds))
    delay = impairment.delay + .nanoseconds(Int64(truncatingIfNeeded: dice.next() % (jitter + 1)))
    guard isCorrupted else { return }
    for _ in 0...dice.next() % 3 {
      let draw = dice.next()
      let xor = UInt8(truncatingIfNeeded: draw >> 8)
      changes.append(Change(isInHeaders: draw & 1 == 0, place: dice.next(), xor: xor == 0 ? 0xff : xor))
    }
  }

  /// The frame as it arrives.
  func arrived(_ frame: [UInt8]) -> [UInt8] {
    var frame = frame
    // No place is hit twice: the second change might undo the first.
    var places: Set<Int> = []
    for change in changes where !frame.isEmpty {
      let range = change.isInHeaders ? min(frame.count, Self.headerOctets) : frame.count
      let place = Int(change.place % UInt64(range))
      if places.insert(place).inserted { frame[place] ^= change.xor }
    }
    return frame
  }
}

/// Numbers that look like chance (SplitMix64).
private struct Dice {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    return Self.mixed(state)
  }

  mutating func takes(_ share: Impairment.Share) -> Bool {
    next() % 1_000_000 < UInt64(share.perMillion)
  }

  static func mixed(_ value: UInt64) -> UInt64 {
    var value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
    return value ^ value >> 31
  }
}
