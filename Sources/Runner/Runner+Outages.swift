internal import Capture
internal import Craft
internal import Judge
internal import Link
internal import Suite
internal import Wire

/// A target that stops answering: noticed, waited for, and asked whether it is back.
extension Runner {
  /// Begins an outage when control probes are overdue, sends its echoes, and ends it, or the run.
  mutating func watchTarget() throws(LinkError) {
    let now = link.now()
    // A closure, not a key path: that would copy the evaluator of each trial at each step.
    let probing = flights.values.filter { $0.evaluator.isProbeOverdue }
    let overdue = Set(probing.map(\.plan.control.family)).filter {
      // Whoever else is answered shows that it's alive.
      now - (health.lastReply[$0] ?? log.started) > Health.doubt
    }
    if health.outage == nil, !overdue.isEmpty {
      let suspects = flights.values.filter(\.evaluator.hasSentStimulus).map(\.plan.id).sorted()
      let lastSign = overdue.compactMap { health.lastReply[$0] }.min() ?? log.started
      health.number += 1
      health.outage = Outage(overdue, suspects: suspects, lastSign: lastSign, at: now)
    }
    guard health.outage != nil else { return }
    for family in overdue { health.outage?.add(family) }
    if let frames = health.outage?.probe(targetHost, as: personas.allHosts, at: now), !frames.isEmpty {
      try link.send(frames + resolutionRequests)
    }
    guard let outage = health.outage else { return }
    if outage.ended != nil {
      endOutage(outage, at: now)
    } else if outage.lasted(until: now)
      > (health.hasAnswered(outage.families) ? options.recovery : Health.patience)
    {
      halt = .silence
    }
  }

  /// Learns what a frame says of a target that was silent.
  mutating func noteOutsideTrials(_ frame: CapturedFrame, _ dissection: Dissection) {
    guard health.outage != nil else { return }
    if target.near.mac == nil, let address = resolution?.address(in: dissection) { targetHost.mac = address }
    health.outage?.take(frame, dissection)
  }

  /// Notes that the target answered a trial's control probe.
  mutating func noteReply(to flight: Flight, at time: Timestamp) {
    let family = flight.plan.control.family
    health.lastReply[family] = time
    health.outage?.answer(family, at: time)
  }

  private mutating func endOutage(_ outage: Outage, at now: Timestamp) {
    health.outage = nil
    guard outage.isConfirmed else { return }
    health.last = outage
    if inquiry != nil {
      inquiry?.record.silences.append(outage.lasted(until: now))
      return
    }
    health.remarks.append(
      "The target answered no control probe for \(seconds(outage.lasted(until: now))), from "
        + "\(seconds(outage.began - log.started)) after the start on" + inTheAir(outage) + "."
    )
  }

  /// What reports say of an outage that the run ended with.
  var silenceRemark: String {
    let text = "The target stopped answering control probes."
    guard let outage = health.outage, health.hasAnswered(outage.families) else { return text }
    let lasted = seconds(outage.lasted(until: link.now()))
    return "\(text) It was waited for \(lasted) in vain\(inTheAir(outage))."
  }

  private func inTheAir(_ outage: Outage) -> String {
    guard !outage.suspects.isEmpty else { return "" }
    let names = outage.suspects.prefix(4).joined(separator: ", ")
    let more = outage.suspects.count > 4 ? " and \(outage.suspects.count - 4) more" : ""
    return "; in the air were \(names)\(more)"
  }

  /// A target that restarts may have forgotten who is where, and may have another Ethernet address.
  private var resolutionRequests: [[UInt8]] {
    target.near.mac == nil && health.outage?.isConfirmed ?? false ? resolution?.requests ?? [] : []
  }

  private var resolution: TargetResolution? {
    guard let first = personas.seats.first else { return nil }
    return TargetResolution(
      tester: first.tester,
      ipv4: target.near.ipv4,
      ipv6: target.near.ipv6,
      responder: responder
    )
  }
}

/// A duration in seconds with a decimal.
func seconds(_ duration: Duration) -> String {
  let tenths = (duration.wholeNanoseconds + 50_000_000) / 100_000_000
  return "\(tenths / 10).\(tenths % 10) s"
}

/// What is known of whether the target lives.
struct Health {
  /// When a control probe was last answered, by version of IP.
  var lastReply: [Family: Timestamp] = [:]
  /// The outage that goes on; nil when the target is thought to be alive.
  var outage: Outage?
  /// The latest one that is over.
  var last: Outage?
  /// How many there have been.
  var number = 0
  /// What reports say of those that are over.
  var remarks: [String] = []

  /// The first of them; a target that is away again and again would fill the page.
  var told: [String] {
    let rest = remarks.count - Self.mostRemarks
    return remarks.prefix(Self.mostRemarks) + (rest > 0 ? ["So it was \(rest) more times."] : [])
  }

  private static let mostRemarks = 5

  /// A control probe that is overdue is a doubt when nothing else was answered for so long.
  static let doubt = Duration.milliseconds(250)
  /// A target that never answered is waited for so long.
  static let patience = Duration.seconds(6)

  /// Whether it has ever answered in these versions of IP.
  func hasAnswered(_ families: Set<Family>) -> Bool { families.contains { lastReply[$0] != nil } }

  /// Whether the target answered nothing in a part of the time since then.
  func wasOut(since began: Timestamp) -> Bool {
    if let outage, outage.probes > 1 { return true }
    return last?.ended.map { $0 > began } ?? false
  }
}
