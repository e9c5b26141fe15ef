public import Capture

/// What goes wrong on a simulated link, so that tests can show what the harness makes of it.
///
/// Frames are counted from 0: sent ones in the order of `send`, answers in the order in which they reach the
/// observer. The same faults and the same frames always give the same run.
public struct LinkFaults: Hashable, Sendable {
  /// Sent frames that were seen leaving and never reached the device.
  public var lostOnTheWay: Set<Int> = []
  /// Answers that never reached the observer, and that nobody counted.
  public var lostOnTheWayBack: Set<Int> = []
  /// Of 1,000 frames, how many are lost in each direction, chosen by `seed`.
  public var lossPerMille = 0
  /// Seeds the choice of lost frames.
  public var seed: UInt64 = 1
  /// Answers that come twice.
  public var duplicated: Set<Int> = []
  /// Answers that come later than they would have.
  public var delayed: [Int: Duration] = [:]
  /// Sent frames which the interface changes: an octet's place and what it is XORed with.
  public var altered: [Int: (offset: Int, xor: UInt8)] {
    get { alterations.mapValues { ($0.offset, $0.xor) } }
    set { alterations = newValue.mapValues { Alteration(offset: $0.offset, xor: $0.xor) } }
  }
  /// Sent frames that reach the device and that the capture misses and counts as dropped.
  public var uncapturedSent: Set<Int> = []
  /// Answers that the capture misses and counts as dropped.
  public var uncapturedReceived: Set<Int> = []
  /// The interface goes down at that time, for good.
  public var goesDownAt: Timestamp?

  private var alterations: [Int: Alteration] = [:]

  private struct Alteration: Hashable, Sendable {
    var offset: Int
    var xor: UInt8
  }

  /// Nothing goes wrong.
  public init() {}

  /// Whether chance takes this frame; a pure function of seed, direction and count.
  func takesByChance(_ count: Int, salt: UInt64) -> Bool {
    guard lossPerMille > 0 else { return false }
    var state = seed &+ salt &+ UInt64(truncatingIfNeeded: count) &* 0x9e37_79b9_7f4a_7c15
    state = (state ^ state >> 30) &* 0xbf58_476d_1ce4_e5b9
    state = (state ^ state >> 27) &* 0x94d0_49bb_1331_11eb
    return Int(truncatingIfNeeded: (state ^ state >> 31) % 1000) < lossPerMille
  }

  /// The frame as the interface puts it on the wire.
  func onTheWire(_ frame: [UInt8], _ count: Int) -> [UInt8] {
    guard let alteration = alterations[count], frame.indices.contains(alteration.offset) else { return frame }
    var frame = frame
    frame[alteration.offset] ^= alteration.xor
    return frame
  }
}
