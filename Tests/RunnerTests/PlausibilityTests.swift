import Capture
import Judge
import Link
import Runner
import Testing

/// A plan comes from a file that anybody may have written.
@Suite struct PlausibilityTests {
  private func record() throws -> RunRecord {
    try #require(try Bench().run(Bench.testCase("one", Bench.echo())).result.record)
  }

  @Test func `The plan of a run has nothing but numbers that can be reckoned with`() throws {
    #expect(try record().implausibleNumber == nil)
  }

  private static let spoilers: [(name: String, spoil: @Sendable (inout RunRecord) -> Void)] = [
    ("duration", { $0.duration = .seconds(Int64.max) }),
    ("timing", { $0.timing.controlWaits[0] = .seconds(Int64.max) }),
    ("patience", { $0.patience = .seconds(-1) }),
    ("timing", { $0.timing.settleFactor = .max }), ("statistics", { $0.statistics.droppedByKernel = .max }),
    ("attempts", { $0.attempts[0].lost = .min }), ("attempts", { $0.attempts[0].begin.frames = .max }),
    ("time", { $0.started = Timestamp(nanoseconds: .min) }), ("mtu", { $0.interface.mtu = -1 }),
  ]

  @Test(arguments: spoilers.indices) func `A number that no run can have had is named`(index: Int) throws {
    let spoiler = Self.spoilers[index]
    var record = try record()
    spoiler.spoil(&record)
    #expect(record.implausibleNumber == spoiler.name)
  }
}
