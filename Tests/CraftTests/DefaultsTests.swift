import Craft
import Suite
import Testing
import Wire

/// What a layer says when the suite leaves it open.
@Suite struct DefaultsTests {
  @Test func `IPv4 goes from the tester to the target with the trial's identification`() throws {
    let frame = try dissected("- ipv4")
    let ip = try #require(frame.layer(.ipv4))
    #expect(ip.value(of: "source") == .ipv4(IPv4Address(rawValue: 0xc000_0210)))
    #expect(ip.value(of: "destination") == .ipv4(IPv4Address(rawValue: 0xc000_0201)))
    #expect(ip.number("identification") == 0x5a17)
    #expect(ip.number("ttl") == 64)
  }

  @Test(arguments: [
    ("ipv4", "$stranger", "02:a5:5a:ff:00:fe"), ("ipv4", "$router", "02:a5:5a:ff:00:fe"),
    ("ipv4", "$tester2", "02:a5:5a:00:00:11"), ("ipv4", "$tester", "02:a5:5a:00:00:10"),
    ("ipv4", "203.0.113.9", "02:a5:5a:00:00:10"), ("ipv6", "$stranger", "02:a5:5a:ff:00:fe"),
    ("ipv6", "$tester2", "02:a5:5a:00:00:11"), ("ipv6", "$tester2.link-local", "02:a5:5a:00:00:11"),
    ("ipv6", "$router.link-local", "02:a5:5a:ff:00:fe"), ("ipv6", "unspecified", "02:a5:5a:00:00:10"),
  ])
  func `The source decides whose Ethernet address a frame has`(
    _ layer: String,
    _ source: String,
    _ mac: String
  ) throws {
    let frame = try dissected("- \(layer): { source: \(source) }")
    #expect(frame.layer(.ethernet)?.value(of: "source") == .mac(try #require(MACAddress(mac))))
  }

  @Test(arguments: [
    ("ipv4", "$target", "02:00:00:00:00:01"), ("ipv4", "broadcast", "ff:ff:ff:ff:ff:ff"),
    ("ipv4", "$broadcast", "ff:ff:ff:ff:ff:ff"), ("ipv4", "$network", "ff:ff:ff:ff:ff:ff"),
    ("ipv4", "all-hosts", "01:00:5e:00:00:01"), ("ipv4", "239.129.2.3", "01:00:5e:01:02:03"),
    ("ipv4", "$stranger", "02:00:00:00:00:01"), ("ipv4", "$unused", "02:00:00:00:00:01"),
    ("ipv6", "all-nodes", "33:33:00:00:00:01"), ("ipv6", "$target.solicited-node", "33:33:ff:00:00:01"),
    ("ipv6", "$target.link-local", "02:00:00:00:00:01"),
  ])
  func `The destination decides which Ethernet address a frame goes to`(
    _ layer: String,
    _ destination: String,
    _ mac: String
  ) throws {
    let frame = try dissected("- \(layer): { destination: \(destination) }")
    #expect(frame.layer(.ethernet)?.value(of: "destination") == .mac(try #require(MACAddress(mac))))
  }

  @Test func `A link-local destination is spoken to from the link-local address`() throws {
    let frame = try dissected("- ipv6: { destination: $target.link-local }")
    #expect(frame.layer(.ipv6)?.value(of: "source") == .ipv6(try #require(IPv6Address("fe80::a55a:10"))))
  }

  @Test func `Ethernet addresses that the suite gives stay`() throws {
    let frame = try dissected(
      "- ethernet: { source: $tester2.mac, destination: broadcast, ethertype: 0x1234 }\n- ipv4"
    )
    #expect(hexadecimal(frame.layer(.ethernet)?.bytes ?? []) == "ffffffffffff02a55a0000111234")
  }

  @Test(arguments: [
    ("icmpv4", "echo-request", true), ("icmpv4", "echo-reply", true), ("icmpv4", "timestamp-request", true),
    ("icmpv4", "destination-unreachable", false), ("icmpv4", "99", false), ("icmpv6", "echo-request", true),
    ("icmpv6", "packet-too-big", false),
  ])
  func `Queries have the trial's identifier, other messages have none`(
    _ layer: String,
    _ type: String,
    _ has: Bool
  ) throws {
    let ip = layer == "icmpv4" ? "ipv4" : "ipv6"
    let frame = try #require(try sent("- \(ip)\n- \(layer): { type: \(type) }").first)
    #expect((hexadecimal(frame.dropFirst(ip == "ipv4" ? 38 : 58).prefix(2)) == "5a17") == has)
  }

  @Test(arguments: ["udp", "tcp"]) func `Ports of ours are unique to the trial`(_ layer: String) throws {
    #expect(
      try dissected("- ipv4\n- \(layer)").layer(LayerKind(rawValue: layer))?.number("source-port") == 0xda17
    )
    let quoted = try dissected("- ipv4\n- icmpv4: { type: time-exceeded }\n- quote: [ipv4, \(layer)]")
    #expect(quoted.quotedLayer(LayerKind(rawValue: layer))?.number("destination-port") == 0xda17)
  }

  @Test func `A quoted packet goes from the target to the tester by default`() throws {
    let frame = try dissected("- ipv6\n- icmpv6: { type: time-exceeded }\n- quote: [ipv6, udp]")
    #expect(
      frame.quotedLayer(.ipv6)?.value(of: "source") == .ipv6(try #require(IPv6Address("2001:db8:1::1")))
    )
    #expect(
      frame.quotedLayer(.ipv6)?.value(of: "destination")
        == .ipv6(try #require(IPv6Address("2001:db8:1::1:0")))
    )
  }

  @Test func `An ARP request asks everybody for the target, a reply goes to it`() throws {
    #expect(try dissected("- arp").layer(.ethernet)?.value(of: "destination") == .mac(.broadcast))
    let reply = try dissected("- arp: { operation: reply }")
    #expect(
      reply.layer(.ethernet)?.value(of: "destination") == .mac(try #require(MACAddress("02:00:00:00:00:01")))
    )
  }

  @Test func `Random data is the same in every run of a trial`() throws {
    let once = try sent("- ipv4\n- icmpv4\n- data: { random: 32 }")
    #expect(try sent("- ipv4\n- icmpv4\n- data: { random: 32 }") == once)
    #expect(Set(once.first?.suffix(32) ?? []).count > 16)
  }

  @Test func `The control probe has an identifier of its own and the family of the first packet`() throws {
    let four = try plan("- send: [ipv4]\n- expect: nothing").control
    #expect(four.family == .ipv4)
    #expect(four.identifier == ~0x5a17)
    let six = try plan("- send: [ipv6]\n- expect: nothing").control
    #expect(six.family == .ipv6)
    #expect(try plan("- send: [ipv6]\n- expect: nothing", head: "family: ipv4").control.family == .ipv4)
    for probe in [four, six] {
      let request = probe.request(sequence: 7)
      let frame = Dissection(request)
      #expect(frame.remarks.isEmpty)
      #expect(probe.sequence(ofRequest: request, frame) == 7)
      #expect(probe.sequence(ofReply: frame) == nil)
    }
  }
}
