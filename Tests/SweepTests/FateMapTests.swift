import Suite
import Testing

@testable import Sweep

@Suite struct FateMapTests {
  private static func map(_ fate: (MessageKind) -> Fate?) -> FateMap {
    var map = FateMap()
    for number in 0...UInt16.max {
      let kind = MessageKind(number: number)
      map[kind] = fate(kind)
    }
    return map
  }

  @Test func `Neighbours of one fate make ranges, types with the same codes share them`() {
    let map = Self.map { kind in
      switch (kind.type, kind.code) {
      case (3, 0...15): .delivered
      case (5...7, 4): .delivered
      case (9, _): nil
      default: .dropped
      }
    }
    let labels = map.ranges.map { "\($0.label) \($0.fate.name)" }
    #expect(
      labels == [
        "0-2/* dropped", "3/0-15 delivered", "3/16-255 dropped", "4/* dropped", "5-7/0-3 dropped",
        "5-7/4 delivered", "5-7/5-255 dropped", "8/* dropped", "10-255/* dropped",
      ]
    )
    #expect(map.askedCount == 65_536 - 256)
    #expect(map.ranges.reduce(0) { $0 + $1.count } == map.askedCount)
  }

  @Test func `Counts begin with the most frequent fate`() {
    let map = Self.map { $0.type == 8 ? .delivered : $0.type < 8 ? .dropped : nil }
    #expect(map.counts.map { "\($0.fate.name) \($0.count)" } == ["dropped 2048", "delivered 256"])
  }

  @Test func `Maps are the same if their fates are, in whichever order they came up`() {
    var one = FateMap()
    var other = FateMap()
    let (a, b) = (MessageKind(type: 1, code: 1), MessageKind(type: 2, code: 2))
    one[a] = .delivered
    one[b] = .dropped
    other[b] = .dropped
    other[a] = .delivered
    #expect(one == other)
    other[a] = .dropped
    #expect(one != other)
    #expect(one.filled(from: Self.map { _ in .delivered }).askedCount == 65_536)
  }

  @Test func `A path that was seen to lose frames asks for more attempts`() {
    #expect(PathTally(sent: 1000, lost: 0).attemptsNeeded(probes: 65_536, isReliable: true) == 2)
    let clean = PathTally(sent: 1000, lost: 0).attemptsNeeded(probes: 65_536, isReliable: false) ?? 0
    let lossy = PathTally(sent: 1000, lost: 10).attemptsNeeded(probes: 65_536, isReliable: false) ?? 0
    #expect((3...5).contains(clean))
    #expect((5...7).contains(lossy))
    #expect(PathTally(sent: 1000, lost: 10).attemptsNeeded(probes: 65_536, isReliable: true) == lossy)
    #expect(PathTally(sent: 1000, lost: 500).attemptsNeeded(probes: 65_536, isReliable: false) == nil)
    #expect(PathTally().attemptsNeeded(probes: 65_536, isReliable: false) == nil)
  }

  @Test func `Fates are told in words that everybody knows`() {
    let rejection = Fate.Rejection(MessageKind(type: 3, code: 13), from: "192.0.2.1")
    #expect(
      Fate.rejected(rejection).text(.v4)
        == "rejected by 3/13 (destination-unreachable, communication-prohibited) from 192.0.2.1"
    )
    #expect(Fate.rateLimited(perSecond: 99.7, .delivered).text(.v4) == "rate-limited (about 100/s)")
    #expect(Fate.rateLimited(perSecond: 1234, .delivered).text(.v4) == "rate-limited (about 1200/s)")
    #expect(Fate.rateLimited(perSecond: 0.96, .delivered).text(.v4) == "rate-limited (about 1/s)")
    #expect(Fate.rateLimited(perSecond: nil, .delivered).text(.v4).contains("less than can be measured"))
    #expect(Fate.changed(["ipv4.source"]).text(.v4) == "changed (ipv4.source)")
  }
}
