/// How long the judge waits for what, worked out from the trial's own control probes.
public struct Timing: Hashable, Codable, Sendable {
  /// Waits for the answers to successive control probes, in order; the last one unanswered ends the trial.
  public var controlWaits: [Duration] = [.milliseconds(300), .milliseconds(700), .seconds(1)]
  /// Wait for a frame to be seen leaving.
  public var departureWait: Duration = .seconds(1)
  /// An expected answer may take this many round trips, within the two limits that follow.
  public var answerFactor: Int64 = 50
  /// The least window for an expected answer.
  public var answerFloor: Duration = .milliseconds(250)
  /// The longest window for an expected answer.
  public var answerCap: Duration = .seconds(1)
  /// So many of the trial's longest round trips late frames still count after a control probe's answer closed a window of silence.
  public var settleFactor: Int64 = 5
  /// The least time in which late frames still count.
  public var settleFloor: Duration = .milliseconds(10)
  /// The longest time in which late frames still count.
  public var settleCap: Duration = .milliseconds(200)

  /// Stamps of frames that crossed different processors may be out of order by this much.
  public var stampSlack: Duration = .microseconds(50)

  /// Puts the parts together.
  public init() {}

  func answerWindow(roundTrip: Duration) -> Duration {
    min(max(roundTrip * Int(answerFactor), answerFloor), answerCap)
  }

  func settleWindow(roundTrip: Duration) -> Duration {
    min(max(roundTrip * Int(settleFactor), settleFloor), settleCap)
  }
}
