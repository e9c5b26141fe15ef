import Foundation

/// All bundled suites against this machine's kernel, run once for all tests that look at it.
struct FullRun: Sendable {
  let place: Place
  let status: Int32
  let output: String
  let error: String
  let junit: JUnitFile

  var lastLine: String { output.split(separator: "\n").last.map(String.init) ?? "" }

  static func by(_ user: Command.User) async throws -> FullRun {
    try await (user == .own ? own : nobody).value
  }

  private static let own = Task { try await make(.own) }
  private static let nobody = Task { try await make(.nobody) }

  private static func make(_ user: Command.User) async throws -> FullRun {
    let place = Place()
    let outcome = try await Command(user: user, limit: 180).run(
      "run --lab linux-host --reports \(place.path)"
    )
    return FullRun(
      place: place,
      status: outcome.status,
      output: outcome.output,
      error: outcome.error,
      junit: try JUnitFile(place["junit.xml"])
    )
  }
}
