internal import Capture

/// One direction of an impaired path: frames go in, and come out later, twice, changed or not at all.
///
/// A value without clock or I/O, so that it is the same in virtual and in real time.
struct ImpairedPath {
  private let impairment: Impairment
  private let direction: FrameFate.Direction
  /// How many frames have gone in.
  private var count = 0
  /// Frames that have a time to come out, in order.
  private var queue: [Travelling] = []
  /// Frames that wait for others to overtake them.
  private var held: [Held] = []
  /// When the latest frame of the queue comes out: none behind it comes earlier.
  private var busyUntil = Timestamp(nanoseconds: .min)

  private struct Travelling {
    var time: Timestamp
    var frame: CapturedFrame
  }

  private struct Held {
    var frame: CapturedFrame
    var overtaking: Int
    var deadline: Timestamp
    var isDoubled: Bool
  }

  init(_ impairment: Impairment, _ direction: FrameFate.Direction) {
    self.impairment = impairment
    self.direction = direction
  }

  /// When the next frame comes out if no other goes in; nil when none is under way.
  var nextTime: Timestamp? {
    [queue.first?.time, held.map(\.deadline).min()].compactMap(\.self).min()
  }

  /// A frame goes in at the time of its stamp.
  mutating func enter(_ frame: CapturedFrame) {
    release(by: frame.time)
    let fate = FrameFate(ofFrame: count, direction, on: impairment)
    count += 1
    if fate.isLost { return }
    var frame = frame
    frame.bytes = fate.arrived(frame.bytes)
    let time = max(busyUntil, frame.time + fate.delay)
    if fate.overtaking > 0 {
      held.append(
        Held(
          frame: frame,
          overtaking: fate.overtaking,
          deadline: time + Impairment.longestHold,
          isDoubled: fate.isDoubled
        )
      )
      return
    }
    append(frame, at: time, isDoubled: fate.isDoubled)
    for index in held.indices { held[index].overtaking -= 1 }
    let free = held.filter { $0.overtaking <= 0 }
    held.removeAll { $0.overtaking <= 0 }
    for other in free { append(other.frame, at: time, isDoubled: other.isDoubled) }
  }

  /// Takes out the next frame if it comes out by that time; its stamp says when.
  mutating func next(by time: Timestamp) -> CapturedFrame? {
    release(by: time)
    guard let first = queue.first, first.time <= time else { return nil }
    queue.removeFirst()
    var frame = first.frame
    frame.time = first.time
    return frame
  }

  /// Nobody overtook these in time.
  private mutating func release(by time: Timestamp) {
    for other in held.filter({ $0.deadline <= time }).sorted(by: { $0.deadline < $1.deadline }) {
      append(other.frame, at: max(busyUntil, other.deadline), isDoubled: other.isDoubled)
    }
    held.removeAll { $0.deadline <= time }
  }

  private mutating func append(_ frame: CapturedFrame, at time: Timestamp, isDoubled: Bool) {
    busyUntil = max(busyUntil, time)
    for _ in 0..<(isDoubled ? 2 : 1) { queue.append(Travelling(time: time, frame: frame)) }
  }
}
