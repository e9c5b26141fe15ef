internal import Craft
internal import Judge
internal import Suite
internal import Wire

/// Makes the plan of an attempt: the same from the same record, in a live run and when it is judged again.
struct Seating {
  let personas: Personas
  let target: TargetDescription
  /// The target as trials see it.
  let targetHost: Host
  /// The same on its far side.
  var farTarget: Host?
  /// The IP versions in which an echo from the near side passes the target, and its answer comes back.
  var passing: Set<Family> = []
  /// Largest IP packet of the link in octets.
  let mtu: Int
  /// The run's seed.
  let seed: UInt64

  /// The plan of a trial for an attempt's persona, numbers and draw.
  func plan(_ queued: QueuedTrial, _ record: AttemptRecord) throws(CraftError) -> TrialPlan {
    let context = CraftContext(
      endpoints: endpoints(of: queued, record),
      capabilities: target.capabilities,
      allowsSpoofing: target.allowsSpoofing,
      mtu: mtu,
      hasOwnAddresses: personas.answersNeighbors
    )
    return try TrialPlan(crafting: queued.trial, requirements: queued.requirements, in: context)
  }

  /// Why a trial can't be begun: the verdict that it gets.
  struct Refusal: Error { var verdict: Verdict }

  /// The plan of a trial with the first draw that will do; the record then has that draw.
  ///
  /// - Parameters:
  ///   - queued: The trial.
  ///   - record: The attempt.
  ///   - isTaken: Whether another trial has these numbers already.
  /// - Returns: The plan, with faults that are faults.
  /// - Throws: The verdict on a trial that can't be begun.
  func firstPlan(
    _ queued: QueuedTrial,
    _ record: inout AttemptRecord,
    unless isTaken: (Endpoints) -> Bool = { _ in false }
  ) throws(Refusal) -> TrialPlan {
    var rightField = ""
    for salt in 0..<Self.draws {
      record.salt = salt
      // Should all be taken, which hardly happens, frames that can't be told apart are doubtful.
      let endpoints = endpoints(of: queued, record)
      if salt + 1 < Self.draws, RunProbe.isReserved(endpoints) || isTaken(endpoints) { continue }
      let plan: TrialPlan
      do throws(CraftError) { plan = try self.plan(queued, record) } catch {
        switch error {
        case .faultIsRight(let field): rightField = field
        case .notApplicable(let reason): throw Refusal(verdict: Verdict(.skipped, .notApplicable, reason))
        case .invalid(let diagnostic):
          throw Refusal(verdict: Verdict(.error, .craftFailed, diagnostic.description))
        }
        continue
      }
      if plan.control.isThrough, !passing.contains(plan.control.family) {
        throw Refusal(verdict: .notPassing(plan.control.family))
      }
      return plan
    }
    let text = "The fault in \(rightField) is the right value, whatever the trial's identifier and port."
    throw Refusal(verdict: Verdict(.error, .craftFailed, text))
  }

  /// So many draws are tried.
  private static let draws = 16

  /// Why the suite of a trial isn't for the target; nil if it is.
  func refusal(of suite: TestSuite) -> Verdict? {
    if suite.applies(to: target.role) { return nil }
    let roles = suite.roles.map(\.rawValue).joined(separator: " or ")
    let reason = "the suite is for a \(roles), the target is a \(target.role.rawValue)"
    return Verdict(.skipped, .notApplicable, reason)
  }

  private func far(_ place: Personas.Seat?, strangers: [UInt64]) -> FarSide? {
    guard let farTarget, let tester = place?.far else { return nil }
    return FarSide(
      tester: tester,
      tester2: place?.far2,
      stranger: strangers.first.flatMap { personas.farStranger($0) },
      router: personas.farRouter,
      target: farTarget
    )
  }

  private func endpoints(of queued: QueuedTrial, _ record: AttemptRecord) -> Endpoints {
    // A record from a file may name any seat.
    let place =
      personas.seats.indices.contains(record.seat) ? personas.seats[record.seat] : personas.seats.first
    let seed = queued.seed(seed, attempt: record.attempt, salt: record.salt)
    let near = target.near
    let network = near.ipv4.map { address in
      let mask = near.ipv4PrefixLength <= 0 ? 0 : UInt32.max << UInt32(32 - min(near.ipv4PrefixLength, 32))
      return (first: address.rawValue & mask, last: address.rawValue | ~mask)
    }
    let strangers = (record.strangers ?? []).map { personas.stranger($0) }
    return Endpoints(
      tester: place?.tester ?? personas.unused,
      tester2: place?.tester2,
      stranger: strangers.first ?? nil,
      stranger2: strangers.dropFirst().first ?? nil,
      router: personas.router,
      target: targetHost,
      far: far(place, strangers: record.strangers ?? []),
      broadcast: network.map { IPv4Address(rawValue: $0.last) },
      network: network.map { IPv4Address(rawValue: $0.first) },
      unused: record.unused.map { personas.unused($0) } ?? personas.unused,
      id: UInt16(truncatingIfNeeded: seed) | 1,
      port: 0xc000 | UInt16(truncatingIfNeeded: seed >> 16) & 0x3fff,
      seed: seed,
      prefixNumber: record.prefix
    )
  }
}

extension Verdict {
  /// The verdict on trials with two sides where no control probe gets through.
  static func notPassing(_ family: Family) -> Verdict {
    Verdict(
      .inconclusive,
      .controlUnansweredBefore,
      "No \(family.rawValue) echo from the near side got through the target and back, so what doesn't come out on the other "
        + "side proves nothing."
    )
  }
}
