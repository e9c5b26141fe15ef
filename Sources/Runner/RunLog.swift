internal import Capture
internal import Judge

/// What a run has gathered so far.
struct RunLog {
  let started: Timestamp
  private(set) var frames: [RecordedFrame] = []
  var results: [String: TrialResult] = [:]
  var roundTrips: [Duration] = []
  var serialWindows: Duration = .zero
  private var spans: [String: (began: Timestamp, ended: Timestamp)] = [:]

  init(started: Timestamp) { self.started = started }

  /// Keeps a frame; returns its index.
  mutating func add(_ frame: CapturedFrame, role: String) -> Int {
    frames.append(RecordedFrame(frame: frame, role: role))
    return frames.count - 1
  }

  mutating func annotate(_ index: Int, trial: String, role: String) {
    guard frames.indices.contains(index) else { return }
    frames[index].trial = trial
    frames[index].role = role
  }

  /// Notes when an attempt took place.
  mutating func noteAttempt(of trial: String, from began: Timestamp, to ended: Timestamp) {
    spans[trial] = (min(spans[trial]?.began ?? began, began), ended)
  }

  func span(of trial: String) -> (began: Timestamp, ended: Timestamp)? { spans[trial] }

  /// Median and largest round trip of the control probes.
  var roundTrip: RoundTrip? {
    let sorted = roundTrips.sorted()
    guard let largest = sorted.last else { return nil }
    return RoundTrip(median: sorted[sorted.count / 2], largest: largest, samples: sorted.count)
  }
}
