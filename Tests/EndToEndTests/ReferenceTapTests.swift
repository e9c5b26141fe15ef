import Foundation
import Testing

/// The reference device in real time on a TAP interface, from the making of its lab to the end.
@Suite(.enabled(if: TapMachine.isPossible, TapMachine.needed), .timeLimit(.minutes(5)))
struct ReferenceTapTests {
  @Test func `The reference device conforms to all bundled suites in real time, too`() async throws {
    let reports = Place()
    let run = try await Command(limit: 180).run("run --lab reference-tap --reports \(reports.path)")
    #expect(run.status == 0, "\(run)")
    let junit = try JUnitFile(reports["junit.xml"])
    #expect(junit.cases.count > 2000)
    // Timers are real here, so what waits for a minute is left out, and nothing else is.
    let left = junit.cases.filter { $0.verdict == "skipped" }
    #expect(junit.count(nil) + left.count == junit.cases.count, "\(run)")
    #expect(!left.isEmpty && left.allSatisfy { $0.id.contains(".reassembly-timers.") }, "\(run)")
    // And the same again from the capture alone.
    let again = try await Command(limit: 180).run("judge \(reports["capture.pcapng"]) --quiet")
    #expect(again.lastLine == run.lastLine, "\(again)")
  }

  @Test func `A lab that is up serves runs beside the host on the tester's side`() async throws {
    let lab = try await LabUp("reference-tap")
    for seed in 1...2 {
      let run = try await lab.command.run(
        "run --lab reference-tap icmpv4.echo icmpv6.echo --no-reports --seed \(seed)"
      )
      #expect(run.status == 0, "\(run)")
      #expect(run.error.contains("using the lab that is up"))
    }
    try await lab.down()
  }

  @Test
  func
    `A device that breaks a rule fails the suite of that rule, in a lab of the run's own or one that is up`()
    async throws
  {
    let line = "run --lab reference-tap icmpv4.checksum --no-reports"
    let own = try await Command().run(line + " --mutant replies-to-bad-checksum")
    #expect(own.status == 1, "\(own)")

    let lab = try await LabUp("reference-tap", options: ["--mutant", "replies-to-bad-checksum"])
    let joined = try await lab.command.run(line)
    #expect(joined.status == 1, "\(joined)")
    #expect(joined.error.contains("the target deviates on purpose: replies-to-bad-checksum"))
    #expect(joined.lastLine == own.lastLine)
    let other = try await lab.command.run(line + " --mutant answers-echo-twice")
    #expect(other.status == 64, "\(other)")
    #expect(other.error.contains("is up with mutant replies-to-bad-checksum"))
    try await lab.down()
  }

  @Test func `A device that dies just stops answering, and its lab stays`() async throws {
    let lab = try await LabUp("reference-tap", options: ["--mutant", "dies-of-short-message"])
    let first = try await lab.onTesterSide("ping -c 1 -W 2 192.0.2.1".words)
    #expect(first.status == 0, "\(first)")
    let run = try await lab.command.run(
      "run --lab reference-tap icmpv4.truncated --no-reports --recovery 1 --filter *.icmp-header* --quiet"
    )
    #expect(run.status != 0, "\(run)")
    let last = try await lab.onTesterSide("ping -c 1 -W 1 192.0.2.1".words)
    #expect(last.status == 1, "\(last)")
    #expect(isRunning(try lab.holder))
    try await lab.down()
  }

  @Test(arguments: [
    (["lab", "shell", "reference-tap", "--", "true"], "nothing can be run in it"),
    (["lab", "up", "reference"], "reference-tap is the same device on a real interface"),
    (["lab", "up", "linux-host", "--mutant", "answers-echo-twice"], "--mutant goes with"),
    (["lab", "up", "reference-tap", "--mutant", "is-perfect"], "no mutant 'is-perfect'"),
  ])
  func `What makes no sense is a usage error`(arguments: [String], words: String) async throws {
    let lab = try await LabUp("reference-tap")
    let outcome = try await lab.command.run(arguments)
    #expect(outcome.status == 64, "\(outcome)")
    #expect(outcome.error.contains(words), "\(outcome)")
    try await lab.down()
  }

  // MARK: Its end

  @Test func `Nothing is left of a lab that was taken down`() async throws {
    let lab = try await LabUp("reference-tap")
    let (holder, device) = (try lab.holder, try lab.device)
    #expect(isRunning(holder) && isRunning(device))
    try await lab.down()
    #expect(!isRunning(holder) && !isRunning(device))
    #expect(lab.place.text("assay/reference-tap.lab").isEmpty)
  }

  @Test func `Nothing is left of a lab whose holder was killed`() async throws {
    let lab = try await LabUp("reference-tap")
    let (holder, device) = (try lab.holder, try lab.device)
    let namespace = try namespace(of: holder)
    #expect(try self.namespace(of: device) == namespace)
    kill(holder, SIGKILL)
    #expect(holds { !isRunning(device) && !isRunning(holder) })
    #expect(holds { !Self.namespaces.contains(namespace) })
    let again = try await lab.command.run("lab up reference-tap")
    #expect(again.status == 0, "\(again)")
    try await lab.down()
  }

  @Test func `A lab whose device was killed is none any more`() async throws {
    let lab = try await LabUp("reference-tap")
    let holder = try lab.holder
    kill(try lab.device, SIGKILL)
    #expect(holds { !isRunning(holder) })
    let gone = try await lab.command.run("lab shell reference-tap --tester -- true")
    #expect(gone.status == 64, "\(gone)")
  }

  @Test func `A run that is killed takes its device with it`() async throws {
    let children = try await inTurn {
      let line = "run --lab reference-tap icmpv4.unknown-types --jobs 4 --rate 50 --verbose --no-reports"
      let run = try Command().start(line.words)
      #expect(run.hasSaid(lines: 10))
      let children = Self.children(of: run.identifier)
      kill(run.identifier, SIGKILL)
      _ = run.end()
      return children
    }
    #expect(children.count == 1)
    #expect(holds { !children.contains { isRunning($0) } })
  }

  // MARK: Other machines

  @Test(.enabled(if: TapMachine.canBeChanged, TapMachine.needsChange))
  func `Where everybody may open the kernel's device, it takes no privileges`() async throws {
    let lab = try await LabUp("reference-tap", as: .nobody, wrapper: TapMachine.open)
    let ping = try await lab.onTesterSide("ping -c 1 -W 2 192.0.2.1".words)
    #expect(ping.status == 0, "\(ping)")
    let run = try await lab.command.run("run --lab reference-tap icmpv4.echo icmpv6.echo --no-reports")
    #expect(run.status == 0, "\(run)")
    try await lab.down()
  }

  @Test(.enabled(if: TapMachine.canBeChanged, TapMachine.needsChange), arguments: ["run --lab", "lab up"])
  func `Where it's missing or forbidden, that is said with what to do`(verb: String) async throws {
    let line = "\(verb) reference-tap"
    let place = Place()
    let environment = ["XDG_RUNTIME_DIR": place.path]
    let without = try await Command(wrapper: TapMachine.without, environment: environment).run(line)
    #expect(without.status == 69, "\(without)")
    #expect(without.error.contains("open /dev/net/tun: No such file or directory"))
    #expect(without.error.contains("sudo modprobe tun"))
    let nobodys = Place()
    let closed = try await Command(
      user: .nobody,
      wrapper: TapMachine.closed,
      environment: ["XDG_RUNTIME_DIR": nobodys.path]
    ).run(line)
    #expect(closed.status == 77, "\(closed)")
    #expect(closed.error.contains("open /dev/net/tun: Permission denied"))
    let doctor = try await Command(wrapper: TapMachine.without).run("doctor")
    #expect(doctor.status == 0, "\(doctor)")
    #expect(doctor.output.contains("no lab reference-tap"))
  }

  // MARK: Looking at processes

  /// Whether a process runs; one that has ended and that nobody has asked about has no program any more.
  private func isRunning(_ process: Int32) -> Bool {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/exe")) != nil
  }

  private func namespace(of process: Int32) throws -> String {
    try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/ns/net")
  }

  /// The network namespaces of all processes.
  private static var namespaces: Set<String> {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return Set(
      names.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\($0)/ns/net") }
    )
  }

  static func children(of process: Int32) -> [Int32] {
    let file = "/proc/\(process)/task/\(process)/children"
    let text = String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
    return text.words.compactMap { Int32($0) }
  }

  /// Whether something comes true within some seconds.
  private func holds(_ condition: () -> Bool) -> Bool {
    for _ in 0..<1000 {
      if condition() { return true }
      usleep(10_000)
    }
    return false
  }
}

extension LabUp {
  /// The child process of the holder in which the reference device lives.
  var device: Int32 {
    get throws {
      let children = ReferenceTapTests.children(of: try holder)
      return try #require(children.count == 1 ? children[0] : nil)
    }
  }
}
