internal import Capture

/// Says when a link should let frames pile up before it looks at them.
///
/// A process that sleeps until the next frame is woken for each, by the processor that receives them, which then receives
/// fewer than half as many. In a flood a short pause between looks costs nothing, since the buffer holds many times what
/// comes meanwhile. Whoever has just sent something is not kept waiting for what comes back.
struct FloodGauge {
  /// More frames than this in a window are a flood.
  private static let limit = 50
  private static let window = Duration.milliseconds(1)
  /// In so long, a million frames a second are a thirtieth of what the default buffer holds.
  private static let pause = Duration.microseconds(500)

  private var frames = 0
  private var began: Timestamp?
  private var isFlood = false
  private var hasSent = false

  /// A frame came.
  mutating func received() { frames += 1 }

  /// Something was sent, so that an answer may be awaited.
  mutating func sent() { hasSent = true }

  /// How many nanoseconds to pause before the next look; nil: not at all.
  mutating func pause(at now: Timestamp, by deadline: Timestamp) -> Int64? {
    if began.map({ now - $0 > Self.window }) ?? true {
      let windows = began.map { (now - $0) / Self.window } ?? 1
      isFlood = Double(frames) > Double(Self.limit) * windows
      (frames, began) = (0, now)
    }
    defer { hasSent = false }
    guard isFlood, !hasSent, now + Self.pause < deadline else { return nil }
    return Self.pause.wholeNanoseconds
  }
}
