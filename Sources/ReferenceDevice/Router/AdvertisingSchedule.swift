internal import Capture

/// When a router tells the hosts of a link of itself without being asked.
struct AdvertisingSchedule: Sendable {
  /// When the next advertisement goes out.
  var next: Timestamp
  /// How many went out.
  private(set) var sent = 0
  /// When the latest went out.
  private(set) var latest: Timestamp?
  private let least: Duration
  private let most: Duration

  /// The first few come soon [RFC1256-4.3-b] [RFC4861-6.2-init].
  private static let initial = (count: 3, interval: Duration.seconds(16))

  /// Advertisements between so much time and so much.
  init(from start: Timestamp, least: Duration, most: Duration) {
    next = start + Self.initial.interval
    self.least = least
    self.most = most
  }

  /// Counts one that goes out, and draws when the next one does [RFC1256-4.3-a] [RFC4861-6.2-intv].
  mutating func advance(at now: Timestamp, _ chance: inout Chance) {
    sent += 1
    latest = now
    let interval = least + chance.duration(upTo: most - least)
    next = now + (sent < Self.initial.count ? min(interval, Self.initial.interval) : interval)
  }
}
