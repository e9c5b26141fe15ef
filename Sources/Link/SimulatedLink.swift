public import Capture
public import Wire

/// A link in virtual time to a device in this process: nothing sleeps, every run is the same.
///
/// The clock stands still until `receive` moves it to the next event or past the deadline. Frames leave one after
/// the other, pass the observer when they leave, reach the device, and its answers pass the observer a latency
/// later.
///
/// ```
/// let link = SimulatedLink(to: ReferenceDevice())
/// try link.send([request])
/// try link.receive(until: link.now() + .seconds(1)) { print($0.time, $0.bytes.count) }   // the request
/// try link.receive(until: link.now() + .seconds(1)) { print($0.time, $0.bytes.count) }   // the reply
/// ```
public final class SimulatedLink: Link {
  /// A made-up interface with an MTU of 1500.
  public let interface: InterfaceDescription
  /// The same once more, for devices with two sides; nothing comes there from others.
  public let farInterface: InterfaceDescription?
  /// That nothing of it is real.
  public var environment: LinkEnvironment { .simulated }
  /// The device at the other end.
  public private(set) var device: any SimulatedDevice

  private let faults: LinkFaults
  private let latency: Duration
  private var clock: Timestamp
  private var wireIsFree: Timestamp
  private var events = SimulatedEventQueue()
  private var counters = LinkStatistics()
  private var sentCount = 0
  private var answerCount = 0
  private var isClosed = false

  /// Where virtual time begins: 2026-01-01T00:00:00Z.
  public static let epoch = Timestamp(nanoseconds: 1_767_225_600_000_000_000)

  /// Octets of a frame besides its packet: the Ethernet header and two VLAN tags.
  private static let headerRoom = 14 + 8

  /// How long the wire is busy with one frame, whatever its length.
  private static let spacing = Duration.microseconds(1)

  /// Joins a device to the tester.
  ///
  /// - Parameters:
  ///   - device: the target.
  ///   - latency: from a frame passing the observer to the device's answer passing it.
  ///   - faults: what goes wrong on the way.
  ///   - start: where the clock begins.
  public init(
    to device: any SimulatedDevice,
    latency: Duration = .microseconds(100),
    faults: LinkFaults = LinkFaults(),
    start: Timestamp = SimulatedLink.epoch
  ) {
    self.device = device
    self.latency = latency
    self.faults = faults
    clock = start
    wireIsFree = start
    let mac = MACAddress(rawValue: 0x0200_0000_00fe)
    interface = InterfaceDescription(name: "simulated", mac: mac, mtu: 1500)
    let farMAC = MACAddress(rawValue: 0x0200_0000_01fe)
    farInterface = InterfaceDescription(name: "simulated-far", mac: farMAC, mtu: 1500)
  }

  /// The virtual time.
  public func now() -> Timestamp { clock }

  /// Puts frames on the simulated wire; refuses those that no Ethernet carries.
  public func send(_ frames: [[UInt8]], at arm: Arm) throws(LinkError) {
    try checkIsUp()
    for frame in frames {
      guard frame.count >= 14, frame.count <= interface.mtu + Self.headerRoom else {
        let most = interface.mtu + Self.headerRoom
        throw .sendRefused(length: frame.count, reason: "a frame has 14 to \(most) octets")
      }
      wireIsFree = max(clock, wireIsFree) + Self.spacing
      events.insert(SimulatedEvent(time: wireIsFree, kind: .sent(frame, at: arm, count: sentCount)))
      sentCount += 1
    }
  }

  /// Lets virtual time go on to the next frame or the deadline; never sleeps.
  public func receive(until deadline: Timestamp, _ handle: (CapturedFrame) -> Void) throws(LinkError) {
    try checkIsUp()
    var seen = false
    while !seen, let time = nextTime(by: deadline) {
      clock = max(clock, time)
      try checkIsUp()
      while let event = events.next(by: clock) {
        guard let (frame, arm) = happen(event) else { continue }
        seen = true
        counters.received += 1
        handle(CapturedFrame(time: event.time, arm: arm, bytes: frame))
        if isClosed { return }
      }
      if let wake = device.nextWake, wake <= clock { schedule(device.wake(at: clock), after: clock) }
    }
    // As on a real link a wait ends a little after its deadline, so that time passes in every wait.
    if !seen, deadline != .distantFuture { clock = max(clock, deadline) + .nanoseconds(1) }
    if !seen { try checkIsUp() }
  }

  /// Frames seen, and those that the faults made the observer lose.
  public func statistics() -> LinkStatistics { counters }

  /// Ends the simulation.
  public func close() { isClosed = true }

  /// The time of the next event or timer up to the deadline; nil when there is none.
  private func nextTime(by deadline: Timestamp) -> Timestamp? {
    let next = min(events.nextTime ?? .distantFuture, device.nextWake ?? .distantFuture)
    return next <= deadline && next != .distantFuture ? next : nil
  }

  /// Lets an event happen; returns the frame that the observer sees of it, nil if it sees none.
  private func happen(_ event: SimulatedEvent) -> (frame: [UInt8], arm: Arm)? {
    switch event.kind {
    case .sent(let crafted, let arm, let count):
      let frame = faults.onTheWire(crafted, count)
      if !faults.lostOnTheWay.contains(count), !faults.takesByChance(count, salt: 0) {
        schedule(device.receive(frame, from: arm, at: event.time), after: event.time + latency)
      }
      return captured(frame, at: arm, faults.uncapturedSent.contains(count))
    case .answered(let frame, let arm, let isCopy):
      if isCopy { return captured(frame, at: arm, false) }
      let count = answerCount
      answerCount += 1
      if faults.lostOnTheWayBack.contains(count) || faults.takesByChance(count, salt: 1) { return nil }
      if let delay = faults.delayed[count] {
        events.insert(SimulatedEvent(time: event.time + delay, kind: .answered(frame, at: arm, isCopy: true)))
        return nil
      }
      if faults.duplicated.contains(count) {
        events.insert(
          SimulatedEvent(time: event.time + Self.spacing, kind: .answered(frame, at: arm, isCopy: true))
        )
      }
      return captured(frame, at: arm, faults.uncapturedReceived.contains(count))
    }
  }

  private func captured(_ frame: [UInt8], at arm: Arm, _ isDropped: Bool) -> (frame: [UInt8], arm: Arm)? {
    if isDropped { counters.droppedByKernel += 1 }
    return isDropped ? nil : (frame, arm)
  }

  private func schedule(_ emissions: [Emission], after time: Timestamp) {
    for (place, emission) in emissions.enumerated() {
      let time = time + emission.delay + .nanoseconds(place * 200)
      events.insert(
        SimulatedEvent(time: time, kind: .answered(emission.frame, at: emission.arm, isCopy: false))
      )
    }
  }

  private func checkIsUp() throws(LinkError) {
    if isClosed { throw .closed }
    if let down = faults.goesDownAt, down <= clock { throw .interfaceDown(interface.name) }
  }
}
