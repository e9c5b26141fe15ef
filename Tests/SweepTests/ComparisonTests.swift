import Capture
import Foundation
import Suite
import Testing
import Wire

@testable import Sweep

@Suite struct ComparisonTests {
  private static let slice = SweepSlice(.v4, .inbound, .unsolicited)

  private static func result(_ fate: (MessageKind) -> Fate?) -> SliceResult {
    var map = FateMap()
    for number in 0...UInt16.max {
      let kind = MessageKind(number: number)
      map[kind] = fate(kind)
    }
    return SliceResult(slice: slice, map: map, evidence: SliceEvidence())
  }

  @Test func `Only what changed is named, in as few ranges as it takes`() {
    let before = Self.result { $0.type == 8 ? .delivered : .dropped }
    let after = Self.result { kind in
      switch (kind.type, kind.code) {
      case (8, _), (3, 4), (11...12, 0...1): .delivered
      default: .dropped
      }
    }
    let comparison = SweepComparison(before: [before], after: [after])
    #expect(comparison.changes.map(\.label) == ["3/4", "11-12/0-1"])
    #expect(comparison.changes.allSatisfy { $0.before == .dropped && $0.after == .delivered })
    #expect(comparison.undecided.isEmpty && comparison.comparedCount == 1)
  }

  @Test func `The same twice is no change, nor is a rate that was measured a little otherwise`() {
    let before = Self.result { _ in .rateLimited(perSecond: 98, .delivered) }
    let after = Self.result { _ in .rateLimited(perSecond: 104, .delivered) }
    #expect(SweepComparison(before: [before], after: [after]).changes.isEmpty)
    let other = Self.result { _ in .rateLimited(perSecond: 1000, .delivered) }
    #expect(SweepComparison(before: [before], after: [other]).changes.map(\.label) == ["0-255/*"])
  }

  @Test func `What isn't proved can't be compared`() {
    let before = Self.result { _ in .delivered }
    let after = Self.result { $0.type == 3 ? .inconclusive(.lossyPath) : .delivered }
    let comparison = SweepComparison(before: [before], after: [after])
    #expect(comparison.changes.isEmpty)
    #expect(comparison.undecided.map(\.label) == ["3/*"])
  }

  @Test func `Another error or another address that rejects is a change`() {
    func rejected(_ code: UInt8, _ source: String) -> SliceResult {
      Self.result { _ in .rejected(Fate.Rejection(MessageKind(type: 3, code: code), from: source)) }
    }
    let before = rejected(13, "192.0.2.1")
    #expect(SweepComparison(before: [before], after: [rejected(13, "192.0.2.1")]).changes.isEmpty)
    #expect(SweepComparison(before: [before], after: [rejected(3, "192.0.2.1")]).changes.count == 1)
    #expect(SweepComparison(before: [before], after: [rejected(13, "192.0.2.2")]).changes.count == 1)
  }

  @Test func `Maps that only one sweep has are named`() {
    var other = Self.result { _ in .delivered }
    other.slice = SweepSlice(.v6, .inbound, .unsolicited)
    let comparison = SweepComparison(before: [Self.result { _ in .delivered }], after: [other])
    #expect(comparison.onlyBefore == [Self.slice] && comparison.onlyAfter == [other.slice])
    #expect(comparison.comparedCount == 0)
  }

  @Test func `A saved sweep is read as it was, whatever fates it has`() throws {
    let fates: [Fate] = [
      .delivered, .dropped, .changed(["ipv4.source", "quoted udp.source-port"]),
      .rejected(
        Fate.Rejection(MessageKind(type: 3, code: 13), from: "192.0.2.1", misquoted: ["ipv4.source"])
      ),
      .rateLimited(perSecond: 99.5, .delivered), .rateLimited(perSecond: nil, .changed(["ipv4.ttl"])),
      .inconclusive(.noWitness),
    ]
    var swept = Self.result { $0.type == 200 ? nil : fates[Int($0.code) % fates.count] }
    swept.evidence.witness = "IPv4 echo requests"
    swept.evidence.path = PathTally(sent: 10, lost: 1)
    swept.examples = [fates[2]: [.init(field: "ipv4.source", sent: "192.0.2.16", seen: "198.51.100.1")]]
    var result = SweepResult(target: "edge", role: .nat, started: Timestamp(nanoseconds: 42), slices: [swept])
    result.addresses = [.near: ["192.0.2.1"], .far: []]
    let data = try JSONEncoder().encode(SweepDocument(result))
    let again = try JSONDecoder().decode(SweepDocument.self, from: data).result()
    #expect(again[Self.slice]?.map == swept.map)
    #expect(again[Self.slice]?.evidence == swept.evidence)
    #expect(again[Self.slice]?.examples == swept.examples)
    #expect(again.target == "edge" && again.role == .nat && again.started.nanoseconds == 42)
    #expect(again.addresses[.near] == ["192.0.2.1"])
  }

  @Test func `A saved sweep with two fates for a kind, or ranges that are none, is refused`() throws {
    let swept = Self.result { $0.type == 8 ? .delivered : nil }
    let result = SweepResult(target: "edge", role: .nat, started: Timestamp(nanoseconds: 0), slices: [swept])
    var document = SweepDocument(result)
    document.slices[0].ranges.append(document.slices[0].ranges[0])
    #expect(throws: SweepDocument.Fault.self) { try document.result() }
    document.slices[0].ranges.removeLast()
    document.slices[0].ranges[0].codes = [9, 3]
    #expect(throws: SweepDocument.Fault.self) { try document.result() }
    document.slices[0].ranges[0].codes = []
    #expect(throws: SweepDocument.Fault.self) { try document.result() }
    document.format = "assay-sweep/99"
    #expect(throws: SweepDocument.Fault.self) { try document.result() }
  }
}
