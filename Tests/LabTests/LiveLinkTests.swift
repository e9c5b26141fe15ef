import Testing

/// The live link on a real kernel, in a lab of a process of its own.
@Suite(.enabled(if: Probe.isLabPossible, Comment(rawValue: Probe.whyNot)), .timeLimit(.minutes(1)))
struct LiveLinkTests {
  @Test(arguments: Probe.modes)
  func `The kernel answers a hand-made echo request on both IP versions`(mode: Probe.Mode) throws {
    let seen = try Probe.run("echo", mode: mode)
    #expect(seen["reply4"] == "true")
    #expect(seen["reply6"] == "true")
  }

  @Test(arguments: Probe.modes)
  func `Stamps have nanoseconds and lie within the clock of the link`(mode: Probe.Mode) throws {
    let seen = try Probe.run("echo", mode: mode)
    #expect(seen["within-clock"] == "true")
    #expect(seen["nanoseconds"] == "true")
  }

  @Test(arguments: Probe.modes)
  func `Frames that were sent are in the capture byte for byte and in order`(mode: Probe.Mode) throws {
    let seen = try Probe.run("seen", mode: mode)
    #expect(seen["sent"] == "12")
    #expect(seen["same"] == "true")
    #expect(seen["whole"] == "true")
    #expect(seen["monotonic"] == "true")
    #expect(seen["arm"] == "near")
  }

  @Test(arguments: Probe.modes)
  func `A burst of 10000 frames is captured without loss`(mode: Probe.Mode) throws {
    let seen = try Probe.run("burst", "10000", mode: mode)
    #expect(seen["seen"] == "10000")
    #expect(seen["dropped"] == "0")
  }

  @Test func `A buffer that is too small says how much was lost`() throws {
    let seen = try Probe.run("small-buffer", "2000", mode: Probe.modes[0])
    let kept = try #require(seen["seen"].flatMap { Int($0) })
    let lost = try #require(seen["dropped"].flatMap { Int($0) })
    #expect(lost > 0)
    // The target says a few things of its own accord.
    #expect(2000...2020 ~= kept + lost)
  }

  @Test func `An interface that goes down ends the wait`() throws {
    let seen = try Probe.run("down", mode: Probe.modes[0])
    #expect(seen["receive"] == #"interfaceDown("near0")"#)
    #expect(seen["send"] == #"interfaceDown("near0")"#)
    #expect(seen["milliseconds"].flatMap { Int($0) }.map { $0 < 1000 } == true)
  }

  @Test func `An interface that was down for a moment is noticed`() throws {
    let seen = try Probe.run("down", "--flap", mode: Probe.modes[0])
    #expect(seen["receive"] == #"interfaceDown("near0")"#)
    #expect(seen["send"] == "ok")
  }

  @Test func `An interface that vanishes is noticed`() throws {
    let seen = try Probe.run("vanish", mode: Probe.modes[0])
    #expect(seen["receive"] == #"interfaceDown("near0")"#)
    #expect(seen["send"] == #"interfaceDown("near0")"#)
  }

  @Test func `A closed link says so`() throws {
    #expect(try Probe.run("down", mode: Probe.modes[0])["closed"] == "closed")
  }

  @Test func `A signal ends one wait and stays pending`() throws {
    let seen = try Probe.run("signal", mode: Probe.modes[0])
    #expect(seen["before"] == "0")
    #expect(seen["pending"] == "2")
    #expect(seen["first"].flatMap { Int($0) }.map { $0 < 50 } == true)
    #expect(seen["second"].flatMap { Int($0) }.map { $0 >= 100 } == true)
  }

  @Test func `Frames that the interface can't send are refused with their length`() throws {
    let seen = try Probe.run("refused", mode: Probe.modes[0])
    #expect(seen["13"] == #"sendRefused(length: 13, reason: "Invalid argument")"#)
    #expect(seen["1600"] == #"sendRefused(length: 1600, reason: "Message too long")"#)
    #expect(seen["0"]?.hasPrefix("sendRefused") == true)
  }

  @Test(arguments: [0, 1, 63, 64, 150, 199])
  func `Of many frames those before the refused one go out and those after it don't`(place: Int) throws {
    let seen = try Probe.run("refused-among", "200", "\(place)", mode: Probe.modes[0])
    #expect(seen["send"] == #"sendRefused(length: 1600, reason: "Message too long")"#)
    #expect(seen["those-before"] == "true")
  }

  @Test func `Only Ethernet interfaces that exist are opened`() throws {
    let seen = try Probe.run("refused", mode: Probe.modes[0])
    #expect(seen["nowhere0"] == #"noSuchInterface("nowhere0")"#)
    #expect(seen["lo"]?.hasPrefix("notEthernet") == true)
  }

  @Test(.enabled(if: Probe.modes.contains(.rootless), "nobody can't read the probe"))
  func `Without privileges a real interface is refused with the privilege it takes`() throws {
    let seen = try Probe.run("unprivileged", mode: .rootless)
    #expect(seen["open"]?.contains("CAP_NET_RAW") == true)
  }

  @Test func `The kernel's way to an address names interface, router and source`() throws {
    let seen = try Probe.run("route", mode: Probe.modes[0])
    #expect(seen["192.0.2.9"] == "eth0 on-link from 192.0.2.1")
    #expect(seen["198.51.100.7"] == "eth0 via 192.0.2.254 from 192.0.2.1")
    #expect(seen["2001:db8:1::9"] == "eth0 on-link from 2001:db8:1::1")
    #expect(seen["2001:db8:ffff::1"] == "eth0 via fe80::a55a:fe from 2001:db8:1::1")
    #expect(seen["192.0.2.1"] == "lo local from 192.0.2.1")
    #expect(seen["without"] == "none")
  }
}
