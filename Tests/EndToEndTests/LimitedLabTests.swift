import Foundation
import Testing

/// This machine's kernel with its own limits on ICMP errors, which most runs lift.
@Suite(.enabled(if: Command.isLabPossible, Command.needsLab), .timeLimit(.minutes(5)))
struct LimitedLabTests {
  /// Suites that draw errors, or forbid them.
  private static let suites =
    "icmpv4.unreachable icmpv4.error-prohibitions icmpv6.unreachable icmpv6.parameter-problem"

  private struct Run {
    var verdicts: [String: String] = [:]
    var attempts: [String: String] = [:]
    var budget: [String: Any] = [:]
    var outcome: Command.Outcome

    /// A limit: errors at once, errors a second; nil if none was seen.
    func limit(_ family: String, _ scope: String) -> (burst: Int, perSecond: Double)? {
      let scopes = budget[family] as? [String: Any]
      guard let limit = (scopes?[scope] as? [String: Any])?["limit"] as? [String: Any],
        let burst = limit["burst"] as? Int, let rate = limit["perSecond"] as? Double
      else { return nil }
      return (burst, rate)
    }
  }

  private func run(_ lab: String) async throws -> Run {
    let place = Place()
    let outcome = try await Command(limit: 100).run(
      "run --lab \(lab) \(Self.suites) --reports \(place.path)"
    )
    var run = Run(outcome: outcome)
    for item in try JUnitFile(place["junit.xml"]).cases {
      run.verdicts[item.id] = item.verdict
      run.attempts[item.id] = item.properties["attempts"]
    }
    let json = try JSONSerialization.jsonObject(with: Data(place.text("results.json").utf8)) as? [String: Any]
    run.budget = json?["errorBudget"] as? [String: Any] ?? [:]
    return run
  }

  @Test func `Under the kernel's own limits the verdicts are the same, and the limits are told`() async throws
  {
    let free = try await run("linux-host")
    let limited = try await run("linux-host-limited")
    #expect(limited.outcome.status == 0, "\(limited.outcome)")
    #expect(free.verdicts.count > 300)
    for (id, verdict) in free.verdicts { #expect(limited.verdicts[id] == verdict, "\(id)") }
    for family in ["ipv4", "ipv6"] {
      for scope in ["peer", "overall"] { #expect(free.limit(family, scope) == nil) }
      // Linux keeps six errors for a peer [net/ipv4/inetpeer.c], fifty for all.
      #expect(limited.limit(family, "peer")?.burst == 6)
      let overall = try #require(limited.limit(family, "overall"))
      #expect(25...160 ~= overall.burst)
      #expect(500...1300 ~= overall.perSecond)
    }
    #expect(0.5...1.2 ~= (try #require(limited.limit("ipv4", "peer")).perSecond))
    #expect(7...12 ~= (try #require(limited.limit("ipv6", "peer")).perSecond))
    #expect(limited.outcome.output.contains("ICMPv4 errors: 6 at once, then "))
    let retried = limited.attempts.filter { ($0.value != free.attempts[$0.key]) }
    #expect(retried.isEmpty, "\(retried)")
  }
}
