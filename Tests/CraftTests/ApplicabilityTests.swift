import Craft
import Testing
import Wire

/// Why a trial is skipped: the target or the network doesn't have what it takes.
@Suite struct ApplicabilityTests {
  private static let steps = "- send: [ipv4]\n- expect: nothing"

  @Test func `A capability that the target doesn't claim`() throws {
    let needs = "needs: [timestamp]"
    let message = "the target doesn't claim 'timestamp'"
    #expect(try reason(Self.steps, head: needs, in: Sample.context()) == message)
    #expect(try reason(Self.steps, head: needs, in: Sample.context(["timestamp": "false"])) == message)
    #expect(try reason(Self.steps, head: needs, in: Sample.context(["timestamp": "true"])) == nil)
    #expect(try reason(Self.steps, head: "needs: [tcp-port]", in: Sample.context(["tcp-port": "22"])) == nil)
  }

  @Test func `A parameter that the target file lacks`() throws {
    let steps = "- send: [ipv4, { udp: { destination-port: $capability.udp-echo-port } }]\n- expect: nothing"
    let message = "the target doesn't claim 'udp-echo-port'"
    #expect(try reason(steps, in: Sample.context()) == message)
    #expect(try reason(steps, in: Sample.context(["udp-echo-port": "false"])) == message)
    #expect(try reason(steps, in: Sample.context(["udp-echo-port": "7"])) == nil)
  }

  @Test(arguments: [
    "- send: [{ ipv4: { source: $stranger } }]", "- send: [{ ipv4: { source: 240.0.0.1 } }]",
    "- send: [{ ipv6: { source: unspecified } }]", "- send: [{ arp: { sender-ip: 192.0.2.99 } }]",
    "- send: [ipv4, { ipv4: { source: $target } }]",
    // A whole packet from 192.0.2.9 in a raw layer.
    "- send: [{ ethernet: { ethertype: ipv4 } }, { raw: { hex: 450000140000000040fff5dcc0000209c0000201 } }]",
  ])
  func `A source that isn't a tester's, where spoofing isn't allowed`(_ step: String) throws {
    let reason = try #require(try reason(step + "\n- expect: nothing", in: Sample.context(spoofing: false)))
    #expect(reason.hasPrefix("it needs the source "))
    #expect(reason.hasSuffix(", and the target file doesn't allow spoofing"))
    #expect(try CraftTests.reason(step + "\n- expect: nothing", in: Sample.context(spoofing: true)) == nil)
  }

  @Test(arguments: [
    "- send: [ipv4]", "- send: [{ ipv4: { source: $tester2 } }]",
    "- send: [{ ipv6: { source: $tester.link-local } }]",
    "- send: [arp]", "- send: [ipv4, { icmpv4: { type: time-exceeded } }, { quote: [ipv4, udp] }]",
  ])
  func `Sources of the testers need nobody's consent`(_ step: String) throws {
    #expect(try reason(step + "\n- expect: nothing", in: Sample.context(spoofing: false)) == nil)
  }

  @Test func `Parties that aren't there`() throws {
    let lonely = try Sample.context {
      $0.stranger = nil
      $0.router = nil
      $0.tester2 = nil
      $0.broadcast = nil
    }
    let gateway = "Assay doesn't play this target's gateway ('gateway' in the target file)"
    #expect(try reason("- send: [{ ipv4: { source: $stranger } }]\n- expect: nothing", in: lonely) == gateway)
    #expect(
      try reason("- send: [{ ipv6: { source: $router.link-local } }]\n- expect: nothing", in: lonely)
        == gateway
    )
    #expect(
      try reason("- send: [{ ipv4: { source: $tester2 } }]\n- expect: nothing", in: lonely)
        == "the target file leaves no second tester address"
    )
    #expect(
      try reason("- send: [{ ipv4: { destination: $broadcast } }]\n- expect: nothing", in: lonely)
        == "the target has no IPv4 network"
    )
    #expect(
      try reason(
        "- send: [{ ipv6: { source: $stranger.link-local } }]\n- expect: nothing",
        in: Sample.context()
      )
        == "there is no link-local address of $stranger on this network"
    )
  }

  @Test func `An IP version that the target doesn't have`() throws {
    let four = try Sample.context { $0.target.ipv6 = nil }
    let six = try Sample.context { $0.tester.ipv4 = nil }
    #expect(
      try reason("- send: [ipv6]\n- expect: nothing", in: four)
        == "the target or the tester has no IPv6 address"
    )
    #expect(try reason(Self.steps, in: six) == "the target or the tester has no IPv4 address")
    #expect(
      try reason("- send: [ipv6]\n- expect: nothing", head: "family: ipv4", in: six)
        == "the target or the tester has no ipv4 address"
    )
    #expect(try reason(Self.steps, in: four) == nil)
  }

  @Test(arguments: [
    "corrupt: { layer: ipv4, at: 15, to: 99 }",
    "fragments: [{ offset: 0, length: 8, more: false, edit: [ipv4: { source: 192.0.2.99 }] }]",
  ])
  func `A source that is changed on the way out needs consent, too`(fault: String) throws {
    #expect {
      _ = try plan(
        "- send: [ipv4, icmpv4]\n  \(fault)\n- expect: nothing",
        in: Sample.context(spoofing: false)
      )
    } throws: { error in
      "\(error)" == "it needs the source 192.0.2.99, and the target file doesn't allow spoofing"
    }
    _ = try plan("- send: [ipv4, icmpv4]\n  \(fault)\n- expect: nothing", in: Sample.context(spoofing: true))
  }
}
