import Testing

/// What labs with two sides do with packets, seen on the wire of both.
@Suite(
  .enabled(if: Probe.isLabPossible, Comment(rawValue: Probe.whyNot)),
  .enabled(if: Probe.canFilter, "nft or iptables-restore isn't installed"),
  .timeLimit(.minutes(2))
)
struct PassageTests {
  private static let echo = "ICMP echo-request id 0x1234 seq 1, 8 octets"
  private static let reply = "ICMP echo-reply id 0x1234 seq 1, 8 octets"
  private static let prohibited = "ICMP destination-unreachable communication-prohibited"
  private static let port = "ICMP destination-unreachable port-unreachable"
  private static let firewalls = ["nft-firewall", "iptables-firewall"]

  @Test(arguments: Probe.modes)
  func `A router passes everything on, with a TTL that is one less`(mode: Probe.Mode) throws {
    let seen = try Probe.run("passage", "--lab", "linux-router", mode: mode)
    #expect(seen["out4"] == "far 63 192.0.2.16 > 198.51.100.16 \(Self.echo)")
    #expect(seen["back4"] == "near 63 198.51.100.16 > 192.0.2.16 \(Self.reply)")
    #expect(seen["out6"]?.hasPrefix("far 63 2001:db8:1::1:16 > 2001:db8:2::1:16 ICMPv6 echo-request") == true)
    #expect(seen["in6"]?.hasPrefix("near 63 2001:db8:2::1:17 > 2001:db8:1::1:17 ICMPv6 echo-req") == true)
    // What nobody asked for, too.
    for (key, start) in [("in4", "near 63 198.51.100.17"), ("stray4", "near 63"), ("stray6", "near 63")] {
      #expect(seen[key]?.hasPrefix(start) == true, "\(key): \(seen[key] ?? "")")
    }
  }

  @Test(arguments: Probe.modes)
  func `A NAT speaks outside as itself, and gives answers and errors back to who is meant`(
    mode: Probe.Mode
  ) throws {
    let seen = try Probe.run("passage", "--lab", "linux-nat", mode: mode)
    #expect(seen["out4"] == "far 63 198.51.100.1 > 198.51.100.16 \(Self.echo)")
    #expect(seen["back4"] == "near 63 198.51.100.16 > 192.0.2.16 \(Self.reply)")
    #expect(seen["udp4"] == "far 63 198.51.100.1:4000 > 198.51.100.16:5000 UDP")
    // What the error quotes is rewritten as well.
    let quoted = "quoting UDP 192.0.2.16:4000 > 198.51.100.16:5000"
    #expect(seen["error4"] == "near 63 198.51.100.16 > 192.0.2.16 \(Self.port), \(quoted)")
    #expect(seen["out6"]?.hasPrefix("far 63 2001:db8:1::1:16 > 2001:db8:2::1:16") == true)
    for key in ["in4", "stray4", "stray6", "ident4"] { #expect(seen[key] == "nothing", "\(key)") }
  }

  @Test(arguments: Probe.modes, firewalls)
  func `A firewall passes what was asked for and drops what wasn't`(mode: Probe.Mode, lab: String) throws {
    let seen = try Probe.run("passage", "--lab", lab, mode: mode)
    #expect(seen["out4"] == "far 63 192.0.2.16 > 198.51.100.16 \(Self.echo)")
    #expect(seen["back4"] == "near 63 198.51.100.16 > 192.0.2.16 \(Self.reply)")
    #expect(seen["back6"]?.hasPrefix("near 63 2001:db8:2::1:16 > 2001:db8:1::1:16 ICMPv6 echo-rep") == true)
    #expect(seen["error4"]?.hasPrefix("near 63 198.51.100.16 > 192.0.2.16 \(Self.port)") == true)
    // RFC 4890 lets everybody ask IPv6 hosts whether they are there.
    #expect(seen["in6"]?.hasPrefix("near 63 2001:db8:2::1:17 > 2001:db8:1::1:17 ICMPv6 echo-req") == true)
    for key in ["in4", "stray4", "stray6"] { #expect(seen[key] == "nothing", "\(key)") }
  }

  @Test(arguments: Probe.modes, firewalls)
  func `A firewall says what it rejects`(mode: Probe.Mode, lab: String) throws {
    let seen = try Probe.run("passage", "--lab", lab, mode: mode)
    #expect(seen["netbios4"]?.hasPrefix("near 64 192.0.2.1 > 192.0.2.16 \(Self.prohibited)") == true)
    let prohibited6 = "ICMPv6 destination-unreachable communication-prohibited"
    #expect(seen["netbios6"]?.hasPrefix("near 64 2001:db8:1::1 > 2001:db8:1::1:16 \(prohibited6)") == true)
    #expect(seen["mask4"]?.hasPrefix("near 64 192.0.2.1 > 192.0.2.16 \(Self.prohibited)") == true)
    #expect(seen["files4"]?.hasPrefix("near 64 198.51.100.16:445 > 192.0.2.16:4000 TCP rst+ack") == true)
    #expect(seen["ident4"]?.hasPrefix("far 64 192.0.2.16:113 > 198.51.100.16:4000 TCP rst+ack") == true)
  }

  @Test(arguments: Probe.modes, firewalls)
  func `A firewall itself answers both sides, and tells only the inner one of closed ports`(
    mode: Probe.Mode,
    lab: String
  ) throws {
    let seen = try Probe.run("passage", "--lab", lab, mode: mode)
    #expect(seen["self4"]?.hasPrefix("far 64 198.51.100.1 > 198.51.100.16 ICMP echo-reply") == true)
    #expect(seen["self6"]?.hasPrefix("far 64 2001:db8:2::1 > 2001:db8:2::1:16 ICMPv6 echo-reply") == true)
    #expect(seen["closed4"]?.hasPrefix("near 64 192.0.2.1 > 192.0.2.16 \(Self.port)") == true)
    #expect(seen["closed-far4"] == "nothing")
  }

  @Test func `A router knows strangers on both sides, a narrow path, and where it knows no way`() throws {
    let seen = try Probe.run("routes", "--lab", "linux-router", mode: Probe.modes[0])
    let starts = [
      "far-stranger4": "far 63 192.0.2.16 > 203.0.113.70 ",
      "far-stranger6": "far 63 2001:db8:1::1:16 > 2001:db8:fffe::7 ",
      "near-stranger4": "near 63 198.51.100.16 > 203.0.113.7 ",
      "near-stranger6": "near 63 2001:db8:2::1:16 > 2001:db8:ffff::7 ",
      "wide4": "far 63 192.0.2.16:4000 > 203.0.113.70:5000 UDP, 1300 octets",
      "wide6": "far 63 [2001:db8:1::1:16]:4000 > [2001:db8:fffe::7]:5000 UDP, 1300 octets",
      "narrow4": "near 64 192.0.2.1 > 192.0.2.16 ICMP destination-unreachable fragmentation-needed mtu 1280,",
      "narrow6": "near 64 2001:db8:1::1 > 2001:db8:1::1:16 ICMPv6 packet-too-big mtu 1280,",
      "fragmented4":
        "far 63 192.0.2.16:4000 > 203.0.113.100:5000 UDP fragment id 0x0000 at 0+, 1248 octets; far 63 ",
      "nowhere4": "near 64 192.0.2.1 > 192.0.2.16 ICMP destination-unreachable net-unreachable,",
      "nowhere6": "near 64 2001:db8:1::1 > 2001:db8:1::1:16 ICMPv6 destination-unreachable no-route,",
    ]
    for (key, start) in starts { #expect(seen[key]?.hasPrefix(start) == true, "\(key): \(seen[key] ?? "")") }
  }
}
