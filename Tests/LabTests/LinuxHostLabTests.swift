import Foundation
import Lab
import Testing

/// The lab on this machine's kernel, made by a process of its own.
@Suite(.enabled(if: Probe.isLabPossible, Comment(rawValue: Probe.whyNot)), .timeLimit(.minutes(1)))
struct LinuxHostLabTests {
  private static let labs =
    ["linux-host", "linux-router"]
    + (Probe.canFilter ? ["linux-nat", "nft-firewall", "iptables-firewall"] : [])

  @Test(arguments: Probe.modes, labs)
  func `A lab is up in well under a second`(mode: Probe.Mode, lab: String) throws {
    let seen = try Probe.run("open", "--lab", lab, mode: mode)
    #expect(seen["interface"] == "near0")
    #expect(seen["remarks"] == "")
    #expect(seen["origin"] == "created")
    #expect(seen["rootless"] == "\(mode == .rootless)")
    #expect(seen["milliseconds"].flatMap { Int($0) }.map { $0 < 500 } == true)
  }

  @Test(arguments: Probe.modes)
  func `The target is in a namespace of its own`(mode: Probe.Mode) throws {
    let seen = try Probe.run("open", mode: mode)
    let here = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/net")
    #expect(Set([seen["namespace"], seen["target-namespace"], here]).count == 3)
  }

  @Test(arguments: Probe.modes, labs)
  func `Nothing is left after SIGKILL`(mode: Probe.Mode, lab: String) throws {
    let run = try Probe.Run(["open", "--sleep", "--lab", lab], mode)
    let seen = run.values(until: "process")
    let process = try #require(seen["process"].flatMap { Int32($0) })
    let echo = try #require(seen["echo"].flatMap { Int32($0) })
    let namespaces = [try #require(seen["namespace"]), try #require(seen["target-namespace"])]
    #expect(Set(holders(of: namespaces)).isSuperset(of: [process, echo]))

    kill(process, SIGKILL)
    run.process.waitUntilExit()
    let deadline = Date().addingTimeInterval(5)
    while !holders(of: namespaces).isEmpty, Date() < deadline { usleep(10_000) }
    #expect(holders(of: namespaces) == [])
    let mounts = try String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)
    #expect(!namespaces.contains { mounts.contains($0) })
  }

  /// The processes that are in one of these namespaces, or have one of them open.
  private func holders(of namespaces: [String]) -> [Int32] {
    let files = FileManager.default
    return (try? files.contentsOfDirectory(atPath: "/proc"))?.compactMap { Int32($0) }.filter { process in
      let descriptors = (try? files.contentsOfDirectory(atPath: "/proc/\(process)/fd")) ?? []
      let links = ["/proc/\(process)/ns/net"] + descriptors.map { "/proc/\(process)/fd/\($0)" }
      return links.contains { link in
        (try? files.destinationOfSymbolicLink(atPath: link)).map(namespaces.contains) ?? false
      }
    } ?? []
  }

  @Test(arguments: Probe.modes)
  func `The target sends TCP and UDP back to where it came from`(mode: Probe.Mode) throws {
    let seen = try Probe.run("services", mode: mode)
    #expect(["tcp4", "tcp6"].map { seen[$0] } == ["300000", "300000"])
    // A datagram to one address of several is answered from that one; one to everybody isn't.
    #expect(["udp4", "udp6", "broadcast"].map { seen[$0] } == ["11", "11", "0"])
    // Connections that nobody uses any more don't keep new ones out.
    #expect(seen["tcp-after-many"] == "11")
  }

  @Test(arguments: Probe.modes)
  func `The target sends every ICMP error that is due, however many`(mode: Probe.Mode) throws {
    let seen = try Probe.run("errors", "300", mode: mode)
    #expect(seen["errors4"] == "300")
    #expect(seen["errors6"] == "300")
  }

  @Test(arguments: Probe.modes)
  func `The tester's kernel never speaks`(mode: Probe.Mode) throws {
    let seen = try Probe.run("mute", mode: mode)
    // The hand-made stimuli and the target; not the tester's own interface.
    #expect(seen["sources"] == #"["02:00:00:00:00:16", "06:a5:5a:00:00:01"]"#)
  }

  @Test func `The target behaves as an unconfigured kernel`() throws {
    let seen = try Probe.run("settings", mode: Probe.modes[0])
    #expect(seen["net/ipv4/ip_forward"] == "0")
    #expect(seen["net/ipv4/conf/eth0/rp_filter"] == "0")
    #expect(seen["net/ipv4/conf/eth0/accept_redirects"] == "1")
    #expect(seen["net/ipv4/conf/eth0/accept_source_route"] == "1")
    #expect(seen["net/ipv4/conf/all/accept_source_route"] == "0")
    #expect(seen["net/ipv6/conf/eth0/accept_dad"] == "1")
    #expect(seen["net/ipv6/conf/eth0/addr_gen_mode"] == "0")
    #expect(seen["addresses"] == "2")
    #expect(seen["tentative"] == "false")
    #expect(seen["offloads"] == "")
  }

  @Test func `A router behaves as an unconfigured kernel that was told to forward`() throws {
    let seen = try Probe.run("settings", "--lab", "linux-router", mode: Probe.modes[0])
    #expect(seen["net/ipv4/ip_forward"] == "1")
    #expect(seen["net/ipv6/conf/eth0/forwarding"] == "1")
    #expect(seen["net/ipv4/conf/eth0/rp_filter"] == "0")
    #expect(seen["net/ipv4/conf/all/accept_redirects"] == "0")
    #expect(seen["net/ipv4/conf/eth0/send_redirects"] == "1")
    #expect(seen["tentative"] == "false")
    #expect(seen["offloads"] == "")
  }

  @Test func `The catalogue refuses a name it doesn't know, with those it knows`() {
    let names = [
      "linux-host", "linux-host-limited", "linux-router", "linux-nat", "nft-firewall", "iptables-firewall",
      "reference", "reference-router", "reference-nat", "reference-firewall", "reference-tap",
    ]
    #expect(throws: LabError.unknown("nowhere", known: names)) { try Lab.open("nowhere") }
    #expect(LabCatalogue.entries.map(\.name) == names)
  }

  @Test func `The simulation is no lab to be opened`() {
    #expect(throws: LabError.simulated("reference")) { try Lab.open("reference") }
  }

  @Test func `The catalogue hands out the rules that a lab comes with`() throws {
    #expect(try LabCatalogue.rules(of: "nft-firewall")?.contains("table inet firewall") == true)
    #expect(try LabCatalogue.rules(of: "linux-nat")?.contains("masquerade") == true)
    #expect(try LabCatalogue.rules(of: "iptables-firewall")?.contains("*filter") == true)
    #expect(try LabCatalogue.rules(of: "linux-router") == nil)
    #expect(throws: LabError.simulated("reference")) { try LabCatalogue.rules(of: "reference") }
  }

  @Test func `A refusal says how to go on`() {
    let error = LabError.forbidden(reason: "unshare: Operation not permitted", remedies: ["run it as root"])
    #expect(error.description == "a lab can't be made: unshare: Operation not permitted\n  - run it as root")
  }
}
