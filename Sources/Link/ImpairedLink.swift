public import Capture
public import Wire

/// A bad path in front of any link, for tests: between the observer and the target frames are lost, doubled,
/// overtaken, delayed and changed, in both directions, by a seed.
///
/// Sent frames are seen leaving as they were handed over, once, whatever becomes of them behind the observer; what comes
/// in is impaired before the observer sees it.
///
/// ```
/// let link = ImpairedLink(SimulatedLink(to: ReferenceDevice()), try Impairment(parsing: "loss=2%,seed=7"))
/// ```
public final class ImpairedLink: WaitableLink {
  private let link: any Link
  private let arm: Arm
  private var wayThere: ImpairedPath
  private var wayBack: ImpairedPath
  /// What the observer sees of sent frames and has not handed over yet.
  private var copies: [CapturedFrame] = []
  /// Frames that were put on the real wire and that the real capture will show: how often each, octet for octet.
  ///
  /// The observer has seen them, so they are left out when they come.
  private var departing: [[UInt8]: Int] = [:]
  /// The latest stamp that was handed over: none behind it is earlier.
  private var latest = Timestamp(nanoseconds: .min)
  private var handedOver = 0

  /// Puts a bad path in front of a link.
  ///
  /// - Parameters:
  ///   - link: How the target is reached.
  ///   - impairment: What is wrong with the path.
  ///   - arm: Where the link touches the target.
  public init(_ link: any Link, _ impairment: Impairment, arm: Arm = .near) {
    self.link = link
    self.arm = arm
    wayThere = ImpairedPath(impairment, .toTarget)
    wayBack = ImpairedPath(impairment, .toTester)
  }

  /// That of the real link.
  public var interface: InterfaceDescription { link.interface }

  /// That of the real link.
  public var environment: LinkEnvironment { link.environment }

  /// What the real link waits for.
  public var waitsFor: [Int32] { (link as? any WaitableLink)?.waitsFor ?? [] }

  /// When a frame that is under way comes through.
  public var nextDue: Timestamp? {
    copies.isEmpty ? [wayThere.nextTime, wayBack.nextTime].compactMap(\.self).min() : link.now()
  }

  /// The time of the real link.
  public func now() -> Timestamp { link.now() }

  /// Shows frames leaving, and sends what the path leaves of them, now or later.
  public func send(_ frames: [[UInt8]], at _: Arm) throws(LinkError) {
    for frame in frames {
      // What the interface would refuse must not seem to leave, whatever becomes of it on the way.
      let most = longestFrame(like: frame)
      guard frame.count >= 14, frame.count <= most else {
        throw .sendRefused(length: frame.count, reason: "a frame has 14 to \(most) octets")
      }
      let copy = CapturedFrame(time: link.now(), arm: arm, bytes: frame)
      wayThere.enter(copy)
      copies.append(copy)
    }
    try sendDue()
  }

  /// Waits for a frame that left or arrived by the bad path; hands over all that are there, in order.
  public func receive(until deadline: Timestamp, _ handle: (CapturedFrame) -> Void) throws(LinkError) {
    while true {
      try sendDue()
      let next = [deadline, wayThere.nextTime, wayBack.nextTime].compactMap(\.self).min() ?? deadline
      // What left is shown together with what came in before it, and at once.
      let until = copies.isEmpty ? next : min(next, link.now())
      var isIdle = true
      try link.receive(until: until) { frame in
        isIdle = false
        if !hasDeparted(frame.bytes) { wayBack.enter(frame) }
      }
      if handOver(handle) { return }
      let now = link.now()
      // A wait that ends before its time, and with nothing, was ended by a signal.
      if now >= deadline || isIdle && now < until { return }
    }
  }

  /// The counters of the real link, but for what was handed over.
  public func statistics() -> LinkStatistics {
    var counters = link.statistics()
    counters.received = handedOver
    return counters
  }

  /// Closes the real link; what is under way is lost.
  public func close() { link.close() }

  /// Puts on the real wire what has come through so far.
  private func sendDue() throws(LinkError) {
    while let frame = wayThere.next(by: link.now()) {
      departing[frame.bytes, default: 0] += 1
      do throws(LinkError) {
        try link.send([frame.bytes], at: arm)
      } catch {
        _ = hasDeparted(frame.bytes)
        // The path has no way to say so: to the tester it is one more frame that got lost.
        if case .sendRefused = error { continue }
        throw error
      }
    }
  }

  /// Whether a captured frame is one of those put on the real wire, each of which counts once.
  private func hasDeparted(_ bytes: [UInt8]) -> Bool {
    guard let count = departing[bytes] else { return false }
    departing[bytes] = count > 1 ? count - 1 : nil
    return true
  }

  /// Hands over what the observer has seen by now; false if that is nothing.
  private func handOver(_ handle: (CapturedFrame) -> Void) -> Bool {
    var seen = copies
    copies = []
    let now = link.now()
    while let frame = wayBack.next(by: now) { seen.append(frame) }
    // By time, and as they came where that is the same: `sort` needn't keep that order.
    for (_, var frame) in seen.enumerated().sorted(by: {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }) {
      latest = max(latest, frame.time)
      frame.time = latest
      handedOver += 1
      handle(frame)
    }
    return !seen.isEmpty
  }

  /// The longest frame that the interface sends: its MTU, behind an Ethernet header and its VLAN tags.
  private func longestFrame(like frame: [UInt8]) -> Int {
    var tags = 0
    while tags < 2, frame.count > 13 + tags * 4, Self.tagTypes.contains(frame[12 + tags * 4..<14 + tags * 4])
    {
      tags += 1
    }
    return interface.mtu + 14 + tags * 4
  }

  private static let tagTypes: [ArraySlice<UInt8>] = [[0x81, 0x00], [0x88, 0xa8]]
}
