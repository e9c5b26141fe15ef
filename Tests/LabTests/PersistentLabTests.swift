import Foundation
import Lab
import Testing

/// Labs that stay up between commands.
@Suite(.enabled(if: Probe.isLabPossible, Comment(rawValue: Probe.whyNot)), .timeLimit(.minutes(1)))
struct PersistentLabTests {
  /// A directory in which one test's labs are written down.
  private struct Place: ~Copyable {
    let url: URL
    init() throws {
      url = Probe.publicDirectory.appending(path: UUID().uuidString)
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      chmod(url.path, 0o777)
    }
    deinit { try? FileManager.default.removeItem(at: url) }

    func run(_ arguments: String..., mode: Probe.Mode) throws -> (values: [String: String], text: String) {
      let end = try Probe.Run(arguments, mode, runtimeDirectory: url).end()
      return (end.values, end.text)
    }
  }

  /// Whether a process runs; one that has ended but whose parent hasn't noticed has no program any more.
  private func isRunning(_ process: String) -> Bool {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/exe")) != nil
  }

  @Test(arguments: Probe.modes)
  func `A lab that is up is joined, and gone after it was taken down`(mode: Probe.Mode) throws {
    let place = try Place()
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
    let place = try Place()
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
    let place = try Place()
    let mode = Probe.modes[0]
    let process = try #require(try place.run("up", mode: mode).values["process"])
    let second = try place.run("up", mode: mode).values["error"]
    #expect(second == LabError.alreadyUp("linux-host", process: Int32(process) ?? 0).description)
    _ = try place.run("take-down", mode: mode)
    let again = try place.run("take-down", mode: mode).values["error"]
    #expect(again == LabError.notUp("linux-host").description)
  }

  @Test func `A lab that is up serves one run at a time`() throws {
    let place = try Place()
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
    let place = try Place()
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
    let place = try Place()
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
    let place = try Place()
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
}
