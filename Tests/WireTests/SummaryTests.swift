import Testing
import Wire

@Suite struct SummaryTests {
  @Test(arguments: [
    ("ARP request", "ARP who has 192.0.2.1, tell 192.0.2.16"),
    ("ARP reply", "ARP 192.0.2.16 is at 02:00:00:00:00:10, to 192.0.2.1"),
    ("ICMPv4 echo request", "192.0.2.16 > 192.0.2.1 ICMP echo-request id 0x1234 seq 1, 56 octets"),
    (
      "ICMPv4 port unreachable",
      "192.0.2.16 > 192.0.2.1 ICMP destination-unreachable port-unreachable, "
        + "quoting UDP 192.0.2.1:33434 > 192.0.2.16:40000"
    ),
    (
      "ICMPv6 packet too big",
      "2001:db8:1::1:10 > 2001:db8:1::1 ICMPv6 packet-too-big mtu 1400, "
        + "quoting UDP [2001:db8:1::1]:33434 > [2001:db8:1::1:10]:40000"
    ),
    ("ICMPv4 of unassigned type", "192.0.2.16 > 192.0.2.1 ICMP type 44 code 5, 1 octet"),
    (
      "IPv4 middle fragment",
      "192.0.2.16 > 192.0.2.1 IPv4 protocol 1 (icmpv4) fragment id 0x1c2d at 1480+, 64 octets"
    ),
    (
      "ICMPv6 neighbor solicitation",
      "2001:db8:1::1:10 > ff02::1:ff00:1 ICMPv6 neighbor-solicitation target 2001:db8:1::1"
    ),
    (
      "TCP over IPv6",
      "[2001:db8:1::1:10]:40000 > [2001:db8:1::1]:40001 TCP fin+psh+ack seq 9 ack 8, 3 octets"
    ),
  ]) func `One line says who, to whom, what, and how much`(_ name: String, _ summary: String) throws {
    let golden = try #require(GoldenFrame.all.first { $0.name == name })
    #expect(Dissection(golden.bytes).summary == summary)
  }

  @Test func `What is wrong stands at the end`() throws {
    var bytes = try #require(GoldenFrame.all.first { $0.name == "ICMPv4 echo request" }).bytes
    bytes[36] ^= 1
    bytes.removeLast()
    #expect(Dissection(bytes).summary.hasSuffix("55 octets [length]"))
  }

  @Test func `Frames of unknown protocols have a line, too`() {
    let frame: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0x88, 0xcc, 0, 0]
    #expect(Dissection(frame).summary == "07:08:09:0a:0b:0c > 01:02:03:04:05:06 ethertype 0x88cc, 2 octets")
    #expect(Dissection([1, 2, 3]).summary == "Ethernet, 3 octets [truncated]")
  }
}
