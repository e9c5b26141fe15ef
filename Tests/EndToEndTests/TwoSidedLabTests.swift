import Foundation
import Testing

/// Routers, NATs and firewalls: the strict ones, and this machine's kernel between two networks.
@Suite(.timeLimit(.minutes(5)))
struct TwoSidedLabTests {
  @Test(arguments: [("router", "router.*"), ("nat", "nat.*"), ("firewall", "firewall.*")])
  func `The strict device passes the suites for its kind of box`(role: String, suites: String) async throws {
    let outcome = try await Command().run("run --lab reference-\(role) --no-reports --quiet \(suites)")
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.lastLine.hasSuffix(" passed, 0 failed, 0 skipped"))
  }

  @Test(
    arguments: [
      ("router", "keeps-ttl", "router.ipv4-forwarding"), ("nat", "keeps-quoted-address", "nat.errors"),
      ("firewall", "drops-fragmentation-needed", "firewall.icmpv4-transit"),
    ]
  )
  func `One that breaks a rule doesn't`(role: String, mutant: String, suite: String) async throws {
    let outcome = try await Command().run(
      "run --lab reference-\(role) --mutant \(mutant) --require should --no-reports --quiet \(suite)"
    )
    #expect(outcome.status == 1, "\(outcome)")
  }

  @Test func `Without naming suites those run which apply to the target`() async throws {
    let outcome = try await Command().run("run --lab reference-nat --no-reports --filter *ttl*")
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.contains("nat.queries") && outcome.output.contains("icmpv4.echo"))
    #expect(!outcome.output.contains("router.") && outcome.lastLine.hasSuffix(" passed, 0 failed, 0 skipped"))
  }

  @Test func `A mutant of another kind of box is refused`() async throws {
    let outcome = try await Command().run("run --lab reference-nat --mutant keeps-ttl --no-reports")
    #expect(outcome.status == 64)
    #expect(outcome.error.contains("'keeps-ttl' is a mutant of a router, not of the lab's nat"))
  }

  @Test(
    .enabled(if: Command.isLabPossible && Tool.exists("nft"), Command.needsLab),
    arguments: [("linux-router", "router.*"), ("linux-nat", "nat.*"), ("nft-firewall", "firewall.*")]
  )
  func `The kernel departs from what is asked of its role as its baseline says`(lab: String, suites: String)
    async throws
  {
    let outcome = try await Command().run("run --lab \(lab) --no-reports --quiet \(suites)")
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.lastLine.contains(" passed, 0 failed, "))
  }

  @Test(.enabled(if: Command.isLabPossible && Tool.exists("nft"), Command.needsLab))
  func `The example's change breaks path MTU discovery, and is caught`() async throws {
    let place = Place()
    let folder = "Suites/firewall/example"
    let sweep =
      "sweep --lab nft-firewall --policy \(folder)/office-policy.yaml --require should --no-progress"
    let before = try await Command().run(
      "\(sweep) --ruleset \(folder)/office.nft --save \(place["before.json"])"
    )
    #expect(before.status == 0, "\(before)")
    #expect(before.lastLine == "8 passed, 0 failed")
    let after = try await Command().run(
      "\(sweep) --ruleset \(folder)/office-hardened.nft --compare \(place["before.json"])"
    )
    #expect(after.status == 1, "\(after)")
    #expect(after.output.contains("1 of 1 aren't: 3/4 dropped."))
    #expect(after.output.contains("IPv4 inbound, related-tcp: 3/* was delivered, is dropped"))
    #expect(after.lastLine == "5 passed, 3 failed, 1536 kinds of message changed")
  }
}
