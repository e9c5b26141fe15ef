import Capture
import Testing

@testable import Runner

/// Prefixes of which targets make addresses.
@Suite struct PrefixNumberTests {
  @Test func `No two trials of a run have the same prefix`() {
    var numbers = PrefixNumbers()
    let all = (0..<1000).map { numbers.next(at: Timestamp(nanoseconds: 1_795_000_000_000_000_000 + $0)) }
    #expect(Set(all.map { $0 & 0x3fff_ffff }).count == 1000)
  }

  @Test(arguments: [60, 7200, 86_400, 60_000_000])
  func `A run with the same seed has none of the prefixes of a run that was before`(seconds: Int64) {
    func run(at second: Int64) -> Set<UInt64> {
      var numbers = PrefixNumbers()
      return Set(
        (0..<500).map { _ in numbers.next(at: Timestamp(nanoseconds: second * 1_000_000_000)) & 0x3fff_ffff }
      )
    }
    #expect(run(at: 1_795_000_000).isDisjoint(with: run(at: 1_795_000_000 + seconds)))
  }
}
