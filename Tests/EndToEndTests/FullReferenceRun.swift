import Foundation

/// All bundled suites against the reference device in virtual time, run once for all tests that look at it.
struct FullReferenceRun: Sendable {
  let reports: Place
  let outcome: Command.Outcome

  static var shared: FullReferenceRun { get async throws { try await run.value } }

  private static let run = Task {
    let reports = Place()
    let outcome = try await Command(limit: 240).run(
      "run --lab reference --jobs 8 --reports \(reports.path)"
    )
    return FullReferenceRun(reports: reports, outcome: outcome)
  }

  /// The device's Ethernet address.
  static let mac = "02:00:00:00:01:01"
}
