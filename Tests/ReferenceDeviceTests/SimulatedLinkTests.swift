import Capture
import Link
import ReferenceDevice
import Testing

/// Sends every frame back after a delay, and asks to be woken once.
private struct Mirror: SimulatedDevice {
  var delay = Duration.zero
  var nextWake: Timestamp?
  private(set) var woken: [Timestamp] = []

  init(delay: Duration = .zero, wakesAt: Timestamp? = nil) {
    self.delay = delay
    nextWake = wakesAt
  }

  mutating func receive(_ frame: [UInt8], at time: Timestamp) -> [Emission] {
    [Emission(delay: delay, frame: frame.reversed())]
  }

  mutating func wake(at time: Timestamp) -> [Emission] {
    woken.append(time)
    nextWake = nil
    return [Emission(frame: [UInt8](repeating: 7, count: 60))]
  }
}

@Suite struct SimulatedLinkTests {
  private let start = SimulatedLink.epoch

  private func frame(_ number: UInt8) -> [UInt8] { [UInt8](repeating: number, count: 59) + [0] }

  private func all(_ link: SimulatedLink, for wait: Duration = .seconds(1)) throws -> [CapturedFrame] {
    var frames: [CapturedFrame] = []
    let deadline = link.now() + wait
    while link.now() <= deadline { try link.receive(until: deadline) { frames.append($0) } }
    return frames
  }

  @Test func `A sent frame is seen leaving before its answer comes`() throws {
    let link = SimulatedLink(to: Mirror())
    try link.send([frame(1), frame(2)])
    let frames = try all(link)
    #expect(frames.map(\.bytes) == [frame(1), frame(2), frame(1).reversed(), frame(2).reversed()])
    #expect(frames.map { ($0.time - start).wholeNanoseconds } == [1_000, 2_000, 101_000, 102_000])
    #expect(link.statistics() == LinkStatistics(received: 4))
  }

  @Test func `One call hands over one moment`() throws {
    let link = SimulatedLink(to: Mirror())
    try link.send([frame(1)])
    var count = 0
    try link.receive(until: start + .seconds(1)) { _ in count += 1 }
    #expect(count == 1)
    #expect(link.now() == start + .microseconds(1))
  }

  @Test func `A wait without frames ends past its deadline, without sleeping`() throws {
    let link = SimulatedLink(to: Mirror())
    let begun = ContinuousClock.now
    try link.receive(until: start + .seconds(3600)) { _ in Issue.record("a frame out of nothing") }
    #expect(link.now() == start + .seconds(3600) + .nanoseconds(1))
    #expect(ContinuousClock.now - begun < .seconds(1))
  }

  @Test func `The device is woken when it asks for it`() throws {
    let link = SimulatedLink(to: Mirror(wakesAt: start + .seconds(60)))
    let frames = try all(link, for: .seconds(61))
    #expect(frames.map(\.time) == [start + .seconds(60)])
  }

  @Test func `An answer comes as late as the device says`() throws {
    let link = SimulatedLink(to: Mirror(delay: .milliseconds(5)))
    try link.send([frame(1)])
    #expect(try all(link).last?.time == start + .microseconds(5_101))
  }

  @Test func `A frame lost on the way was seen leaving and draws no answer`() throws {
    var faults = LinkFaults()
    faults.lostOnTheWay = [0]
    let link = SimulatedLink(to: Mirror(), faults: faults)
    try link.send([frame(1), frame(2)])
    #expect(try all(link).map(\.bytes) == [frame(1), frame(2), frame(2).reversed()])
  }

  @Test func `A lost answer leaves no trace in the counters`() throws {
    var faults = LinkFaults()
    faults.lostOnTheWayBack = [0]
    let link = SimulatedLink(to: Mirror(), faults: faults)
    try link.send([frame(1)])
    #expect(try all(link).count == 1)
    #expect(link.statistics() == LinkStatistics(received: 1))
  }

  @Test func `What the capture misses is counted`() throws {
    var faults = LinkFaults()
    faults.uncapturedSent = [0]
    faults.uncapturedReceived = [1]
    let link = SimulatedLink(to: Mirror(), faults: faults)
    try link.send([frame(1), frame(2)])
    #expect(try all(link).map(\.bytes) == [frame(2), frame(1).reversed()])
    #expect(link.statistics().droppedByKernel == 2)
  }

  @Test func `An altered frame is captured as it went out`() throws {
    var faults = LinkFaults()
    faults.altered = [0: (offset: 10, xor: 0xff)]
    let link = SimulatedLink(to: Mirror(), faults: faults)
    try link.send([frame(1)])
    var altered = frame(1)
    altered[10] = 0xfe
    #expect(try all(link).map(\.bytes) == [altered, altered.reversed()])
  }

  @Test func `Answers are doubled and delayed as told`() throws {
    var faults = LinkFaults()
    faults.duplicated = [0]
    faults.delayed = [1: .milliseconds(10)]
    let link = SimulatedLink(to: Mirror(), faults: faults)
    try link.send([frame(1), frame(2)])
    let answers = try all(link).dropFirst(2)
    #expect(answers.map(\.bytes) == [frame(1), frame(1), frame(2)].map { $0.reversed() })
    #expect(answers.last?.time == start + .microseconds(10_102))
  }

  @Test func `Loss by chance is the same for the same seed`() throws {
    func survivors(_ seed: UInt64) throws -> [[UInt8]] {
      var faults = LinkFaults()
      faults.lossPerMille = 300
      faults.seed = seed
      let link = SimulatedLink(to: Mirror(), faults: faults)
      try link.send((1...100).map(frame))
      return try all(link).dropFirst(100).map(\.bytes)
    }
    let first = try survivors(1)
    #expect(try survivors(1) == first)
    #expect(try survivors(2) != first)
    #expect(30...70 ~= first.count)
  }

  @Test func `An interface that goes down stays down`() throws {
    var faults = LinkFaults()
    faults.goesDownAt = start + .milliseconds(10)
    let link = SimulatedLink(to: Mirror(), faults: faults)
    try link.send([frame(1)])
    #expect(throws: LinkError.interfaceDown("simulated")) { try all(link) }
    #expect(throws: LinkError.interfaceDown("simulated")) { try link.send([frame(1)]) }
  }

  @Test(arguments: [13, 1523]) func `A frame of impossible length is refused`(length: Int) {
    let link = SimulatedLink(to: Mirror())
    #expect(throws: LinkError.sendRefused(length: length, reason: "a frame has 14 to 1522 octets")) {
      try link.send([[UInt8](repeating: 0, count: length)])
    }
  }

  @Test func `A closed link says so`() throws {
    let link = SimulatedLink(to: Mirror())
    link.close()
    #expect(throws: LinkError.closed) { try link.send([frame(1)]) }
    #expect(throws: LinkError.closed) { try link.receive(until: start) { _ in } }
  }
}
