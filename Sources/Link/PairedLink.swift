internal import CLinux
public import Capture
internal import Glibc
public import Wire

/// Two links to both sides of a router, NAT or firewall, as one with two arms and one clock.
///
/// Frames of both come in the order of their stamps, as far as they are there when somebody looks.
public final class PairedLink: Link {
  private let near: any WaitableLink
  private let far: any WaitableLink
  /// What was captured and isn't handed over yet; kept, so that receiving allocates nothing.
  private var nearFrames: [CapturedFrame] = []
  private var farFrames: [CapturedFrame] = []

  /// Joins the links of the near and the far arm, which both stamp by the same clock.
  public init(near: any WaitableLink, far: any WaitableLink) {
    (self.near, self.far) = (near, far)
  }

  /// That of the near arm.
  public var interface: InterfaceDescription { near.interface }

  /// That of the far arm.
  public var farInterface: InterfaceDescription? { far.interface }

  /// That of the near arm; both are on this machine.
  public var environment: LinkEnvironment { near.environment }

  /// The time of the near arm.
  public func now() -> Timestamp { near.now() }

  /// Puts frames on the wire of an arm.
  public func send(_ frames: [[UInt8]], at arm: Arm) throws(LinkError) {
    try (arm == .near ? near : far).send(frames, at: arm)
  }

  /// Waits for the first frame of either arm; hands over all that are there, in the order of their stamps.
  public func receive(until deadline: Timestamp, _ handle: (CapturedFrame) -> Void) throws(LinkError) {
    while true {
      try near.receive(until: now()) { nearFrames.append($0) }
      try far.receive(until: now()) { farFrames.append($0) }
      if !nearFrames.isEmpty || !farFrames.isEmpty {
        handOver(handle)
        return
      }
      let until = [deadline, near.nextDue, far.nextDue].compactMap(\.self).min() ?? deadline
      let rest = until == .distantFuture ? -1 : max(0, (until - now()).wholeNanoseconds)
      let waits = near.waitsFor + far.waitsFor + [assay_signal_descriptor()]
      let ready = rest == 0 ? 0 : assay_wait_readable(waits, Int32(waits.count), rest)
      if ready < 0 { throw .system("wait on two interfaces: \(SystemErrno(-ready).text)") }
      if ready & (1 << (waits.count - 1)) != 0 {
        SignalFlag.acknowledge()
        return
      }
      if ready == 0, now() >= deadline { return }
    }
  }

  /// Counters of both arms together.
  public func statistics() -> LinkStatistics {
    let (one, other) = (near.statistics(), far.statistics())
    var both = LinkStatistics(
      received: one.received + other.received,
      droppedByKernel: one.droppedByKernel + other.droppedByKernel,
      droppedByInterface: one.droppedByInterface + other.droppedByInterface
    )
    both.clockSteps = max(one.clockSteps, other.clockSteps)
    return both
  }

  /// Closes both.
  public func close() {
    near.close()
    far.close()
  }

  /// Both arms' frames by time, those of an arm as they came; where two have the same time, the near one first.
  private func handOver(_ handle: (CapturedFrame) -> Void) {
    defer {
      nearFrames.removeAll(keepingCapacity: true)
      farFrames.removeAll(keepingCapacity: true)
    }
    var place = 0
    for frame in nearFrames {
      while place < farFrames.count, farFrames[place].time < frame.time {
        handle(farFrames[place])
        place += 1
      }
      handle(frame)
    }
    while place < farFrames.count {
      handle(farFrames[place])
      place += 1
    }
  }
}
