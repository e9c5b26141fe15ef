import Foundation
import Testing

/// Commands that send nothing, and need no privileges: all are run as the user nobody where that's possible.
@Suite(.timeLimit(.minutes(5)))
struct InspectionTests {
  private let command = Command(user: Command.users.last ?? .own)

  @Test func `list shows suites, cases, clauses and counts`() async throws {
    let run = try await command.run("list icmpv4.echo")
    #expect(run.status == 0, "\(run)")
    let lines = run.output.split(separator: "\n")
    #expect(lines.first == "icmpv4.echo  Echo and echo reply")
    #expect(lines.contains { $0.hasPrefix("  data-comes-back ×10  ") })
    #expect(lines.contains("      RFC1122-3.2.2.6-c, RFC792-echo-c MUST"))
    #expect(run.lastLine == "1 suites, \(lines.count / 2 - 1) cases, 81 trials")
  }

  @Test func `list with trials names each as filters do`() async throws {
    let run = try await command.run("list --trials icmpv4.*")
    let names = run.output.split(separator: "\n")
    #expect(names.contains("icmpv4.echo.data-comes-back[length=1472]"))
    #expect(names.count > 1000 && Set(names).count == names.count)
    #expect(names.allSatisfy { $0.hasPrefix("icmpv4.") })
  }

  @Test func `show tells the clause, the packet octet by octet, and what is expected`() async throws {
    let run = try await command.run("show icmpv4.echo.data-comes-back[length=56]")
    #expect(run.status == 0, "\(run)")
    for text in [
      "The reply carries all data of the request", "RFC1122-3.2.2.6-c, RFC 1122 3.2.2.6, MUST",
      "Suites/icmpv4/echo.yaml:", "shown: length=56", "step 1: ", "type = 8 (echo-request)", "step 2: ",
      "echo-reply",
    ] { #expect(run.output.contains(text), "\(text)") }
  }

  @Test func `show without a match is 4`() async throws {
    let run = try await command.run("show no.such.case")
    #expect(run.status == 4)
    #expect(run.error.contains("no case 'no.such.case'"))
  }

  @Test func `The bundled suites have no errors`() async throws {
    let run = try await command.run("lint")
    #expect(run.status == 0, "\(run)")
    #expect(run.lastLine.hasSuffix(" rules: no errors"))
  }

  @Test func `craft prints annotated hex`() async throws {
    let run = try await command.run("craft icmpv4.timestamp:reply-mirrors-request*")
    #expect(run.status == 0, "\(run)")
    #expect(run.output.hasPrefix("# icmpv4.timestamp.reply-mirrors-request["))
    #expect(run.output.contains("  0022  0d                       type = 13 (timestamp-request)\n"))
    #expect(!run.output.contains("too-short-to-copy"))
  }

  @Test(.enabled(if: Tool.hasTShark, "tshark isn't installed"), arguments: ["pcapng", "pcap"])
  func `craft writes captures that tshark reads`(format: String) async throws {
    let place = Place()
    let file = place["packets.\(format)"]
    let run = try await command.run("craft icmpv4.checksum -o \(file)")
    #expect(run.status == 0, "\(run)")
    let read = try #require(
      Tool.run(
        """
        tshark -r \(file) -o ip.check_checksum:TRUE -T fields -e frame.number -e icmp.checksum.status -e
        frame.comment
        """
      )
    )
    #expect(read.status == 0)
    let lines = read.output.split(separator: "\n")
    #expect(run.error == "\(lines.count) packets in \(file)\n")
    // The first case's checksums are wrong on purpose, as tshark sees too.
    let first = lines.first?.split(separator: "\t").map(String.init) ?? []
    #expect(first.dropFirst().first == "0")
    if format == "pcapng" {
      #expect(first.last == "icmpv4.checksum.echo-request[checksum=wrong,length=0], step 1")
    }
  }

  @Test func `craft makes the same packets each time`() async throws {
    let texts = [
      try await command.run("craft icmpv6.checksum").output,
      try await command.run("craft icmpv6.checksum").output,
    ]
    #expect(texts[0] == texts[1] && texts[0].count > 10_000)
  }

  @Test func `craft without a match is 4`() async throws {
    let run = try await command.run("craft icmpv4.echo:no-such-case")
    #expect(run.status == 4)
  }

  @Test func `The labs are listed with what they are`() async throws {
    let run = try await command.run("lab list")
    #expect(run.status == 0, "\(run)")
    let names = run.output.split(separator: "\n").map { $0.prefix { $0 != " " } }
    #expect(
      names == [
        "linux-host", "linux-host-limited", "linux-router", "linux-nat", "nft-firewall", "iptables-firewall",
        "reference", "reference-router", "reference-nat", "reference-firewall", "reference-tap",
      ]
    )
    #expect(!run.output.contains("(up"))
  }

  @Test(.enabled(if: Command.isLabPossible, Command.needsLab))
  func `A lab that is up is listed so, and can't be made twice`() async throws {
    let lab = try await LabUp(as: Command.users.last ?? .own)
    let list = try await lab.command.run("lab list")
    #expect(list.output.contains(" (up, process \(try lab.holder))\n"))
    let again = try await lab.command.run("lab up")
    #expect(again.status == 64, "\(again)")
    try await lab.down()
    let gone = try await lab.command.run("lab down")
    #expect(gone.status == 64)
  }

  @Test(.enabled(if: Command.isLabPossible, Command.needsLab), arguments: Command.users)
  func `The doctor is content where a lab can be made`(user: Command.User) async throws {
    let run = try await Command(user: user).run("doctor")
    #expect(run.status == 0, "\(run)")
    for name in ["libpcap", "privileges", "lab", "capture"] {
      #expect(run.output.split(separator: "\n").contains { $0.dropFirst(9).hasPrefix(name) }, "\(name)")
    }
    #expect(!run.output.contains("MISSING"))
    #expect(run.output.contains(user == .own && getuid() == 0 ? "as root" : "in a user namespace"))
  }

  @Test(arguments: [["--help"], ["run", "--help"], ["lab", "--help"], ["--version"]])
  func `Help goes to standard output, and is no error`(arguments: [String]) async throws {
    let run = try await command.run(arguments)
    #expect(run.status == 0)
    #expect(run.error.isEmpty && !run.output.isEmpty)
  }
}
