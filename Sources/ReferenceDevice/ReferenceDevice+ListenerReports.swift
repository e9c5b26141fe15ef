internal import Capture
internal import Wire

/// How mutants deviate in telling routers which groups they listen to.
enum ListenerReportMutant: String, Deviation {
  case silentAboutGeneralQueries =
    "RFC3810-6.2-gq RFC2710-4-gq RFC8504-5.11-mld: doesn't answer general queries"
  case answersGeneralQueriesLate = "RFC3810-6.2-gq RFC2710-4-gq: takes longer to answer than routers wait"
  case answersQueriesAtOnce = "RFC3810-6.3-imm: answers queries without a random delay"
  case waitsDespiteNoDelay = "RFC2710-4-delay0: waits a second where no delay is allowed"
  case silentAboutGroupQueries = "RFC3810-6.2-sq RFC2710-4-sq: doesn't answer queries for a group"
  case reportsAllGroups = "RFC3810-6.2-sq RFC2710-4-sq: reports all groups where one is asked for"
  case reportsForeignGroups =
    "RFC3810-6.2-sq-no RFC2710-4-sq-not: reports groups that it doesn't listen to, if asked"
  case ignoresSourcesAskedFor = "RFC3810-6.2-ssq: answers for all sources where some are asked for"
  case reportsAllNodes = "RFC2710-4-gq-excl RFC3810-6.2-gq: reports the group of all nodes"
  case leavesOutOneGroup = "RFC3810-6.2-gq RFC2710-4-gq: doesn't report the group of its link-local address"
  case reportsFromGlobalAddress =
    "RFC3810-5.2.13-src RFC3810-5-fmt RFC2710-3-fmt: reports groups from its global address"
  case reportsGroupsAfar = "RFC3810-5-fmt RFC2710-3-fmt: sends reports with a hop limit of 64"
  case reportsWithoutAlert = "RFC3810-5-fmt RFC2710-3-fmt: sends reports without a router alert"
  case lengthensReports = "RFC2710-3-tx: sends version 1 reports of 28 octets"
  case reportsChanges = "RFC3810-6.2-gq: reports what it listens to as if it had just begun to"
}

/// A query that was found right.
struct ListenerQuery {
  /// `::` for all groups.
  var group: IPv6Address
  /// None for all sources.
  var sources: [IPv6Address]
  var longestDelay: Duration
}

/// Multicast listener discovery [RFC 2710] [RFC 3810]: what is answered, and when.
extension ReferenceDevice {
  /// ff02::16, all routers that speak version 2.
  private static let reportGroup = IPv6Address(high: 0xff02_0000_0000_0000, low: 0x16)

  /// RFC2710-4-gq-excl: the group of all nodes is never reported, and what doesn't leave the node isn't joined.
  private var reportedGroups: [IPv6Address] {
    var groups = groups6.filter { $0 != .allNodes }
    if breaks(ListenerReportMutant.reportsAllNodes) { groups.append(.allNodes) }
    if breaks(ListenerReportMutant.leavesOutOneGroup) {
      groups.removeAll { $0 == configuration.linkLocal.solicitedNodeMulticast }
    }
    return groups
  }

  /// Draws a time within the longest delay [RFC3810-6.2-gq] [RFC3810-6.3-imm] [RFC2710-4-gq] [RFC2710-4-delay0]; an
  /// answer that comes sooner anyway serves this query, too.
  mutating func schedule(_ query: ListenerQuery) {
    let isOld = listener.speaksVersionOne(at: now)
    guard query.group.isUnspecified || !query.group.isMulticast else { return scheduleGroup(query, isOld) }
    if breaks(ListenerReportMutant.silentAboutGeneralQueries) { return }
    if isOld {
      for group in reportedGroups { listener.note([], of: group, due: now + delay(query)) }
      return
    }
    let due = now + delay(query)
    if let general = listener.general, general <= due { return }
    listener.general = due
  }

  /// RFC3810-6.2-sq, RFC3810-6.2-ssq, RFC2710-4-sq: the one group; nothing about others [RFC3810-6.2-sq-no]
  /// [RFC2710-4-sq-not].
  private mutating func scheduleGroup(_ query: ListenerQuery, _ isOld: Bool) {
    if breaks(ListenerReportMutant.silentAboutGroupQueries) { return }
    let isJoined = reportedGroups.contains(query.group)
    guard isJoined || breaks(ListenerReportMutant.reportsForeignGroups) else { return }
    if isJoined, breaks(ListenerReportMutant.reportsAllGroups) {
      for group in reportedGroups { listener.note([], of: group, due: now + delay(query)) }
      return
    }
    let due = now + delay(query)
    if !isOld, let general = listener.general, general <= due { return }
    let isWhole = breaks(ListenerReportMutant.ignoresSourcesAskedFor)
    listener.note(isWhole ? [] : query.sources, of: query.group, due: due)
  }

  private mutating func delay(_ query: ListenerQuery) -> Duration {
    if query.longestDelay == .zero, breaks(ListenerReportMutant.waitsDespiteNoDelay) { return .seconds(1) }
    if breaks(ListenerReportMutant.answersQueriesAtOnce) { return .zero }
    let delay = chance.duration(upTo: query.longestDelay)
    let isLate = query.group.isUnspecified && breaks(ListenerReportMutant.answersGeneralQueriesLate)
    return isLate ? delay + query.longestDelay + .milliseconds(400) : delay
  }

  /// Sends the reports that are due.
  mutating func answerListenerQueries() {
    if let general = listener.general, general <= now {
      listener.general = nil
      reportGroups(reportedGroups.map { ($0, []) })
    }
    for group in listener.joined.filter({ $0.value <= now }).keys.sorted() {
      listener.joined[group] = nil
      reportChange(of: group)
    }
    let due = listener.groups.filter { $0.value.due <= now }.sorted {
      $0.key.octets.lexicographicallyPrecedes($1.key.octets)
    }
    for (group, pending) in due {
      listener.groups[group] = nil
      if listener.speaksVersionOne(at: now) {
        reportVersionOne(group)
      } else {
        reportGroups([(group, pending.sources)])
      }
    }
  }

  /// A report of version 2 on what is listened to: all sources of a group, or those of the sources asked for which are
  /// wanted, and all are [RFC3810-6.2-ssq].
  private mutating func reportGroups(_ records: [(group: IPv6Address, sources: [IPv6Address])]) {
    guard !records.isEmpty else { return }
    var message: [UInt8] = [143, 0, 0, 0, 0, 0]
    message.append16(UInt16(truncatingIfNeeded: records.count))
    let excluding: UInt8 = breaks(ListenerReportMutant.reportsChanges) ? 4 : 2
    for record in records {
      message += [record.sources.isEmpty ? excluding : 1, 0]
      message.append16(UInt16(truncatingIfNeeded: record.sources.count))
      message += record.group.octets + record.sources.flatMap(\.octets)
    }
    sendReport(message, to: Self.reportGroup)
  }

  /// A group is listened to from now on: routers are told at once, and once more, as reports may get lost [RFC 3810 6.1].
  mutating func reportJoined(_ group: IPv6Address) {
    reportChange(of: group)
    listener.joined[group] = now + chance.duration(upTo: .seconds(1))
  }

  private mutating func reportChange(of group: IPv6Address) {
    guard groups6.contains(group) else { return }
    if listener.speaksVersionOne(at: now) { return reportVersionOne(group) }
    sendReport([143, 0, 0, 0, 0, 0, 0, 1, 4, 0, 0, 0] + group.octets, to: Self.reportGroup)
  }

  /// RFC2710-4-gq, RFC2710-3-tx: one message of 24 octets for each group, to that group.
  private mutating func reportVersionOne(_ group: IPv6Address) {
    let rest: [UInt8] = breaks(ListenerReportMutant.lengthensReports) ? [0, 0, 0, 0] : []
    sendReport([131, 0, 0, 0, 0, 0, 0, 0] + group.octets + rest, to: group)
  }

  /// RFC3810-5-fmt, RFC2710-3-fmt, RFC3810-5.2.13-src: from the link-local address, with hop limit 1 and a router alert.
  private mutating func sendReport(_ message: [UInt8], to group: IPv6Address) {
    let isGlobal = breaks(ListenerReportMutant.reportsFromGlobalAddress)
    let reply = IPv6Reply(
      source: isGlobal ? configuration.ipv6 : configuration.linkLocal,
      destination: group,
      hopLimit: breaks(ListenerReportMutant.reportsGroupsAfar) ? 64 : 1,
      alertsRouters: !breaks(ListenerReportMutant.reportsWithoutAlert)
    )
    sendICMPv6(message, reply)
  }
}
