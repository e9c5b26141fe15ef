import Foundation
import Testing

/// A lab that is up for one test, in a state directory of its own.
final class LabUp: Sendable {
  let place = Place()
  let name: String
  let user: Command.User

  /// Makes a lab.
  ///
  /// - Parameters:
  ///   - name: its name.
  ///   - options: what follows `lab up NAME`.
  ///   - user: with whose rights.
  ///   - wrapper: programs in front of the command.
  /// - Throws: if it can't be made.
  init(
    _ name: String = "linux-host",
    options: [String] = [],
    as user: Command.User = .own,
    wrapper: [String] = []
  ) async throws {
    self.name = name
    self.user = user
    var command = command
    command.wrapper = wrapper
    let outcome = try await command.run(["lab", "up", name] + options)
    try #require(outcome.status == 0, "\(outcome)")
  }

  /// Runs and other commands that find this lab.
  var command: Command { Command(user: user, environment: ["XDG_RUNTIME_DIR": place.path], limit: 120) }

  /// Runs a program on the tester's side.
  func onTesterSide(_ words: [String]) async throws -> Command.Outcome {
    try await command.run(["lab", "shell", name, "--tester", "--"] + words)
  }

  /// Runs a shell script on the target's side.
  func change(_ script: String) async throws {
    try await inTurn { [self] in try changeNow(script) }
  }

  /// The same, while a run is under way.
  func changeNow(_ script: String) throws {
    let outcome = try command.start(["lab", "shell", name, "--", "sh", "-euc", script]).end()
    try #require(outcome.status == 0, "\(script): \(outcome)")
  }

  /// The process that holds the lab, whose own namespace is the tester's.
  var holder: Int32 {
    get throws {
      let state = place.text("assay/\(name).lab")
      let line = try #require(state.split(separator: "\n").first { $0.hasPrefix("process=") })
      return try #require(Int32(line.dropFirst("process=".count)))
    }
  }

  /// Takes it down; a lab that isn't is gone with the tests' end at the latest.
  func down() async throws {
    let outcome = try await command.run("lab down \(name)")
    #expect(outcome.status == 0, "\(outcome)")
  }

  deinit {
    let state = place.text("assay/\(name).lab")
    for line in state.split(separator: "\n") where line.hasPrefix("process=") {
      if let process = Int32(line.dropFirst("process=".count)) { kill(process, SIGKILL) }
    }
  }
}
