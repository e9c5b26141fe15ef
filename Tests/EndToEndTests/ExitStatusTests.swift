import Foundation
import Testing

/// The exit statuses that scripts rely on.
@Suite(.timeLimit(.minutes(5)))
struct ExitStatusTests {
  /// A suite with one trial, as text.
  static func suite(named name: String, layers: String = "ipv4, icmpv4: { type: echo-request }") -> String {
    """
    suite: \(name)
    title: A suite for tests
    cases:
      - id: one
        title: An echo request is answered
        requirement: RFC1122-3.2.2.6-a
        steps:
          - send: [ \(layers) ]
          - expect: [ icmpv4: { type: echo-reply } ]

    """
  }

  @Test func `Nothing selected is 4`() async throws {
    let run = try await Command().run("run --lab reference --filter no.such* --no-reports")
    #expect(run.status == 4)
    #expect(run.error == "assay: no trial matches; 'assay list' shows what there is\n")
    #expect(run.output.isEmpty)
  }

  @Test(arguments: [
    ["run"], ["run", "--lab", "linux-host", "--target", "192.0.2.1"], ["run", "--lab", "no-such-lab"],
    ["run", "--lab", "reference", "--jobs", "0"], ["run", "--lab", "reference", "--jobs", "513"],
    ["run", "--lab", "reference", "--jobs", "many"], ["run", "--lab", "reference", "--retries", "-1"],
    ["run", "--lab", "reference", "--rate", "0"], ["run", "--lab", "reference", "--shard", "0/3"],
    ["run", "--lab", "reference", "--shard", "4/3"], ["run", "--lab", "reference", "--shard", "1"],
    ["run", "--lab", "reference", "--require", "always"], ["run", "--lab", "reference", "--seed", "-1"],
    ["run", "--lab", "reference", "--no-such-option"], ["no-such-command"], ["lab", "down", "no-such-lab"],
    ["run", "--lab", "reference", "--mutant", "no-such-mutant"],
    ["run", "--lab", "reference", "--impair", "loss=2"],
    ["run", "--lab", "reference", "--impair", "lost=2%"],
    ["run", "--target", "192.0.2.1", "--impair", "corrupt=1%"],
  ])
  func `A wrong command line is 64`(arguments: [String]) async throws {
    let run = try await Command().run(arguments)
    #expect(run.status == 64, "\(run)")
    #expect(run.output.isEmpty)
    #expect(!run.error.isEmpty)
  }

  @Test(arguments: ["run", "lint"])
  func `Faulty suites are 65, and all their errors are told at once`(command: String) async throws {
    let place = Place()
    let files = [
      try place.file(
        "a.yaml",
        Self.suite(named: "test.a").replacing("title: An echo", with: "titel: An echo")
      ),
      try place.file("b.yaml", Self.suite(named: "test.b", layers: "ipv5, icmpv4: { type: echo-request }")),
      try place.file("c.yaml", "suite: [\n"),
    ]
    let target = command == "run" ? ["--lab", "reference", "--no-reports"] : []
    let run = try await Command().run([command] + files + target)
    #expect(run.status == 65)
    #expect(run.output.isEmpty)
    #expect(run.error.contains("a.yaml:5:5: error: unknown key 'titel' in a case; did you mean 'title'?\n"))
    #expect(run.error.contains("b.yaml:8:17: error: unknown layer 'ipv5'; did you mean 'ipv4'?\n"))
    #expect(run.error.contains("c.yaml:"))
    // The line itself, and a caret below the place.
    #expect(
      run.error.contains("\n        - send: [ ipv5, icmpv4: { type: echo-request } ]\n                  ^\n")
    )
  }

  @Test(arguments: ["run", "lint"])
  func `A suite that can't be crafted is 65`(command: String) async throws {
    let place = Place()
    let file = try place.file(
      "a.yaml",
      Self.suite(named: "test.a", layers: "ipv4, icmpv4: { type: echo-request, code: 300 }")
    )
    let target = command == "run" ? ["--lab", "reference", "--no-reports"] : []
    let run = try await Command().run([command, file] + target)
    #expect(run.status == 65, "\(run)")
    #expect(run.error.contains("a.yaml:8:59: error: 300 doesn't fit the 8 bits of 'code'\n"), "\(run)")
  }

  @Test func `A clause that nobody knows is 65`() async throws {
    let place = Place()
    let text = Self.suite(named: "test.a").replacing("RFC1122-3.2.2.6-a", with: "RFC1122-0.0-z")
    let run = try await Command().run("lint \(try place.file("a.yaml", text))")
    #expect(run.status == 65)
    #expect(run.error.contains("a.yaml:6:18: error: no clause 'RFC1122-0.0-z' in the requirement catalogue"))
  }

  @Test(arguments: ["--target", "--baseline"])
  func `A faulty target file or baseline is 65`(option: String) async throws {
    let place = Place()
    let file = try place.file("a.yaml", "name: x\nrole: hots\n")
    let lab = option == "--baseline" ? ["--lab", "reference"] : []
    let run = try await Command().run(["run", option, file, "--no-reports"] + lab)
    #expect(run.status == 65)
    #expect(run.error.contains("a.yaml:"))
    #expect(run.error.contains("error: "))
  }

  @Test(arguments: [
    ["run", "--lab", "reference", "/no/such.yaml"], ["run", "--lab", "reference", "no.such.suite"],
    ["run", "--target", "/no/such.yaml"], ["run", "--target", "300.1.1.1"], ["lint", "/no/such.yaml"],
    ["list", "no.such.suite"], ["craft", "no.such.suite"],
    ["run", "--lab", "reference", "--baseline", "/no/such.yaml"],
  ])
  func `A file that isn't there is 66`(arguments: [String]) async throws {
    let run = try await Command().run(arguments)
    #expect(run.status == 66, "\(run)")
    #expect(run.error.hasPrefix("assay: "))
  }

  @Test(arguments: ["--junit", "--json", "--html", "--pcapng", "--markdown", "--reports"])
  func `A report that can't be written is 73, and the results are shown all the same`(
    option: String
  ) async throws {
    let place = Place()
    let file = try place.file("in-the-way", "not a directory")
    let only = option == "--reports" ? [] : ["--no-reports"]
    let run = try await Command().run(
      ["run", "--lab", "reference", "icmpv4.timestamp", option, file + "/report"] + only
    )
    #expect(run.status == 73, "\(run)")
    #expect(run.error.contains("in-the-way/report"))
    #expect(run.lastLine == "23 passed, 0 failed, 0 skipped")
    #expect(place.names == ["in-the-way"])
  }

  @Test(arguments: Command.users.filter { $0 == .nobody || getuid() != 0 })
  func `A directory that can't be written to is 73`(user: Command.User) async throws {
    let place = Place()
    chmod(place.path, 0o555)
    let run = try await Command(user: user).run(
      "run --lab reference icmpv4.timestamp --reports \(place["reports"])"
    )
    #expect(run.status == 73, "\(run)")
    #expect(place.names.isEmpty)
  }

  @Test(.enabled(if: Command.isLabPossible && Tool.hasNetTools, Command.needsLab))
  func `Without the right to make namespaces it's 77, and says how to go on`() async throws {
    let forbid = "echo 0 > /proc/sys/user/max_user_namespaces; exec \"$@\""
    let command = Command(
      wrapper: ["unshare", "-Ur", "sh", "-c", forbid, "sh"] + [
        "setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs",
      ]
    )
    let run = try await command.run("run --lab linux-host --no-reports")
    #expect(run.status == 77, "\(run)")
    #expect(run.error.contains("user namespaces are off: sudo sysctl user.max_user_namespaces="))
    #expect(run.error.contains("or run it as root (sudo assay …)"))
    let doctor = try await command.run("doctor")
    #expect(doctor.status == 77)
    #expect(doctor.output.contains("MISSING  lab"))
    let reference = try await command.run("run --lab reference icmpv4.timestamp --no-reports")
    #expect(reference.status == 0, "the simulation needs no privileges: \(reference)")
  }
}
