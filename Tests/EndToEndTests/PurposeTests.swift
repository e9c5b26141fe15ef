import Foundation
import Testing

/// Test purposes of other tools in Assay's suite language, written from the documentation alone.
@Suite(.timeLimit(.minutes(5)))
struct PurposeTests {
  private let command = Command(user: Command.users.last ?? .own)
  private static let folder = Command.project + "/Tests/Purposes"

  private func run(_ lab: String) async throws -> Command.Outcome {
    // Nobody may read a project below somebody's home.
    let place = Place()
    for name in try FileManager.default.contentsOfDirectory(atPath: Self.folder) {
      _ = try place.file(name, String(contentsOfFile: Self.folder + "/" + name, encoding: .utf8))
    }
    let options = ["--baseline", place["\(lab).yaml"], "--no-progress", "--reports", place["reports"]]
    return try await command.run(["run", "--lab", lab, place.path] + options)
  }

  @Test func `All of them lint, beside the baselines that lie there, too`() async throws {
    let run = try await Command().run(["lint", Self.folder])
    #expect(run.status == 0, "\(run)")
    #expect(run.lastLine.hasPrefix("16 suites, "), "\(run)")
  }

  @Test func `The reference device conforms, but for what it doesn't implement`() async throws {
    let run = try await run("reference")
    #expect(run.status == 0, "\(run)")
  }

  @Test(.enabled(if: Command.isLabPossible, Command.needsLab))
  func `This machine's kernel conforms, but for known deviations`() async throws {
    let run = try await run("linux-host")
    #expect(run.status == 0, "\(run)")
  }
}
