import Capture
import Link
import Testing

/// A bad path in virtual time, in front of a device that sends every frame back.
@Suite struct ImpairedLinkTests {
  /// Sends back what it gets, and remembers it.
  struct Echo: SimulatedDevice {
    var got: [[UInt8]] = []
    var nextWake: Timestamp? { nil }
    mutating func receive(_ frame: [UInt8], at time: Timestamp) -> [Emission] {
      got.append(frame)
      // The first octet tells an answer from a question.
      return [Emission(frame: [0xee] + frame.dropFirst())]
    }
    mutating func wake(at time: Timestamp) -> [Emission] { [] }
  }

  /// What the observer and the device saw.
  struct Outcome: Equatable {
    var seen: [CapturedFrame]
    var got: [[UInt8]]

    var sent: [[UInt8]] { seen.map(\.bytes).filter(ImpairedLinkTests.known.contains) }
    var answers: [[UInt8]] { seen.map(\.bytes).filter { $0.first == 0xee } }
  }

  /// Comparisons of so many frames have names of their own, so that a failure doesn't print them all.
  static let count = 2000

  static func frame(_ number: Int) -> [UInt8] {
    [0] + (0..<63).map { UInt8(truncatingIfNeeded: $0) } + [UInt8(number >> 8), UInt8(number & 0xff)]
  }

  static let frames = (0..<count).map(frame)
  static let known = Set(frames)
  static let answers = frames.map { [0xee] + $0.dropFirst() }

  /// Sends frames in groups, and waits until nothing comes any more.
  static func run(_ text: String, group: Int = 10) throws -> Outcome {
    let wire = SimulatedLink(to: Echo())
    let link = ImpairedLink(wire, try Impairment(parsing: text))
    var seen: [CapturedFrame] = []
    for start in stride(from: 0, to: count, by: group) {
      try link.send(Array(frames[start..<min(start + group, count)]))
      try link.receive(until: link.now() + .milliseconds(1)) { seen.append($0) }
    }
    let end = link.now() + .seconds(1)
    while link.now() < end { try link.receive(until: end) { seen.append($0) } }
    return Outcome(seen: seen, got: (wire.device as? Echo)?.got ?? [])
  }

  @Test(arguments: [
    "loss=5%,duplicate=5%,reorder=5%,corrupt=5%,delay=1ms,jitter=300us,seed=3", "loss=100%", "delay=20ms",
    "duplicate=100%", "reorder=100%",
  ])
  func `The observer sees each sent frame once, unchanged and in order, with rising stamps`(text: String)
    throws
  {
    let outcome = try Self.run(text)
    let isAsSent = outcome.sent == Self.frames
    #expect(isAsSent)
    let stamps = outcome.seen.map(\.time)
    let isRising = stamps == stamps.sorted()
    #expect(isRising)
  }

  @Test func `Nothing happens to frames where nothing is impaired`() throws {
    let outcome = try Self.run("loss=0.0001%,seed=5")
    let isUnharmed = outcome.got == Self.frames && outcome.answers == Self.answers
    #expect(isUnharmed)
  }

  @Test func `So many frames are lost in each direction`() throws {
    let outcome = try Self.run("loss=10%,seed=1")
    // Five standard deviations of 2,000 throws are 67.
    #expect(200 - 67...200 + 67 ~= Self.count - outcome.got.count)
    #expect(180 - 64...180 + 64 ~= outcome.got.count - outcome.answers.count)
    #expect(Set(outcome.got).count == outcome.got.count)
  }

  @Test func `So many frames arrive twice, and none is seen leaving twice`() throws {
    let outcome = try Self.run("duplicate=10%,seed=2")
    #expect(200 - 67...200 + 67 ~= outcome.got.count - Self.count)
    #expect(Set(outcome.got).count == Self.count)
    #expect(220 - 74...220 + 74 ~= outcome.answers.count - outcome.got.count)
    #expect(outcome.sent.count == Self.count)
  }

  @Test func `So many frames are overtaken, by a few at most, and none is lost`() throws {
    let outcome = try Self.run("reorder=10%,seed=3", group: 100)
    let isWhole = Set(outcome.got) == Self.known && outcome.got.count == Self.count
    #expect(isWhole)
    // A frame that was overtaken has smaller numbers than its neighbours before it: by how many places is the question.
    let late = outcome.got.indices.map { place in
      outcome.got[max(0, place - 20)..<place].count { Self.number($0) > Self.number(outcome.got[place]) }
    }
    #expect(200 - 67...200 + 67 ~= late.count { $0 > 0 })
    #expect(late.allSatisfy { $0 <= 6 })
  }

  private static func number(_ frame: [UInt8]) -> Int { Int(frame[64]) << 8 | Int(frame[65]) }

  @Test func `A frame that nobody overtakes arrives all the same`() throws {
    let outcome = try Self.run("reorder=100%,seed=3", group: 1)
    let isWhole = Set(outcome.got) == Self.known
    #expect(isWhole)
    #expect(outcome.answers.count == Self.count)
  }

  @Test func `Changed frames differ in one to three octets, headers more often than the rest`() throws {
    let outcome = try Self.run("corrupt=20%,seed=4")
    #expect(outcome.got.count == Self.count)
    var changed = 0
    var places: [Int: Int] = [:]
    for (sent, got) in zip(Self.frames, outcome.got) where sent != got {
      let differences = sent.indices.filter { sent[$0] != got[$0] }
      #expect(1...3 ~= differences.count)
      changed += 1
      for place in differences { places[place, default: 0] += 1 }
    }
    #expect(400 - 90...400 + 90 ~= changed)
    // Addresses, types and checksums: no octet of the headers is spared.
    #expect(Set(0..<54).isSubset(of: places.keys))
    #expect(places.keys.contains { $0 >= 54 })
  }

  @Test func `A delay moves arrival, not departure, and counts both ways`() throws {
    let link = ImpairedLink(SimulatedLink(to: Echo()), try Impairment(parsing: "delay=3ms"))
    let start = link.now()
    try link.send([Self.frame(1)])
    var seen: [CapturedFrame] = []
    while seen.count < 2, link.now() < start + .seconds(1) {
      try link.receive(until: start + .seconds(1)) { seen.append($0) }
    }
    #expect(seen.map { $0.time - start }.first == .zero)
    // A tick of the virtual clock more, since a wait ends just after its deadline.
    #expect(.microseconds(6101)...(.microseconds(6102)) ~= seen.map { $0.time - start }.last ?? .zero)
    #expect(link.now() - start < .milliseconds(7))
  }

  @Test func `Jitter adds no more than it says and lets none overtake`() throws {
    let outcome = try Self.run("jitter=500us,seed=9", group: 1)
    let isUnharmed = outcome.got == Self.frames && outcome.answers == Self.answers
    #expect(isUnharmed)
  }

  @Test func `The same seed gives the same fates, another one others`() throws {
    let text = "loss=5%,duplicate=5%,reorder=5%,corrupt=5%,jitter=100us"
    let first = try Self.run(text + ",seed=11")
    let isSame = try Self.run(text + ",seed=11") == first
    let isOther = try Self.run(text + ",seed=12").got != first.got
    #expect(isSame && isOther)
  }

  @Test func `A wait without frames ends at its deadline`() throws {
    let link = ImpairedLink(SimulatedLink(to: Echo()), try Impairment(parsing: "delay=5ms"))
    let start = link.now()
    try link.send([Self.frame(1)])
    try link.receive(until: start) { #expect($0.bytes == Self.frame(1)) }
    try link.receive(until: start + .milliseconds(2)) { Issue.record("\($0)") }
    #expect(start + .milliseconds(2)...start + .milliseconds(3) ~= link.now())
  }

  @Test(arguments: [13, 1515]) func `What the interface refuses isn't seen leaving`(length: Int) throws {
    let link = ImpairedLink(SimulatedLink(to: Echo()), try Impairment(parsing: "loss=100%"))
    #expect(throws: LinkError.self) { try link.send([[UInt8](repeating: 0, count: length)]) }
    try link.receive(until: link.now() + .seconds(1)) { Issue.record("\($0)") }
  }
}
