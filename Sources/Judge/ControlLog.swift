internal import Capture

/// The control probes of one trial: when each left and when it was answered.
struct ControlLog: Sendable {
  private(set) var sent: [UInt16: Timestamp] = [:]
  private(set) var answered: [UInt16: Timestamp] = [:]
  /// Sequence numbers given out; the next one is one more.
  private(set) var last: UInt16 = 0
  /// The first sequence number of the probe that is being worked on.
  private(set) var first: UInt16 = 0
  /// Round trip of the latest answered probe.
  private(set) var roundTrip: Duration = .milliseconds(1)
  /// All round trips, in order.
  private(set) var roundTrips: [Duration] = []

  /// Answers to requests that had been answered before.
  private(set) var repeats = 0

  /// The longest round trip so far: how late a frame may be is what the slowest one shows, not the latest.
  var longestRoundTrip: Duration { roundTrips.max() ?? roundTrip }

  /// How the path treated the probes.
  ///
  /// A request without an answer was lost, or its answer, only if a later one was answered: else the target may be dead.
  var path: PathQuality {
    let alive = answered.keys.max() ?? 0
    return PathQuality(
      probes: sent.keys.count { $0 <= alive },
      lost: sent.keys.count { $0 < alive && answered[$0] == nil },
      repeated: repeats
    )
  }

  mutating func begin() { first = last &+ 1 }

  /// Which attempt of the probe that is being worked on a request is, from 0; nil for one of an earlier probe.
  func attempt(of sequence: UInt16) -> Int? { sequence >= first ? Int(sequence - first) : nil }

  mutating func nextSequence() -> UInt16 {
    last &+= 1
    return last
  }

  /// Notes a request seen leaving; also one that the live run sent and a replay wouldn't have.
  mutating func left(_ sequence: UInt16, at time: Timestamp) {
    if sent[sequence] == nil { sent[sequence] = time }
    last = max(last, sequence)
  }

  /// Notes an answer; true if it answers the probe that is being worked on.
  mutating func answer(_ sequence: UInt16, at time: Timestamp) -> Bool {
    guard let departure = sent[sequence] else { return false }
    if answered[sequence] == nil {
      answered[sequence] = time
      roundTrip = max(time - departure, .zero)
      roundTrips.append(roundTrip)
    } else {
      repeats += 1
    }
    return sequence >= first && sequence <= last
  }
}
