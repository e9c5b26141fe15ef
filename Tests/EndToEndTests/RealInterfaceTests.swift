import Foundation
import Testing

/// `--target`: an interface that Assay hasn't made.
@Suite(
  .enabled(if: Command.isLabPossible && Tool.hasNetTools, Command.needsLab),
  .timeLimit(.minutes(5))
)
struct RealInterfaceTests {
  private static let baseline = "--baseline Suites/baselines/linux-host.yaml"

  @Test func `A target file with testers runs many trials at once`() async throws {
    let bench = Bench()
    let reports = Place()
    let run = try await bench.run(
      """
      run --target \(bench.target(near: Bench.testers)) icmpv4.echo icmpv6.echo --reports
      \(reports.path) \(Self.baseline)
      """
    )
    #expect(run.status == 0, "\(run)")
    let junit = try JUnitFile(reports["junit.xml"])
    #expect(junit.count(nil) > 130)
    let skipped = junit.cases.filter { $0.type == "not-applicable" }
    #expect(skipped.map(\.id).sorted() == ["icmpv4.echo.off-link-source", "icmpv6.echo.off-link-source"])
    #expect(skipped.allSatisfy { $0.message.contains("doesn't play this target's gateway") })
    #expect(!run.error.contains("one trial at a time"))
  }

  @Test func `Without testers Assay speaks from the interface's own addresses, one trial at a time`()
    async throws
  {
    let bench = Bench(setup: Bench.ownAddresses)
    let reports = Place()
    let run = try await bench.run(
      "run --target \(bench.target()) icmpv4.echo icmpv6.echo --reports \(reports.path) \(Self.baseline)"
    )
    #expect(run.status == 0, "\(run)")
    #expect(run.error.contains("speaking from this machine's own address, one trial at a time"))
    let junit = try JUnitFile(reports["junit.xml"])
    #expect(junit.count(nil) > 120)
    let other = junit.cases.first { $0.id == "icmpv4.echo.each-sender-gets-its-reply" }
    #expect(other?.type == "not-applicable")
  }

  @Test(arguments: ["203.0.113.1", "2001:db8:7::1"])
  func `An address is a target`(address: String) async throws {
    let bench = Bench(setup: Bench.ownAddresses)
    let run = try await bench.run(
      "run --target \(address) icmpv?.echo --filter *.data-comes-back* --no-reports"
    )
    #expect(run.status == 0, "\(run)")
    // Eleven lengths over IPv6, ten over IPv4; those of the other version are skipped.
    let passed = address.contains(":") ? 11 : 10
    #expect(run.lastLine == "\(passed) passed, 0 failed, \(21 - passed) skipped")
  }

  @Test(.enabled(if: Tool.hasTShark, "tshark isn't installed"))
  func `Without testers no frame has another source than the interface's own`() async throws {
    let bench = Bench(setup: Bench.ownAddresses)
    let capture = bench.place["capture.pcapng"]
    let run = try await bench.run(
      """
      run --target 203.0.113.1 icmpv4.echo icmpv4.spoofed-errors --no-reports --pcapng \(capture)
      \(Self.baseline)
      """
    )
    #expect(run.status == 0, "\(run)")
    let sources = try #require(
      Tool.run("tshark -r \(capture) -Y ip -T fields -E occurrence=f -e ip.src")
    )
    #expect(Set(sources.output.split(separator: "\n")) == ["203.0.113.1", "203.0.113.2"])
  }

  @Test func `Trials that need a false source are skipped unless the target file allows it`() async throws {
    let gateway = Bench.testers + "\ngateway: { ipv4: 203.0.113.254, ipv6: \"fe80::a55a:fe\" }"
    for isAllowed in [false, true] {
      let bench = Bench(setup: Bench.gateway)
      let reports = Place()
      let run = try await bench.run(
        """
        run --target \(bench.target(near: gateway, more: isAllowed ? "spoofing: allowed" : ""))
        icmpv4.ip-header icmpv4.spoofed-errors --reports \(reports.path) \(Self.baseline)
        """
      )
      #expect(run.status == 0, "\(run)")
      let skipped = try JUnitFile(reports["junit.xml"]).cases.filter { $0.type == "not-applicable" }
      #expect(skipped.isEmpty == isAllowed)
      for item in skipped {
        #expect(
          item.message.hasPrefix("it needs the source ") && item.message.hasSuffix("doesn't allow spoofing")
        )
      }
    }
  }

  @Test func `An address beyond this link that isn't private is refused, unless it's allowed`() async throws {
    let bench = Bench(setup: Bench.ownAddresses)
    let refused = try await bench.run("run --target 198.18.0.1 icmpv4.timestamp --no-reports")
    #expect(refused.status == 64, "\(refused)")
    #expect(refused.error.contains("--allow 198.18.0.1 if it is yours"))
    let other = try await bench.run(
      "run --target 198.18.0.1 --allow 198.51.0.0/16 icmpv4.timestamp --no-reports"
    )
    #expect(other.status == 64)
  }

  @Test func `An address behind a router is spoken to through it`() async throws {
    let bench = Bench(setup: Bench.ownAddresses)
    let run = try await bench.run("run --target 198.51.100.1 icmpv4.echo --filter *.data* --no-reports")
    #expect(run.status == 0, "\(run)")
    #expect(run.error.contains("198.51.100.1 is behind a router"))
  }

  @Test(arguments: ["203.0.113.2", "127.0.0.1", "2001:db8:7::2"])
  func `This machine's own address is refused`(address: String) async throws {
    let run = try await Bench(setup: Bench.ownAddresses).run("run --target \(address) --no-reports")
    #expect(run.status == 64, "\(run)")
    #expect(run.error.contains("use --lab linux-host"))
  }

  @Test(arguments: ["203.0.113.9", "203.0.114.1", "2001:db8:7::9"])
  func `A target that can't be reached is 69`(address: String) async throws {
    let run = try await Bench(setup: Bench.ownAddresses).run(
      "run --target \(address) icmpv4.timestamp --no-reports"
    )
    #expect(run.status == 69, "\(run)")
    #expect(
      run.error.contains("nobody on 'wire0' says it has \(address)") || run.error.contains("no route to")
    )
  }

  @Test func `An interface that isn't there is 69, and named`() async throws {
    let bench = Bench(setup: "ip link delete wire0")
    let run = try await bench.run(
      "run --target \(bench.target(near: Bench.testers)) icmpv4.timestamp --no-reports"
    )
    #expect(run.status == 69, "\(run)")
    #expect(run.error.contains("wire0"))
  }

  @Test func `Without CAP_NET_RAW it's 77, and says how to get it`() async throws {
    let bench = Bench(setup: "exec setpriv --bounding-set=-all --inh-caps=-all --no-new-privs \"$@\"")
    let run = try await bench.run(
      "run --target \(bench.target(near: Bench.testers)) icmpv4.timestamp --no-reports"
    )
    #expect(run.status == 77, "\(run)")
    #expect(run.error.contains("on wire0 needs CAP_NET_RAW"))
    #expect(run.error.contains("sudo setcap cap_net_raw"))
    #expect(run.error.contains("--lab linux-host"))
  }

  @Test func `An interface without an address needs testers`() async throws {
    let bench = Bench()
    let run = try await bench.run("run --target \(bench.target()) icmpv4.timestamp --no-reports")
    #expect(run.status == 69, "\(run)")
    #expect(run.error.contains("wire0 has no address to speak from; give 'testers'"))
  }

  @Test func `The doctor looks at a real interface, too`() async throws {
    let run = try await Bench().run("doctor --interface wire0")
    #expect(run.output.contains("ok       wire0 "), "\(run)")
    #expect(run.output.contains("wire0 offloads"))
  }
}
