public import Capture
internal import Wire

/// A link that replays a capture: it hands over the recorded frames and sends nothing.
///
/// Its clock is the capture's: it moves to the last frame handed over, and to the deadline where there are no
/// more frames before it.
public final class FileLink: Link {
  /// The interface that the frames are said to come from.
  public let interface: InterfaceDescription
  private let frames: [CapturedFrame]
  private var position = 0
  private var clock: Timestamp
  private var isClosed = false

  /// Replays these frames, ordered by time; of two with one stamp the first stays first.
  public init(frames: [CapturedFrame], name: String = "file") {
    self.frames = frames.enumerated()
      .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
      .map(\.element)
    clock = self.frames.first?.time ?? Timestamp(nanoseconds: 0)
    interface = InterfaceDescription(name: name, mac: MACAddress(rawValue: 0), mtu: 0)
  }

  /// Whether every frame was handed over.
  public var isAtEnd: Bool { position == frames.count }

  /// The stamp of the frame handed over last.
  public func now() -> Timestamp { clock }

  /// Always throws: a file can't be spoken to.
  public func send(_ frames: [[UInt8]]) throws(LinkError) {
    if isClosed { throw .closed }
    guard let first = frames.first else { return }
    throw .sendRefused(length: first.count, reason: "a capture file is only read")
  }

  /// Hands over the frames stamped up to the deadline.
  public func receive(until deadline: Timestamp, _ handle: (CapturedFrame) -> Void) throws(LinkError) {
    if isClosed { throw .closed }
    let start = position
    while position < frames.count, frames[position].time <= deadline {
      let frame = frames[position]
      position += 1
      clock = max(clock, frame.time)
      handle(frame)
      if isClosed { return }
    }
    if position == start, deadline != .distantFuture { clock = max(clock, deadline) }
  }

  /// Frames handed over so far; a file loses none.
  public func statistics() -> LinkStatistics { LinkStatistics(received: position) }

  /// Ends the replay.
  public func close() { isClosed = true }
}
