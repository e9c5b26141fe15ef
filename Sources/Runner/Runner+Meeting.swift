internal import Capture
internal import Craft
internal import Link
internal import Suite
internal import Wire

/// What a run learns of its target, and the target of the personas, before the first trial.
extension Runner {
  /// Learns the target's Ethernet addresses, lets it learn the gateways', and finds out whether it passes echoes on.
  mutating func meetTarget() throws(RunnerError) {
    if personas.seats.isEmpty { throw .targetUnreachable("the target file leaves no tester address") }
    if target.near.mac == nil { targetHost.mac = try resolve(.near) }
    targetHost.linkLocal = target.near.linkLocal ?? IPv6Address(linkLocalFor: targetHost.mac)
    if let far = target.far {
      var address = far.mac
      if address == nil { address = try resolve(.far) }
      let mac = address ?? MACAddress(rawValue: 0)
      farTarget?.mac = mac
      farTarget?.linkLocal = far.linkLocal ?? IPv6Address(linkLocalFor: mac)
    }
    do throws(LinkError) {
      for family in Family.allCases {
        if let router = personas.router { try greet(targetHost, as: router, family, at: .near) }
        if let farTarget, let router = personas.farRouter {
          try greet(farTarget, as: router, family, at: .far)
        }
      }
      if queue.waiting.contains(where: \.trial.testCase.hasBothArms) { try findPassingFamilies() }
    } catch {
      throw .link(error)
    }
  }

  private mutating func resolve(_ arm: Arm) throws(RunnerError) -> MACAddress {
    var seen: [CapturedFrame] = []
    let mac = try personas.resolve(target, on: link, at: arm) { seen.append($0) }
    for frame in seen { _ = log.add(frame, role: "before the first trial") }
    return mac
  }

  /// Lets the target learn a gateway's Ethernet address: else it would resolve it in the middle of the first trial that
  /// needs it.
  private mutating func greet(_ host: Host, as router: Host, _ family: Family, at arm: Arm) throws(LinkError)
  {
    var (speaker, listener) = (router, host)
    if family == .ipv6 { speaker.ipv6 = router.linkLocal ?? router.ipv6 }
    if family == .ipv6, router.linkLocal != nil { listener.ipv6 = host.linkLocal }
    let probe = ControlProbe(
      family: family,
      tester: speaker,
      target: listener,
      identifier: RunProbe.greeting
    )
    _ = try isAnswered(probe, at: arm, attempts: 1)
  }

  /// Sends echoes through the target to the far side, where a persona answers them.
  private mutating func findPassingFamilies() throws(LinkError) {
    guard let seat = personas.seats.first, let peer = seat.far else { return }
    for family in Family.allCases {
      let probe = ControlProbe(
        family: family,
        tester: seat.tester,
        through: targetHost,
        to: peer,
        identifier: RunProbe.greeting
      )
      if try isAnswered(probe, at: .near, attempts: 3) { passing.insert(family) }
    }
  }

  /// Whether a probe is answered, within a third of a second each time.
  private mutating func isAnswered(
    _ probe: ControlProbe,
    at arm: Arm,
    attempts: UInt16
  ) throws(LinkError) -> Bool {
    for sequence in 1...attempts {
      let request = probe.request(sequence: sequence)
      guard !request.isEmpty else { return false }
      try link.send([request], at: arm)
      let deadline = link.now() + .milliseconds(attempts > 1 ? 300 : 100)
      var isAnswered = false
      while !isAnswered, link.now() < deadline {
        var answers: [OutgoingFrame] = []
        var seen: [CapturedFrame] = []
        try link.receive(until: deadline) { frame in
          seen.append(frame)
          let dissection = Dissection(frame.bytes)
          if probe.sequence(ofReply: dissection) != nil { isAnswered = true }
          if let answer = responder.answer(to: dissection, at: frame.arm) {
            answers.append(OutgoingFrame(answer, from: frame.arm))
          }
        }
        for frame in seen { _ = log.add(frame, role: "before the first trial") }
        for answer in answers { try link.send([answer.bytes], at: answer.arm) }
      }
      if isAnswered { return true }
    }
    return false
  }
}
