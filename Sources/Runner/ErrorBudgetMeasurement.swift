internal import Capture
internal import Craft
internal import Link
internal import Suite
internal import Wire

/// Measures how many ICMP errors of one IP version a target sends: at once and in the long run, to one peer and to all.
///
/// Many datagrams at once show how many errors come at once. Where the last of them stay unanswered while the echoes among
/// them are answered, there is a limit, and a while of further ones shows how fast the budget comes back.
struct ErrorBudgetMeasurement {
  /// What was found, and what it took out of the budget.
  struct Finding {
    var budget: FamilyErrorBudget
    /// How many errors may have been drawn, by address.
    var drawn: [FieldValue: Int] = [:]
  }

  private let family: Family
  private var volley: ErrorVolley

  /// Datagrams sent at once as one peer, and as many.
  static let peerCount = 64
  static let overallCount = 256
  /// More hosts than this don't take part.
  private static let hostLimit = 128
  /// Unanswered last datagrams of so many show a limit.
  private static func tail(of count: Int) -> Int { max(4, count / 4) }
  private static let tick = Duration.milliseconds(20)

  init(_ family: Family, volley: ErrorVolley) {
    self.family = family
    self.volley = volley
  }

  /// Everything that was captured meanwhile.
  var captured: [CapturedFrame] { volley.captured }
  /// The link's pacer after it.
  var pacer: Pacer { volley.pacer }

  /// Measures with the hosts that the target answers; nil if it answers none, or sends no errors.
  mutating func run(_ hosts: [Host], kinds: [ErrorProbe.Kind], mostAtOnce: Int) throws(LinkError) -> Finding?
  {
    let hosts = try volley.answered(Array(hosts.prefix(Self.hostLimit)))
    guard let first = hosts.first else { return nil }
    for kind in kinds {
      volley.kind = kind
      var finding = Finding(budget: FamilyErrorBudget(peer: ErrorAllowance(), overall: ErrorAllowance()))
      let count = max(8, min(Self.peerCount, mostAtOnce))
      let salvo = try volley.send(Array(repeating: first, count: count))
      guard !salvo.answered.isEmpty else { continue }
      note(salvo, Array(repeating: first, count: count), in: &finding)
      finding.budget.peer = ErrorAllowance(seen: salvo.answered.count)
      if isExhausted(salvo, count) {
        finding.budget.peer.limit = ErrorLimit(
          burst: salvo.answered.count,
          perSecond: try refill([first], atMost: .max, &finding)
        )
      }
      try measureOverall(Array(hosts.dropFirst()), &finding, mostAtOnce: mostAtOnce)
      return finding
    }
    return Finding(budget: FamilyErrorBudget(peer: ErrorAllowance(), overall: ErrorAllowance()))
  }

  private mutating func measureOverall(
    _ hosts: [Host],
    _ finding: inout Finding,
    mostAtOnce: Int
  ) throws(LinkError) {
    // No host draws more than half of what is its own, so that what stays unanswered is for all.
    let burst = finding.budget.peer.limit?.burst
    let share = burst.map { max(1, $0 / 2) } ?? Self.overallCount
    let count = min(Self.overallCount, hosts.count * min(share, Self.overallCount), mostAtOnce)
    guard hosts.count > 1, count >= 8, count > burst ?? 0 else { return }
    let speakers = (0..<count).map { hosts[$0 % hosts.count] }
    let salvo = try volley.send(speakers)
    note(salvo, speakers, in: &finding)
    finding.budget.overall = ErrorAllowance(seen: salvo.answered.count)
    guard isExhausted(salvo, count) else { return }
    let left = burst.map { ($0 - min(share, $0)) * hosts.count } ?? .max
    let perSecond = try refill(hosts, atMost: max(left, 8), &finding)
    finding.budget.overall.limit = ErrorLimit(burst: max(1, salvo.answered.count), perSecond: perSecond)
  }

  /// Whether the last datagrams stayed unanswered though the path was alive; scattered losses are the network's.
  private func isExhausted(_ salvo: ErrorVolley.Salvo, _ count: Int) -> Bool {
    let tail = Self.tail(of: count)
    return salvo.isPathAlive && salvo.answered.count { $0 >= count - tail } < tail / 2
  }

  private func note(_ salvo: ErrorVolley.Salvo, _ speakers: [Host], in finding: inout Finding) {
    for index in salvo.answered {
      guard let address = speakers[index].address(family) else { continue }
      finding.drawn[address, default: 0] += 1
    }
  }

  /// Errors a second of a budget that was just used up, asked for by these hosts in turn; more than `most` aren't drawn.
  private mutating func refill(_ hosts: [Host], atMost most: Int, _ finding: inout Finding)
    throws(LinkError) -> Double
  {
    let start = volley.now
    var (total, sinceFirst) = (0, 0)
    var first: Timestamp?
    var last = start
    var (batch, turn) = (2, 0)
    while total < most, isWorthWaiting(total, volley.now - start), SignalFlag.pending == nil {
      try volley.listen(until: volley.now + Self.tick)
      let speakers = (0..<min(batch, most)).map { hosts[(turn + $0) % hosts.count] }
      turn += speakers.count
      let salvo = try volley.send(speakers)
      guard salvo.isPathAlive else { break }
      let count = salvo.answered.count
      note(salvo, speakers, in: &finding)
      if count > 0 {
        if first == nil { first = volley.now } else { sinceFirst += count }
        last = volley.now
      }
      total += count
      batch = count == batch ? min(batch * 2, Self.peerCount) : count + 2
    }
    let whole = Double((volley.now - start).wholeNanoseconds) / 1e9
    guard total > 0, whole > 0 else { return whole > 0 ? 0.5 / whole : 0 }
    let between = Double((last - (first ?? last)).wholeNanoseconds) / 1e9
    // The first ones may have been there already; fixed windows make the other estimate too high.
    return min(
      Double(total) / whole,
      between > 0 && sinceFirst > 0 ? Double(sinceFirst) / between : .infinity
    )
  }

  /// Longer for slow budgets, a quarter of a second for fast ones.
  private func isWorthWaiting(_ total: Int, _ elapsed: Duration) -> Bool {
    switch total {
    case ..<2: elapsed < .seconds(5)
    case ..<20: elapsed < .milliseconds(2200)
    default: elapsed < .milliseconds(250)
    }
  }
}

extension Host {
  /// Its address of a version of IP.
  func address(_ family: Family) -> FieldValue? {
    switch family {
    case .ipv4: ipv4.map { .ipv4($0) }
    case .ipv6: ipv6.map { .ipv6($0) }
    }
  }
}
