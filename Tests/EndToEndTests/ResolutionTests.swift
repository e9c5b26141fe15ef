import Foundation
import Testing

/// Whom the target asks for: such questions go to everybody, and belong to the trial that looks at them.
@Suite(.enabled(if: Command.isLabPossible, Command.needsLab), .timeLimit(.minutes(5)))
struct ResolutionTests {
  /// How a case with these steps ends.
  private func run(_ steps: String) async throws -> Command.Outcome {
    let indented = steps.split(separator: "\n").map { "      " + $0 }.joined(separator: "\n")
    let place = Place()
    let file = try place.file(
      "asks.yaml",
      "suite: asks\ncases:\n  - id: it\n    title: Whom it asks for\n    steps:\n\(indented)\n"
    )
    let options = ["--no-progress", "--reports", place["reports"]]
    return try await Command().run(["run", "--lab", "linux-host", file] + options)
  }

  @Test(arguments: [
    ("arp: { operation: request, target-ip: $tester2 }", "ipv4", "icmpv4"), ("arp", "ipv4", "icmpv4"),
    ("icmpv6: { type: neighbor-solicitation, target: $tester2 }", "ipv6", "icmpv6"),
  ])
  func `A question that is forbidden fails the trial that draws it`(
    question: String,
    network: String,
    message: String
  ) async throws {
    let run = try await run(
      """
      - forbid: [\(question)]
      - send: [\(network): { source: $tester2 }, \(message): { type: echo-request }]
      - expect: [\(message): { type: echo-reply }]
      """
    )
    #expect(run.status == 1, "\(run)")
    #expect(run.output.contains("forbidden") || run.output.contains("Required: no"), "\(run)")
  }

  @Test func `A question for an address that nobody has can be expected`() async throws {
    let run = try await run(
      """
      - send: [ipv6: { source: $unused }, icmpv6: { type: echo-request }]
      - expect:
          - ipv6: { destination: $unused.solicited-node, hop-limit: 255 }
          - icmpv6: { type: neighbor-solicitation, target: $unused }
        times: 1..4
        within: 2s
      """
    )
    #expect(run.status == 0, "\(run)")
  }

  @Test func `A question for an address that is nobody's fails the trial that forbids it`() async throws {
    // Linux asks for a new gateway wherever that is, as long as `shared_media` is on.
    let run = try await run(
      """
      - forbid: [arp: { operation: request, target-ip: 203.0.113.7 }]
      - send: [ipv4: { source: $stranger }, icmpv4: { type: echo-request, sequence: 1 }]
      - expect: [icmpv4: { type: echo-reply }]
      - send:
          - ipv4: { source: $router }
          - icmpv4: { type: redirect, code: host, gateway: 203.0.113.7 }
          - quote: { of: $received, truncate: 28 }
      - expect: nothing
      - send: [ipv4: { source: $stranger }, icmpv4: { type: echo-request, sequence: 2 }]
      - expect: [icmpv4: { type: echo-reply, sequence: 2 }]
      """
    )
    #expect(run.status == 1, "\(run)")
    #expect(run.output.contains("ARP who has 203.0.113.7"), "\(run)")
  }

  @Test func `A question for an address off the link belongs to the trial that names it`() async throws {
    let run = try await run(
      """
      - send: [arp: { operation: request, sender-ip: 192.0.2.77, target-ip: $target }]
      - expect: [arp: { operation: reply, target-ip: 192.0.2.77 }]
      """
    )
    #expect(run.status == 0, "\(run)")
  }
}
