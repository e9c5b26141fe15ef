import Testing

/// What the doctor finds on the machine that runs the tests.
@Suite(.enabled(if: Probe.isLabPossible, Comment(rawValue: Probe.whyNot)), .timeLimit(.minutes(1)))
struct DoctorTests {
  @Test(arguments: Probe.modes)
  func `A machine on which a lab and a capture work is told so`(mode: Probe.Mode) throws {
    let found = try Probe.run("doctor", mode: mode)
    #expect(found["lab"]?.hasPrefix("ok linux-host up") == true)
    #expect(found["capture"]?.hasPrefix("ok near0") == true)
    #expect(found["libpcap"]?.hasPrefix("ok libpcap version 1.") == true)
  }

  @Test(.enabled(if: Probe.canFilter, "nft or iptables-restore isn't installed"), arguments: Probe.modes)
  func `Each lab that works is told`(mode: Probe.Mode) throws {
    let found = try Probe.run("doctor", mode: mode)
    for lab in ["linux-router", "linux-nat", "nft-firewall", "iptables-firewall"] {
      #expect(found[lab]?.hasPrefix("ok \(lab) up") == true, "\(found[lab] ?? "")")
    }
  }

  @Test(.enabled(if: Probe.modes.contains(.rootless), "nobody can't read the probe"))
  func `Missing privileges are a warning with both ways to get them`() throws {
    let found = try #require(try Probe.run("doctor", mode: .rootless)["privileges"])
    #expect(found.hasPrefix("warning no CAP_NET_ADMIN, CAP_NET_RAW"))
    #expect(found.contains("run as root, or: sudo setcap"))
  }

  @Test func `An interface that isn't there is missing`() throws {
    let found = try Probe.run("doctor", "nowhere0", mode: Probe.modes[0])
    #expect(found["nowhere0"]?.hasPrefix("missing No such device") == true)
  }
}
