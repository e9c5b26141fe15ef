internal import Capture
internal import Wire

/// What a multicast listener has yet to say, and which version of the protocol it speaks.
struct ListenerTimers: Sendable {
  /// A report of one group that is due.
  struct Pending: Sendable {
    var due: Timestamp
    /// The sources that were asked for; none if all of the group was.
    var sources: [IPv6Address]
  }

  /// When all groups are reported together; only in version 2.
  var general: Timestamp?
  var groups: [IPv6Address: Pending] = [:]
  /// Groups that were joined, and when that is said again.
  var joined: [IPv6Address: Timestamp] = [:]
  /// Until when version 1 is spoken, since a router of that version asked [RFC3810-8.2-v1].
  var versionOneUntil: Timestamp?
  /// What the latest query of version 2 said: how many losses are withstood, and how often it comes.
  var robustness = 2
  var queryInterval = Duration.seconds(125)

  var nextWake: Timestamp? {
    ([general] + groups.values.map(\.due) + Array(joined.values)).compactMap(\.self).min()
  }

  /// Whether an older router is there.
  func speaksVersionOne(at now: Timestamp) -> Bool { versionOneUntil.map { $0 > now } ?? false }

  mutating func forgetAll() {
    general = nil
    groups = [:]
  }

  /// Notes a report of one group; what was to come anyway isn't put off, and sources add up.
  mutating func note(_ sources: [IPv6Address], of group: IPv6Address, due: Timestamp) {
    guard let pending = groups[group] else {
      groups[group] = Pending(due: due, sources: sources)
      return
    }
    let isWhole = sources.isEmpty || pending.sources.isEmpty
    let all = pending.sources + sources.filter { !pending.sources.contains($0) }
    groups[group] = Pending(due: min(due, pending.due), sources: isWhole ? [] : all)
  }
}
