import Foundation
import Lab
import Testing

/// Labs that stay up between commands.
@Suite(.enabled(if: Probe.isLabPossible, Comment(rawValue: Probe.whyNot)), .timeLimit(.minutes(1)))
struct PersistentLabTests {
  /// Whether a process runs; one that has ended but whose parent hasn't noticed has no program any more.
  private func isRunning(_ process: String) -> Bool {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/exe")) != nil
  }

  @Test(arguments: Probe.modes)
  func `A lab that is up is joined, and gone after it was taken down`(mode: Probe.Mode) throws {
    let place = try ProbePlace()
    let up = try place.run("up", mode: mode).values
    let process = try #require(up["process"])
    #expect(isRunning(process))
    #expect(try place.run("open", mode: mode).values["origin"] == "joined")
    #expect(try place.run("echo", mode: mode).values["reply4"] == "true")
    #expect(try place.run("take-down", mode: mode).values["error"] == nil)
    #expect(!isRunning(process))
    #expect(try place.run("open", mode: mode).values["origin"] == "created")
  }

  @Test(arguments: Probe.modes)
  func `A command in the lab's shell changes the target`(mode: Probe.Mode) throws {
    let place = try ProbePlace()
    _ = try place.run("up", mode: mode)
    let settings = ["/proc/sys/net/ipv4/icmp_echo_ignore_all"]
    _ = try place.run("shell", "sh", "-c", "echo 1 > \(settings[0])", mode: mode)
    #expect(try place.run("shell", "cat", settings[0], mode: mode).text == "1\n")
    let seen = try place.run("echo", mode: mode).values
    #expect(seen["reply4"] == "false")
    #expect(seen["reply6"] == "true")
    _ = try place.run("take-down", mode: mode)
  }

  @Test func `A lab is up once only`() throws {
    let place = try ProbePlace()
    let mode = Probe.modes[0]
    let process = try #require(try place.run("up", mode: mode).values["process"])
    let second = try place.run("up", mode: mode).values["error"]
    #expect(second == LabError.alreadyUp("linux-host", process: Int32(process) ?? 0).description)
    _ = try place.run("take-down", mode: mode)
    let again = try place.run("take-down", mode: mode).values["error"]
    #expect(again == LabError.notUp("linux-host").description)
  }

  @Test func `A lab that is up serves one run at a time`() throws {
    let place = try ProbePlace()
    let mode = Probe.modes[0]
    _ = try place.run("up", mode: mode)
    let first = try Probe.Run(["open", "--sleep"], mode, runtimeDirectory: place.url)
    #expect(first.values(until: "process")["origin"] == "joined")
    let refusal = try place.run("open", mode: mode).values["error"]
    #expect(refusal?.hasPrefix("the lab failed: join linux-host: another run uses it") == true)
    // Not SIGTERM, which a process started from a thread of Dispatch has blocked.
    kill(first.process.processIdentifier, SIGKILL)
    first.process.waitUntilExit()
    #expect(try place.run("open", mode: mode).values["origin"] == "joined")
    _ = try place.run("take-down", mode: mode)
  }

  @Test func `A holder that was killed is forgotten`() throws {
    let place = try ProbePlace()
    let mode = Probe.modes[0]
    let process = try #require(try place.run("up", mode: mode).values["process"].flatMap { Int32($0) })
    kill(process, SIGKILL)
    let deadline = Date().addingTimeInterval(5)
    while kill(process, 0) == 0, Date() < deadline { usleep(10_000) }
    #expect(try place.run("open", mode: mode).values["origin"] == "created")
    #expect(try place.run("up", mode: mode).values["error"] == nil)
    _ = try place.run("take-down", mode: mode)
  }

  @Test func `A state directory that others can write is refused`() throws {
    let place = try ProbePlace()
    let mode = Probe.modes[0]
    let directory = place.url.appending(path: "assay")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    chmod(directory.path, 0o777)
    let error = try place.run("up", mode: mode).values["error"]
    #expect(error?.contains("nobody else can write") == true)
    // It's no reason not to make a private lab.
    let seen = try place.run("open", mode: mode).values
    #expect(seen["origin"] == "created")
    #expect(seen["remarks"]?.contains("nobody else can write") == true)
  }

  @Test func `A state file that isn't understood counts as no lab`() throws {
    let place = try ProbePlace()
    let mode = Probe.modes[0]
    let directory = place.url.appending(path: "assay")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    chmod(directory.path, 0o755)
    try "process=1\nname".write(
      to: directory.appending(path: "linux-host.lab"),
      atomically: true,
      encoding: .utf8
    )
    #expect(try place.run("open", mode: mode).values["origin"] == "created")
  }

  @Test(.enabled(if: Probe.canFilter, "nft isn't installed"), arguments: Probe.modes)
  func `A firewall that is up knows no flow of an earlier run`(mode: Probe.Mode) throws {
    let place = try ProbePlace()
    _ = try place.run("up", "--lab", "nft-firewall", mode: mode)
    let first = try place.run("passage", "--lab", "nft-firewall", mode: mode).values
    #expect(first["out4"]?.hasPrefix("far 63") == true)
    #expect(first["back4"]?.hasPrefix("near 63") == true)
    // The same reply again, and nobody has asked since.
    #expect(try place.run("reply", "--lab", "nft-firewall", mode: mode).values["reply"] == "nothing")
    _ = try place.run("take-down", "--lab", "nft-firewall", mode: mode)
  }

  @Test(.enabled(if: Probe.canFilter, "nft isn't installed"))
  func `Rules of a lab that is up change between runs, and wrong ones change nothing`() throws {
    let place = try ProbePlace()
    let mode = Probe.modes[0]
    let (first, second) = (
      try place.file("first.nft", "table inet first {}\n"),
      try place.file("second.nft", "table inet second {}\n")
    )
    let wrong = try place.file(
      "wrong.nft",
      "table inet wrong {}\ntable inet second { chain x { nonsense } }\n"
    )
    let lab = ["--lab", "nft-firewall"]
    _ = try place.run(["up", "--ruleset", first] + lab, mode: mode)
    #expect(try place.run(["witness"] + lab, mode: mode).values["rules"] == "table inet first { }")
    #expect(try place.run(["witness"] + lab, mode: mode).values["rulesets"] == first)
    let joined = try place.run(["witness", "--ruleset", second] + lab, mode: mode).values
    #expect(joined["rules"] == "table inet second { }")
    let refusal = try place.run(["witness", "--ruleset", wrong] + lab, mode: mode).text
    #expect(refusal.contains("error=\(wrong):2:"), "\(refusal)")
    #expect(try place.run(["witness"] + lab, mode: mode).values["rules"] == "table inet second { }")
    _ = try place.run(["take-down"] + lab, mode: mode)
  }

  @Test(.enabled(if: Probe.canFilter, "nft isn't installed"))
  func `A lab that can't be made says why in the words of who tried`() throws {
    let place = try ProbePlace()
    let wrong = try place.file("wrong.nft", "nonsense\n")
    let up = try place.run("up", "--lab", "linux-nat", "--ruleset", wrong, mode: Probe.modes[0])
    #expect(up.text.hasPrefix("error=\(wrong):1:"), "\(up.text)")
    #expect(try place.run("take-down", "--lab", "linux-nat", mode: Probe.modes[0]).values["error"] != nil)
    let simulated = try place.run("up", "--lab", "reference", mode: Probe.modes[0]).values["error"]
    #expect(simulated == LabError.simulated("reference").description)
  }
}
