import Capture
import Judge
import Link
import Runner
import Suite
import Testing
import Wire

/// A link that takes every frame and shows none, as a capture on the wrong interface would.
private final class BlindLink: Link {
  let interface = InterfaceDescription(name: "blind", mac: MACAddress(rawValue: 0x0200_0000_0002), mtu: 1500)
  let environment = LinkEnvironment()
  private var clock = SimulatedLink.epoch

  func now() -> Timestamp { clock }
  func send(_ frames: [[UInt8]], at _: Arm) throws(LinkError) { clock = clock + .microseconds(1) }
  func receive(until deadline: Timestamp, _ handle: (CapturedFrame) -> Void) throws(LinkError) {
    clock = max(clock, deadline)
  }
  func statistics() -> LinkStatistics { LinkStatistics() }
  func close() {}
}

@Suite struct BlindLinkTests {
  @Test func `A capture in which not even the sent frames are is an error, never a pass`() throws {
    var target = Bench.target()
    target.near.mac = ScriptedTarget.mac
    let link = BlindLink()
    var runner = Runner(
      suites: [try Bench.suite([Bench.testCase("silent", Bench.echo(expect: "- expect: nothing"))])],
      catalogue: RequirementCatalogue(),
      target: target,
      personas: Personas(for: target, interfaceMAC: link.interface.mac),
      link: link,
      baseline: nil,
      options: RunOptions(),
      observer: nil
    )
    let result = try runner.run()
    #expect(result.isBlind)
    #expect(result.remarks.contains { $0.contains("The capture is empty") })
    #expect(result.suites.flatMap(\.trials).map(\.verdict.outcome) == [.inconclusive])
  }
}
