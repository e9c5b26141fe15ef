import Foundation
import Testing

@testable import Lab

/// The state file of a lab that is up.
@Suite struct LabHolderTests {
  private let holder = LabHolder(
    name: "linux-host",
    process: 4711,
    startTicks: 99,
    targetDescriptor: 5,
    isRootless: true,
    hasIPv6: false,
    hasEcho: true,
    mutants: ["answers-twice"],
    remarks: ["a = b", "c"],
    rulesets: ["/etc/a=b.nft", "rules.v6"]
  )

  @Test func `It reads back as it was written`() {
    #expect(LabHolder(holder.text) == holder)
  }

  @Test func `A target that is a program has no namespace`() {
    var program = holder
    program.targetDescriptor = nil
    #expect(LabHolder(program.text) == program)
  }

  @Test(arguments: ["name", "process", "start-ticks", "target-descriptor", "rootless", "ipv6", "echo"])
  func `Without one of its lines it isn't understood`(key: String) {
    let lines = holder.text.split(separator: "\n").filter { !$0.hasPrefix(key + "=") }
    #expect(lines.count == 11)
    #expect(LabHolder(lines.joined(separator: "\n")) == nil)
  }

  @Test func `Its process is told from a later one with the same number`() throws {
    let ticks = try #require(LabHolder.startTicks(of: getpid()))
    var own = holder
    own.process = getpid()
    #expect(!own.isAlive)
    own.startTicks = ticks
    #expect(own.isAlive)
  }
}
