internal import Capture
internal import Link
internal import Wire

/// A link with two arms as a sweep uses it: paced, and with the hosts' neighbors answered.
final class SweepWire {
  private let link: any Link
  private let rate: Int
  private(set) var desk: NeighborDesk
  /// When the next frame may leave.
  private var due: Timestamp
  /// Frames that left, of any kind.
  private(set) var sentCount = 0

  init(_ link: any Link, rate: Int, hosts: [SweepHost]) {
    self.link = link
    self.rate = max(1, rate)
    desk = NeighborDesk(hosts)
    due = link.now()
  }

  func now() -> Timestamp { link.now() }

  /// Frames that the capture may have missed so far.
  var lost: Int { link.statistics().lost }

  /// Whether the user wants an end.
  var isInterrupted: Bool { SignalFlag.pending != nil }

  /// When the next frames may be sent.
  var nextSend: Timestamp { due }

  /// Whether the rate asks for a pause; one that is shorter than a process can sleep is made up for by the next.
  var isAhead: Bool { due - link.now() > Self.shortestPause }

  private static let shortestPause = Duration.microseconds(500)

  /// Sends frames at once; when others may follow depends on the rate.
  func send(_ frames: [[UInt8]], at arm: Arm) throws(SweepError) {
    guard !frames.isEmpty else { return }
    do { try link.send(frames, at: arm) } catch { throw .link(error) }
    sentCount += frames.count
    let pause = Duration.nanoseconds(Int64(frames.count) * 1_000_000_000 / Int64(rate))
    due = max(due, link.now()) + pause
  }

  /// Hands over what was captured, waiting for the first frame until the deadline.
  ///
  /// - Parameters:
  ///   - deadline: When to give up.
  ///   - take: Looks at a frame; false if it may be a neighbor's question.
  /// - Throws: `SweepError.link`.
  func receive(until deadline: Timestamp, _ take: (CapturedFrame) -> Bool) throws(SweepError) {
    var answers: [(arm: Arm, frame: [UInt8])] = []
    do throws(LinkError) {
      try link.receive(until: deadline) { frame in
        if take(frame) { return }
        if let answer = desk.take(frame) { answers.append((frame.arm, answer)) }
      }
      for answer in answers { try link.send([answer.frame], at: answer.arm) }
    } catch {
      throw .link(error)
    }
  }
}
