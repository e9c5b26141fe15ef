/// How long the judge waits for what, worked out from the trial's own control probes.
public struct Timing: Hashable, Sendable {
  /// Waits for the answers to successive control probes, in order; the last one unanswered ends the trial.
  public var controlWaits: [Duration] = [.milliseconds(300), .milliseconds(700), .seconds(1)]
  /// Wait for a frame to be seen leaving.
  public var departureWait: Duration = .seconds(1)
  /// An expected answer may take this many round trips…
  public var answerFactor: Int64 = 50
  /// …but at least so long…
  public var answerFloor: Duration = .milliseconds(250)
  /// …and at most so long.
  public var answerCap: Duration = .seconds(1)
  /// After a control probe's answer has closed a window of silence, this many more round trips…
  public var settleFactor: Int64 = 5
  /// …but at least so long…
  public var settleFloor: Duration = .milliseconds(10)
  /// …and at most so long.
  public var settleCap: Duration = .milliseconds(200)

  /// Stamps of frames that crossed different processors may be out of order by this much.
  public var stampSlack: Duration = .microseconds(50)

  public init() {}

  func answerWindow(roundTrip: Duration) -> Duration {
    min(max(roundTrip * Int(answerFactor), answerFloor), answerCap)
  }

  func settleWindow(roundTrip: Duration) -> Duration {
    min(max(roundTrip * Int(settleFactor), settleFloor), settleCap)
  }
}
