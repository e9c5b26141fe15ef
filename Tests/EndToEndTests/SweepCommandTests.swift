import Foundation
import Testing

/// `assay sweep` as users and CI see it.
@Suite(.enabled(if: Command.isLabPossible && Tool.exists("nft"), Command.needsLab))
struct SweepCommandTests {
  /// A map that is drawn in no time: errors about UDP conversations.
  private static let small = "--ip 4 --direction inbound --state related-udp"

  @Test(arguments: Command.users)
  func `The lab's own firewall lets errors about conversations in, also for a user without rights`(
    user: Command.User
  ) async throws {
    let outcome = try await Command(user: user).run("sweep --lab nft-firewall \(Self.small)")
    #expect(outcome.status == 0, "\(outcome)")
    for line in [
      "3-5/*          768  delivered", "11-12/*        512  delivered", "40/*           256  dropped",
    ] {
      #expect(outcome.output.contains(line), "\(line): \(outcome)")
    }
    #expect(outcome.lastLine == "1792 fates, all proved")
  }

  @Test func `A NAT does what RFC 5508 wants, SHOULDs included`() async throws {
    let place = Place()
    let line =
      "sweep --lab linux-nat --policy rfc5508-nat --require should --junit \(place["j.xml"]) --html \(place["h.html"])"
    let outcome = try await Command().run(line)
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.lastLine == "24 passed, 0 failed")
    let junit = try JUnitFile(place["j.xml"])
    #expect(junit.cases.count == 24 && junit.count(nil) == 24)
    #expect(
      junit.cases.contains {
        $0.id == "rfc5508-nat.time-exceeded[ipv4.outbound.unsolicited.rfc5508-nat.time-exceeded]"
      }
    )
    #expect(junit.cases.allSatisfy { $0.properties["requirement"]?.hasPrefix("RFC5508-") == true })
    #expect(place.text("h.html").contains("changed (ipv4.source)"))
  }

  @Test func `A policy that is broken fails, with what was wanted and where it is written`() async throws {
    let place = Place()
    let policy = try place.file(
      "p.yaml",
      """
      policy: mine
      ip: 4
      rules:
        - id: no-redirects
          title: Redirects stay outside
          direction: inbound
          state: related-udp
          match: { type: redirect }
          fate: dropped
      """
    )
    let outcome = try await Command().run(
      "sweep --lab nft-firewall --policy \(policy) --junit \(place["j.xml"])"
    )
    #expect(outcome.status == 1, "\(outcome)")
    #expect(outcome.output.contains("FAIL  mine.no-redirects"))
    #expect(outcome.output.contains("IPv4 inbound, related-udp: 256 of 256 aren't: 5/* delivered"))
    #expect(outcome.output.contains("p.yaml:4"))
    #expect(try JUnitFile(place["j.xml"]).count("failure") == 1)
  }

  @Test func `Nothing changed is 0, something changed is 1 and named`() async throws {
    let place = Place()
    let saved = place["before.json"]
    let first = try await Command().run("sweep --lab nft-firewall \(Self.small) --save \(saved)")
    #expect(first.status == 0, "\(first)")
    let same = try await Command().run("sweep --lab nft-firewall --compare \(saved)")
    #expect(same.status == 0, "\(same)")
    #expect(same.lastLine == "nothing changed")
    let rules = try await Command().run("lab rules nft-firewall").output
    let changed = rules.replacing(
      "ct state established,related counter accept\n    # Answers to nothing",
      with:
        "icmp type redirect drop\n    ct state established,related counter accept\n    # Answers to nothing"
    )
    try #require(changed != rules)
    let file = try place.file("rules.nft", changed)
    let other = try await Command().run("sweep --lab nft-firewall --ruleset \(file) --compare \(saved)")
    #expect(other.status == 1, "\(other)")
    #expect(other.output.contains("IPv4 inbound, related-udp: 5/* was delivered, is dropped"))
    #expect(other.lastLine == "256 kinds of message changed")
  }

  @Test func `Wrong files and wrong words have exit statuses of their own`() async throws {
    let place = Place()
    let broken = try place.file(
      "p.yaml",
      "policy: p\nip: 4\nrules: [{ id: a, match: { type: eco }, fate: passd }]\n"
    )
    let notSaved = try place.file("s.json", "{ \"format\": \"assay-sweep/1\" }")
    let cases: [(line: String, status: Int32, text: String)] = [
      ("sweep", 64, "Name a target with two sides"),
      ("sweep --lab linux-host", 64, "has one side"),
      ("sweep --lab reference", 64, "has one side"),
      ("sweep --lab nowhere", 64, "nowhere"),
      ("sweep --lab nft-firewall --policy \(broken)", 65, "did you mean 'passed'?"),
      ("sweep --lab nft-firewall --policy nothing", 66, "there are: opsec-icmpv4"),
      ("sweep --lab nft-firewall --compare \(notSaved)", 65, "'target' is missing"),
      ("sweep --lab nft-firewall --compare /nowhere.json", 66, "/nowhere.json"),
      ("sweep --target /nowhere.yaml", 66, "/nowhere.yaml"),
      ("sweep --lab nft-firewall --rate 0", 64, "--rate"),
      ("sweep --lab nft-firewall \(Self.small) --policy rfc4890-transit", 4, "no map is left"),
    ]
    for (line, status, text) in cases {
      let outcome = try await Command().run(line)
      #expect(outcome.status == status, "\(line): \(outcome)")
      #expect((outcome.error + outcome.output).contains(text), "\(line): \(outcome)")
    }
  }

  @Test func `A sweep that is interrupted tells what it knows by then`() async throws {
    let place = Place()
    let outcome = try await inTurn {
      let running = try Command(limit: 60).start(
        "sweep --lab nft-firewall --rate 20000 --no-progress --json \(place["s.json"])".words
      )
      // The first map is there, the second is being drawn.
      _ = running.hasSaid(lines: 1)
      kill(running.identifier, SIGINT)
      return running.end()
    }
    #expect(outcome.status == 130, "\(outcome)")
    let sweep = try SavedSweep(place.text("s.json"), outcome)
    #expect(sweep.fates.count < 20)
    #expect(outcome.output.contains("not swept, the sweep was interrupted"))
  }

  @Test func `Where nothing passes, nothing is called dropped, and that is no pass`() async throws {
    let place = Place()
    let file = try place.file(
      "rules.nft",
      "table ip t {\nchain forward {\ntype filter hook forward priority 0; policy drop;\n}\n}\n"
    )
    let line = "sweep --lab nft-firewall --ruleset \(file) --ip 4 --direction outbound --state unsolicited"
    let outcome = try await Command().run(line)
    #expect(outcome.status == 2, "\(outcome)")
    #expect(outcome.output.contains("0-255/*      65536  inconclusive (no-witness)"))
  }

  @Test func `Policies are looked at by lint`() async throws {
    let place = Place()
    let broken = try place.file(
      "p.yaml",
      "policy: p\nip: 6\nrules: [{ id: a, requirement: RFC4890-T-pb, match: { type: 2 }, fate: passed }]\n"
    )
    let outcome = try await Command().run("lint \(broken)")
    #expect(outcome.status == 65, "\(outcome)")
    #expect(outcome.error.contains("did you mean 'RFC4890-T-ptb'?"))
    let bundled = try await Command().run("lint Suites/policies/rfc4890-transit.yaml")
    #expect(bundled.status == 0, "\(bundled)")
  }
}
