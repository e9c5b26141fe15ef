import Capture
import Link
import Runner
import Testing
import Wire

/// Address resolution for the personas.
@Suite struct NeighborTests {
  private func heard(asking frames: [[UInt8]]) throws -> [Dissection] {
    var bench = Bench()
    bench.target = Bench.target(personas: 10)
    bench.device.chatter = frames
    return try bench.run(Bench.testCase("echo", Bench.echo())).device?.heard.map { Dissection($0) } ?? []
  }

  private func arpAnswer(for address: UInt32) throws -> String? {
    let wanted = IPv4Address(rawValue: address)
    return try heard(asking: [ScriptedTarget.arpRequest(for: wanted)]).compactMap { $0.layer(.arp) }
      .first { $0.number("operation") == 2 && $0.value(of: "sender-ip") == .ipv4(wanted) }?
      .value(of: "sender-mac").map { "\($0)" }
  }

  private func advertisement(for address: IPv6Address) throws -> Dissection? {
    try heard(asking: [ScriptedTarget.solicitation(for: address)]).first { frame in
      frame.layer(.icmpv6)?.number("type") == 136
        && frame.layer(.icmpv6)?.value(of: "target") == .ipv6(address)
    }
  }

  @Test func `ARP is answered for the first tester, the last twin and the gateway`() throws {
    let macs = try [0xc000_0300, 0xc000_0313, 0xc000_02fe].map { try arpAnswer(for: $0) }
    #expect(!macs.contains(nil))
    #expect(Set(macs).count == 3)
  }

  @Test(arguments: [0xc000_0314, 0xc000_0201, 0xc000_0299] as [UInt32])
  func `ARP isn't answered for the unused address, the target's own and strangers`(address: UInt32) throws {
    #expect(try arpAnswer(for: address) == nil)
  }

  @Test func `Neighbour solicitations are answered as RFC 4861 says`() throws {
    let address = IPv6Address(high: 0x2001_0db8_0001_0000, low: 0x1_0000)
    let answer = try #require(try advertisement(for: address))
    #expect(answer.remarks.isEmpty)
    #expect(answer.layer(.icmpv6)?.number("solicited") == 1)
    #expect(answer.layer(.ipv6)?.number("hop-limit") == 255)
    #expect(answer.layer(.ipv6)?.value(of: "source") == .ipv6(address))
  }

  @Test func `The gateway's link-local address is answered for`() throws {
    #expect(try advertisement(for: IPv6Address(high: 0xfe80_0000_0000_0000, low: 0xa55a_00fe)) != nil)
  }

  @Test func `The gateway advertises itself as a router, testers don't`() throws {
    let gateway = IPv6Address(high: 0xfe80_0000_0000_0000, low: 0xa55a_00fe)
    let tester = IPv6Address(high: 0x2001_0db8_0001_0000, low: 0x1_0000)
    #expect(try advertisement(for: gateway)?.layer(.icmpv6)?.number("router") == 1)
    #expect(try advertisement(for: tester)?.layer(.icmpv6)?.number("router") == 0)
  }

  @Test func `The unused IPv6 address isn't answered for`() throws {
    #expect(try advertisement(for: IPv6Address(high: 0x2001_0db8_0001_0000, low: 0x1_0014)) == nil)
  }

  @Test func `A target that nobody sees is unreachable, and that is known soon`() throws {
    var bench = Bench()
    bench.device.deaf = (SimulatedLink.epoch, SimulatedLink.epoch + .seconds(1_000_000))
    #expect(throws: RunnerError.self) { try bench.run(Bench.testCase("echo", Bench.echo())) }
    do throws(any Error) {
      _ = try bench.run(Bench.testCase("echo", Bench.echo()))
    } catch {
      guard case .targetUnreachable(let text)? = error as? RunnerError else {
        Issue.record("\(error)")
        return
      }
      #expect(text.contains("192.0.2.1"))
    }
  }

  @Test func `A run without trials needs no target`() throws {
    var bench = Bench()
    bench.options.filters = ["no-such-trial"]
    bench.device.deaf = (SimulatedLink.epoch, SimulatedLink.epoch + .seconds(1_000_000))
    #expect(try bench.run(Bench.testCase("echo", Bench.echo())).trials.isEmpty)
  }
}
