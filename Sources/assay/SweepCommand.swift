public import ArgumentParser
import Foundation
import Lab
import Link
import Report
import Suite
import Sweep

/// `assay sweep`: what a router, NAT or firewall does to every type and code.
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Send every ICMP type and code through a filter and tell what became of it."
  )

  @Option(help: "A lab")
  var lab: String?
  @OptionGroup var ruleset: RulesetOption

  @Option(help: "A target file with both sides.")
  var target: String?

  @Option(help: "Most frames a second; default: 10000, in a lab 1000000.")
  var rate: Int?

  @Option(help: ArgumentHelp("Which way: outbound, inbound; may be repeated.", valueName: "way"))
  var direction: [SweepDirection] = []

  @Option(help: "In which state: unsolicited, established, related-echo, related-udp, related-tcp; may be repeated.")
  var state: [SweepState] = []

  @Option(name: .customLong("ip"), help: "Version of IP: 4 or 6; may be repeated.")
  var versions: [IPVersion] = []

  @Flag(help: .hidden)
  var reliable = false

  func run() throws {
    let library = SuiteLibrary()
    let way = LinkOptions(bufferBytes: 32 << 20)
    var access: SweepAccess
    if let lab {
      access = try SweepAccess.lab(lab, rulesets: ruleset.files, with: way)
    } else {
      access = try SweepAccess.open(try library.target(target ?? ""), with: way)
      access.isReliable = reliable
    }
    var options = SweepOptions()
    options.slices = SweepSlice.all(
      versions: versions.isEmpty ? IPVersion.allCases : versions,
      directions: direction.isEmpty ? SweepDirection.allCases : direction,
      states: state.isEmpty ? SweepState.allCases : state
    )
    options.rate = rate ?? (access.isReliable ? 1_000_000 : 10_000)
    options.isPathReliable = access.isReliable
    SignalFlag.install()
    var sweeper = Sweeper(target: access.target, link: access.link, options: options)
    do throws(SweepError) {
      let result = try sweeper.run()
      Console.out(SweepTable.render(result))
      for slice in result.slices {
        Console.error("\(slice.slice.title): \(slice.evidence)")
      }
    } catch {
      throw Failure.exit(.unavailable, "\(error)")
    }
  }
}

extension SweepDirection: ExpressibleByArgument {}
extension SweepState: ExpressibleByArgument {}
extension IPVersion: ExpressibleByArgument {}
