import Foundation
import Testing

/// Witnesses from outside: what the kernel answers to the same packets, and what tshark says of the device's frames.
@Suite(.timeLimit(.minutes(10)))
struct WitnessTests {
  /// Runs the comparison of `make witness` on two captures.
  private func compare(
    _ linux: String,
    _ reference: String,
    page: String? = nil
  ) throws -> (status: Int32, output: String) {
    // Beside the test bundle.
    let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "Witness").path
    return try #require(Tool.run([program, Command.project, linux, reference] + (page.map { [$0] } ?? [])))
  }

  @Test(.enabled(if: Command.isLabPossible, Command.needsLab))
  func `Whatever Linux and the reference device answer differently is explained, and nothing else is`()
    async throws
  {
    let linux = try await FullRun.by(.own).place["capture.pcapng"]
    let reference = try await FullReferenceRun.shared.reports["capture.pcapng"]
    let place = Place()
    let ended = try compare(linux, reference, page: place["page.md"])
    #expect(ended.status == 0, "\(ended.output)")
    #expect(ended.output.hasSuffix(" differences, 0 wrong\n"), "\(ended.output)")
    let page = place.text("page.md")
    for title in ["Where Linux departs from the RFCs", "What the RFCs leave open"] {
      #expect(page.contains("## \(title)\n"))
    }
  }

  /// A mutant, its suite, and what the comparison with Linux says of it.
  static let mutants = [
    ("zeroes-long-echo-data", "icmpv4.echo", "data: Linux: 1472 octets as sent;"),
    ("decrements-quoted-ttl", "icmpv4.unreachable", "quoted ipv4 ttl: Linux: as sent;"),
    ("error-ttl-is-one", "icmpv6.unreachable", "ipv6 hop-limit: Linux: 32 or more; reference: 1"),
    (
      "reports-bad-checksum", "icmpv4.checksum", "answer: Linux: silence; reference: icmpv4 parameter-problem"
    ),
  ]

  @Test(.enabled(if: Command.isLabPossible, Command.needsLab), arguments: mutants.indices)
  func `A mutant differs from Linux in what nothing explains`(index: Int) async throws {
    let (mutant, suite, words) = Self.mutants[index]
    let place = Place()
    let run = try await Command().run(
      "run --lab reference \(suite) --mutant \(mutant) --no-reports --pcapng \(place["mutant.pcapng"])"
    )
    #expect([0, 1].contains(run.status), "\(run)")
    let linux = try await FullRun.by(.own).place["capture.pcapng"]
    let ended = try compare(linux, place["mutant.pcapng"])
    #expect(ended.status == 1)
    let lines = ended.output.split(separator: "\n").filter { $0.hasPrefix("not explained: \(suite).") }
    #expect(lines.contains { $0.contains(words) }, "\(lines)")
  }

  // MARK: tshark

  @Test(.enabled(if: Tool.hasTShark, "tshark isn't installed"))
  func
    `tshark finds nothing wrong in what the reference device sends but what it quotes, resets and resends`()
    async throws
  {
    let capture = try await FullReferenceRun.shared.reports["capture.pcapng"]
    let opinion = try ExpertOpinion(on: capture, target: FullReferenceRun.mac)
    // A reset is a warning by its nature; what is sent again after a too-big message looks out of order.
    let own = opinion.ofTarget.filter { !$0.isQuoted }
    let again = "This frame is a (suspected) out-of-order segment"
    #expect(Set(own.map(\.message)) == ["Connection reset (RST)", again], "\(own)")
    for finding in own {
      let suffix = finding.message == again ? ".tcp-attacks.too-big-ten-times" : ".unreachable.tcp"
      #expect(finding.trial.hasSuffix(suffix), "\(finding)")
    }
    // What is quoted was wrong on purpose, so tshark says the same of the stimulus.
    let quoted = opinion.ofTarget.filter(\.isQuoted)
    #expect(quoted.count > 20)
    for finding in quoted {
      #expect(opinion.ofStimuli[finding.trial]?.contains(finding.message) == true, "\(finding)")
    }
    let frames = Tool.run(
      "tshark -n -r \(capture) -Y eth.src==\(FullReferenceRun.mac) -T fields -e frame.number"
    )
    #expect((frames?.output.split(separator: "\n").count ?? 0) > 5000)
  }

  @Test(
    .enabled(if: Tool.hasTShark, "tshark isn't installed"),
    arguments: [
      ("sends-bad-error-checksum", "icmpv4.unreachable", false),
      ("sends-bad-echo-checksum", "icmpv6.echo", false),
      ("subtracts-header-from-quoted-length", "icmpv4.unreachable", true),
    ]
  )
  func `tshark does find what a mutant spoils`(mutant: String, suite: String, isQuoted: Bool) async throws {
    let place = Place()
    _ = try await Command().run(
      """
      run --lab reference \(suite) --mutant \(mutant) --filter *.data-* --filter *.closed-port* --retries 0
      --no-reports --pcapng \(place["capture.pcapng"])
      """
    )
    let opinion = try ExpertOpinion(on: place["capture.pcapng"], target: FullReferenceRun.mac)
    #expect(
      opinion.ofTarget.contains { finding in
        finding.isQuoted == isQuoted && opinion.ofStimuli[finding.trial]?.contains(finding.message) != true
      }
    )
  }
}
