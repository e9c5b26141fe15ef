import Foundation
import Testing

/// A target whose behaviour is broken on purpose, so that the right cases fail and say why.
@Suite(
  .enabled(if: Command.isLabPossible, Command.needsLab),
  .enabled(if: Tool.hasNetTools, "iproute2, nftables or util-linux isn't installed"),
  .timeLimit(.minutes(5))
)
struct BrokenKernelTests {
  @Test(arguments: Command.users)
  func `Dropping echo requests over 500 octets fails the cases that send them`(
    user: Command.User
  ) async throws {
    let lab = try await LabUp(as: user)
    try await lab.change(
      """
      nft add table inet t
      nft add chain inet t in '{ type filter hook input priority 0; }'
      nft add rule inet t in icmp type echo-request meta length '>' 500 drop
      """
    )
    let reports = Place()
    let run = try await lab.command.run("run --lab linux-host icmpv4.echo --reports \(reports.path)")
    #expect(run.status == 1, "\(run)")
    let junit = try JUnitFile(reports["junit.xml"])
    #expect(run.lastLine == junit.summary)
    func outcome(_ name: String) -> String? { junit.cases.first { $0.name == name }?.outcome }
    #expect(outcome("data-comes-back[length=1471]") == "failure")
    #expect(outcome("data-comes-back[length=1472]") == "failure")
    #expect(outcome("data-comes-back[length=56]") == nil)
    #expect(junit.count("error") == 0)
    let failure = try #require(junit.cases.first { $0.name == "data-comes-back[length=1472]" })
    #expect(failure.text.contains("RFC 1122 3.2.2.6 (MUST)"))
    #expect(failure.text.contains("no answer within"))
    #expect(failure.text.contains("the control probes before and after were answered"))
    #expect(run.output.contains("FAIL  icmpv4.echo.data-comes-back[length=1471]"))
    #expect(run.output.contains("rerun  assay run --lab linux-host"))
    try await lab.down()
  }

  @Test func `Rejecting UDP with another code fails the closed-port cases and names the field`() async throws
  {
    let lab = try await LabUp()
    try await lab.change(
      """
      nft add table inet t
      nft add chain inet t in '{ type filter hook input priority 0; }'
      nft add rule inet t in udp dport 33434 reject with icmp type admin-prohibited
      """
    )
    let reports = Place()
    let run = try await lab.command.run(
      "run --lab linux-host icmpv4.unreachable --require should --reports \(reports.path)"
    )
    #expect(run.status == 1, "\(run)")
    let junit = try JUnitFile(reports["junit.xml"])
    let closed = junit.cases.filter { $0.name.hasPrefix("closed-port[") }
    #expect(closed.count == 7)
    for item in closed {
      #expect(item.outcome == "failure", "\(item.name)")
      #expect(
        item.text.contains("icmpv4.code must be 3 (port-unreachable), is 13 (communication-prohibited)")
      )
    }
    #expect(junit.cases.first { $0.name == "tcp" }?.outcome == nil)
    let field = run.output.split(separator: "\n").first { $0.hasPrefix("    icmpv4.code ") }
    #expect(field?.contains("3 (port-unreachable)") == true)
    #expect(field?.contains("13 (communication-prohibited)") == true)
    try await lab.down()
  }

  @Test func `A target that answers nothing at all is inconclusive, never green or red`() async throws {
    let lab = try await LabUp()
    try await lab.change(
      """
      nft add table inet t
      nft add chain inet t in '{ type filter hook input priority 0; policy drop; }'
      nft add rule inet t in icmpv6 type '{ nd-neighbor-solicit, nd-neighbor-advert }' accept
      """
    )
    let reports = Place()
    let run = try await lab.command.run(
      "run --lab linux-host icmpv4.checksum --filter *echo-request* --retries 0 --reports \(reports.path)"
    )
    #expect(run.status == 2, "\(run)")
    let junit = try JUnitFile(reports["junit.xml"])
    #expect(junit.count("error") == junit.cases.count)
    #expect(junit.cases.allSatisfy { $0.type == "inconclusive" })
    try await lab.down()
  }

  /// Who loses its cable.
  enum Side: CaseIterable { case target, tester }

  @Test(arguments: Side.allCases)
  func `When the cable is cut in the middle nothing turns green or red`(side: Side) async throws {
    let lab = try await LabUp()
    let reports = Place()
    let line = """
      run --lab linux-host icmpv4.checksum icmpv4.unknown-types icmpv6.unknown-types
      --jobs 24 --rate 400 --recovery 5 --verbose --reports \(reports.path)
      """
    let (isUnderWay, doneBefore, outcome) = try await inTurn {
      let run = try lab.command.start(line.words)
      let isUnderWay = run.hasSaid(lines: 60)
      switch side {
      case .target: try lab.changeNow("ip link set eth0 down")
      case .tester: try Self.cutTestersSide(of: lab)
      }
      let doneBefore = run.error.split(separator: "\n").count
      return (isUnderWay, doneBefore, run.end())
    }
    #expect(isUnderWay)
    #expect(outcome.status == 2, "\(outcome)")
    let junit = try JUnitFile(reports["junit.xml"])
    #expect(junit.cases.count == 768)
    #expect(junit.count("failure") == 0)
    #expect(outcome.lastLine == junit.summary)
    // Trials in the air whose last answer had come may still pass; nothing that began later does.
    #expect(junit.count(nil) >= 50)
    #expect(junit.count(nil) <= doneBefore + 24)
    #expect(junit.count("error") == junit.cases.count - junit.count(nil) - junit.count("skipped"))
    #expect(junit.cases.filter { $0.outcome == "error" }.allSatisfy { $0.type == "inconclusive" })
    let words = side == .target ? "stopped answering" : "'near0' is down"
    #expect(outcome.output.contains(words))
    try await lab.down()
  }

  @Test func `A target that is cut off for some seconds costs nobody a verdict, and that is told`()
    async throws
  {
    let lab = try await LabUp()
    let reports = Place()
    let line =
      "run --lab linux-host icmpv4.checksum icmpv6.checksum --jobs 24 --rate 400 --verbose --reports \(reports.path)"
    let (isUnderWay, run) = try await inTurn {
      let run = try lab.command.start(line.words)
      let isUnderWay = run.hasSaid(lines: 40)
      try lab.changeNow(
        """
        nft 'add table inet cut { chain in { type filter hook input priority -300; policy drop; }; }'
        sleep 4
        nft delete table inet cut
        """
      )
      return (isUnderWay, run.end())
    }
    #expect(isUnderWay)
    #expect(run.status == 0, "\(run)")
    let junit = try JUnitFile(reports["junit.xml"])
    #expect(junit.count("failure") + junit.count("error") == 0)
    #expect(run.output.contains("The target answered no control probe for"))
    try await lab.down()
  }

  /// Sets the tester's interface down, from the namespace of the lab's holder.
  private static func cutTestersSide(of lab: LabUp) throws {
    let (enter, cut) = ("nsenter -t \(try lab.holder)", "-n ip link set near0 down")
    // Without root the namespace belongs to the holder's user namespace.
    if Tool.run("\(enter) -U \(cut)")?.status == 0 { return }
    #expect(Tool.run("\(enter) \(cut)")?.status == 0)
  }
}
