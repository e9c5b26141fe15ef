import Foundation
import Lab
import Testing

/// Rules of the user's in a lab's packet filter.
@Suite(
  .enabled(if: Probe.isLabPossible, Comment(rawValue: Probe.whyNot)),
  .enabled(if: Probe.canFilter, "nft or iptables-restore isn't installed"),
  .timeLimit(.minutes(2))
)
struct RuleSetTests {
  /// Lets everything through but echo requests, which it refuses by name.
  private static let nft = """
    #!/usr/sbin/nft -f
    flush ruleset
    table inet mine {
      chain forward {
        type filter hook forward priority filter; policy accept;
        icmp type echo-request reject with icmp host-prohibited
      }
    }
    """

  private static let iptables4 = """
    *filter
    :FORWARD ACCEPT [0:0]
    -A FORWARD -p icmp --icmp-type echo-request -j REJECT --reject-with icmp-host-prohibited
    COMMIT
    """

  private static let iptables6 = """
    *filter
    :FORWARD ACCEPT [0:0]
    -A FORWARD -p ipv6-icmp --icmpv6-type echo-request -j DROP
    COMMIT
    """

  @Test(arguments: Probe.modes)
  func `Rules of the user's take the place of the lab's`(mode: Probe.Mode) throws {
    let place = try ProbePlace()
    let rules = try place.file("mine.nft", Self.nft)
    let seen = try place.run("passage", "--lab", "nft-firewall", "--ruleset", rules, mode: mode).values
    let refusal = "near 64 192.0.2.1 > 192.0.2.16 ICMP destination-unreachable"
    #expect(seen["out4"]?.hasPrefix(refusal) == true, "\(seen["out4"] ?? "")")
    // The lab's own would have dropped it.
    #expect(seen["stray4"]?.hasPrefix("near 63 198.51.100.16 > 192.0.2.16") == true)
    #expect(seen["netbios4"]?.hasPrefix("far 63") == true)
  }

  @Test func `A host can have rules, too`() throws {
    let place = try ProbePlace()
    let rules = try place.file("mine.nft", Self.nft)
    let seen = try place.run("witness", "--lab", "linux-host", "--ruleset", rules, mode: Probe.modes[0])
      .values
    #expect(seen["rules"]?.contains("table inet mine") == true)
    #expect(seen["far"] == "none")
  }

  @Test(arguments: Probe.modes)
  func `Files that iptables saved are for the IP version in their names`(mode: Probe.Mode) throws {
    let place = try ProbePlace()
    let files = [
      try place.file("rules.v4", Self.iptables4), try place.file("rules.v6", Self.iptables6),
    ]
    let rules = files.flatMap { ["--ruleset", $0] }
    let seen = try place.run(["passage", "--lab", "iptables-firewall"] + rules, mode: mode).values
    #expect(seen["out4"]?.hasPrefix("near 64 192.0.2.1 > 192.0.2.16 ICMP destination-unreachable") == true)
    #expect(seen["out6"] == "nothing")
    #expect(seen["stray4"]?.hasPrefix("near 63") == true)
    #expect(seen["stray6"]?.hasPrefix("near 63") == true)
  }

  @Test func `A wrong rule is refused with file and line`() throws {
    let place = try ProbePlace()
    let rules = try place.file(
      "wrong.nft",
      "table inet mine {\n  chain forward {\n    type filter hook forward priority 0;\n    icmp tpye 8 drop\n  }\n}\n"
    )
    let outcome = try place.run("witness", "--lab", "nft-firewall", "--ruleset", rules, mode: Probe.modes[0])
    #expect(outcome.text.contains("error=\(rules):4:"), "\(outcome.text)")
    #expect(outcome.text.contains("syntax error"))
    #expect(outcome.text.contains("the rules aren't loaded (exit status 1)"))
  }

  @Test func `A wrong line for iptables is refused with file and line`() throws {
    let place = try ProbePlace()
    let rules = try place.file("wrong.v4", "*filter\n:FORWARD DROP [0:0]\n-A FORWARD --nonsense\nCOMMIT\n")
    let outcome = try place.run(
      "witness",
      "--lab",
      "iptables-firewall",
      "--ruleset",
      rules,
      mode: Probe.modes[0]
    )
    #expect(outcome.text.contains("error=\(rules):3:"), "\(outcome.text)")
    #expect(outcome.text.contains("unknown option \"--nonsense\""))
  }

  @Test func `A file that isn't there is told as that`() throws {
    let place = try ProbePlace()
    let outcome = try place.run("witness", "--ruleset", "/nowhere/x.nft", mode: Probe.modes[0])
    #expect(outcome.values["error"] == "/nowhere/x.nft: No such file or directory")
    let folder = try place.run("witness", "--ruleset", place.url.path, mode: Probe.modes[0])
    #expect(folder.values["error"]?.hasSuffix(": Is a directory") == true)
  }

  @Test(arguments: Probe.modes)
  func `Rules are in the target's namespace only`(mode: Probe.Mode) throws {
    // As root the machine's own rules can be looked at; without, nobody could have changed them.
    let before = try? Probe.hostRules()
    let run = try Probe.Run(["open", "--sleep", "--lab", "nft-firewall"], mode)
    let process = try #require(run.values(until: "process")["process"].flatMap { Int32($0) })
    let during = try? Probe.hostRules()
    kill(process, SIGKILL)
    run.process.waitUntilExit()
    #expect(before == during)
    #expect(before == (try? Probe.hostRules()))
    if getuid() == 0 { #expect(before != nil) }
    let inside = try Probe.run("witness", "--lab", "nft-firewall", mode: mode)
    #expect(inside["rules"]?.contains("table inet firewall") == true)
  }

  @Test(arguments: Probe.modes)
  func `A program on the target's side is a second witness`(mode: Probe.Mode) throws {
    let seen = try Probe.run("witness", "--lab", "linux-nat", mode: mode)
    #expect(seen["status"] == "0")
    #expect(seen["rules"]?.contains("masquerade") == true)
    #expect(seen["far"] == "far0")
    #expect(seen["other"] == "7 what is asked oops")
    #expect(seen["missing"] == "the lab failed: run no-such-program: no such program")
  }
}
