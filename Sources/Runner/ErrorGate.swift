internal import Capture
internal import Craft
internal import Suite
internal import Wire

/// Says which trials may begin, as far as the target's error budget goes.
struct ErrorGate {
  /// What the target sends; nil while that isn't known.
  var budget: ErrorBudget?
  /// What is left of it; nil when there are no limits.
  var pacer: ErrorPacer?
  /// No trial that may draw an error begins before.
  private var heldUntil = Timestamp(nanoseconds: .min)
  /// When something may begin that had to wait.
  private(set) var wake: Timestamp?

  /// Another round of beginning trials.
  mutating func beginRound(at now: Timestamp) { wake = heldUntil > now ? heldUntil : nil }

  /// Whether a trial may begin now.
  func admits(_ queued: QueuedTrial, at now: Timestamp) -> Bool {
    guard pacer != nil, queued.mayDrawErrors else { return true }
    return now >= queued.notBefore && now >= heldUntil
  }

  /// Whether a persona's budget has room for what a trial may draw, as far as that is known.
  func hasRoom(_ seat: Personas.Seat, for queued: QueuedTrial, at now: Timestamp) -> Bool {
    guard let pacer, queued.mayDrawErrors else { return true }
    let addresses = Family.allCases.compactMap { seat.tester.address($0) }
    return pacer.ready(max(1, queued.errorsToOnePeer), to: addresses, at: now) <= now
  }

  /// Lets no trial begin that may draw an error before this time.
  mutating func hold(until time: Timestamp) {
    heldUntil = time
    wake = min(wake ?? time, time)
  }

  /// Takes what a trial may draw out of the budget.
  ///
  /// - Returns: The trial, if there isn't enough and it has to wait.
  mutating func spend(_ queued: QueuedTrial, _ plan: TrialPlan, at now: Timestamp) -> QueuedTrial? {
    guard let pacer else { return nil }
    let demand = ErrorDemand(of: plan)
    let ready = pacer.ready(demand, at: now)
    guard ready > now else {
      self.pacer?.take(demand, at: now)
      return nil
    }
    var later = queued
    later.errorsToOnePeer = demand.mostToOnePeer
    let overall = pacer.overallReady(demand, at: now)
    if overall > now {
      hold(until: overall)
    } else {
      later.notBefore = ready
      wake = min(wake ?? ready, ready)
    }
    return later
  }

  /// Why a trial can't succeed: it needs more errors at once than the target ever sends; nil if it can.
  func shortage(_ plan: TrialPlan) -> String? {
    guard let limits = budget?.families[plan.control.family] else { return nil }
    let needed = plan.mostErrorsAtOnce
    guard let least = [limits.peer.limit, limits.overall.limit].compactMap(\.?.burst).min(), needed > least
    else { return nil }
    return "it needs \(needed) ICMP errors at once, and the target sends \(least)"
  }
}

extension TrialPlan {
  /// The most ICMP errors that one step needs.
  fileprivate var mostErrorsAtOnce: Int {
    steps.map { step in
      guard case .expect(let expectation) = step, case .packet(let pattern, let times) = expectation.kind
      else { return 0 }
      return pattern.isError ? times.lowerBound : 0
    }.max() ?? 0
  }
}

extension FramePattern {
  private static let errors: [LayerKind: Set<UInt64>] = [.icmpv4: [3, 4, 5, 11, 12], .icmpv6: [1, 2, 3, 4]]

  /// Whether it names an ICMP error.
  fileprivate var isError: Bool {
    layers.contains { layer in
      guard let errors = Self.errors[layer.kind] else { return false }
      return layer.fields.contains { field in
        guard field.name == "type", case .equals(.number(let type)) = field.predicate else { return false }
        return errors.contains(type)
      }
    }
  }
}
