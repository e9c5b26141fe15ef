internal import Capture
internal import Craft
internal import Link
internal import Suite
internal import Wire

extension Runner {
  /// Learns how many ICMP errors the target sends, if a trial of this run may draw one, and paces the trials by it.
  mutating func learnErrorBudget() throws(LinkError) {
    let families = Family.allCases.filter { family in
      (family == .ipv4 ? targetHost.ipv4 != nil : targetHost.ipv6 != nil)
        && queue.waiting.contains { $0.mayDrawErrors && $0.concerns(family) }
    }
    guard !families.isEmpty else { return }
    if let stated = target.capabilities["icmp-errors-per-second"].flatMap({ Int($0) }), stated > 0 {
      let budget = ErrorBudget(stating: stated, for: families)
      errors.budget = budget
      errors.pacer = ErrorPacer(budget, exhaustedAt: link.now())
      return
    }
    guard options.learnsErrorBudget else { return }
    var budget = ErrorBudget(.measured, families: [:])
    var drawn: [FieldValue: Int] = [:]
    for family in families {
      let volley = ErrorVolley(link, family, target: targetHost, responder: responder, pacer: pacer)
      var measurement = ErrorBudgetMeasurement(family, volley: volley)
      // The first draws the most; the last of all persons is the last to have a trial, so that a budget which its
      // datagrams just used up, unnoticed, doesn't look like obedience there.
      let hosts = personas.allHosts
      let finding = try measurement.run(
        hosts.suffix(1) + hosts.dropLast(),
        kinds: probeKinds,
        mostAtOnce: max(8, options.rate / 4)
      )
      pacer = measurement.pacer
      for frame in measurement.captured { _ = log.add(frame, role: "before the first trial: error budget") }
      // Who answers no echo now may do later; its limits stay unknown.
      budget.families[family] =
        finding?.budget ?? FamilyErrorBudget(peer: ErrorAllowance(), overall: ErrorAllowance())
      drawn.merge(finding?.drawn ?? [:]) { $0 + $1 }
    }
    errors.budget = budget
    let now = link.now()
    errors.pacer = ErrorPacer(budget, exhaustedAt: now)
    for (peer, count) in drawn { errors.pacer?.note(count, to: peer, at: now) }
  }

  /// What to provoke errors with, the likelier first.
  private var probeKinds: [ErrorProbe.Kind] {
    let port = target.capabilities["udp-closed-port"].flatMap { UInt16($0) }
    return (port.map { [.closedPort($0)] } ?? []) + [.unknownProtocol]
  }
}
