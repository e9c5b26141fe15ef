import Capture
import Foundation
import Testing
import Wire

/// `assay import`: captures become suites that craft the same packets.
@Suite(.timeLimit(.minutes(5))) struct ImportTests {
  private let command = Command()
  private let place = Place()

  /// Imports, checks and crafts; returns the packets that come out.
  private func roundTrip(_ capture: String) async throws -> [[UInt8]] {
    let (suite, result) = (place["suite.yaml"], place["result.pcapng"])
    let run = try await command.run("import \(capture) -o \(suite)")
    try #require(run.status == 0 && run.output.isEmpty, "\(run)")
    let lint = try await command.run("lint \(suite)")
    try #require(lint.status == 0, "\(lint)")
    let craft = try await command.run("craft \(suite) -o \(result)")
    try #require(craft.status == 0, "\(craft)")
    return try packets(result)
  }

  private func packets(_ path: String) throws -> [[UInt8]] {
    let data = try #require(FileManager.default.contents(atPath: path))
    return try CaptureFile.read(bytes: Array(data)).packets.map(\.bytes)
  }

  /// Writes a capture of packets which begin with this header.
  private func capture(_ packets: [[UInt8]], _ link: LinkType = .ethernet, name: String = "in.pcapng") throws
    -> String
  {
    var writer = PcapngWriter(
      section: CaptureSection(),
      interfaces: [CaptureInterface(name: "eth0", linkType: link)]
    )
    for (index, octets) in packets.enumerated() {
      let time = Timestamp(nanoseconds: 1_767_225_600_000_000_000) + .milliseconds(index)
      try writer.write(CapturedPacket(time: time, bytes: octets, comments: ["made\nby a test"]))
    }
    try Data(writer.takeBytes()).write(to: URL(filePath: place[name]))
    return place[name]
  }

  private func octets(_ layers: [LayerTemplate]) throws -> [UInt8] {
    try PacketTemplate(layers).encode().bytes
  }

  private func echo(_ type: UInt64, from source: String, to destination: String) throws -> [UInt8] {
    let (source, destination) = (try #require(IPv4Address(source)), try #require(IPv4Address(destination)))
    let (mine, theirs) = (MACAddress(rawValue: 0x0200_0000_0002), MACAddress(rawValue: 0x0200_0000_0001))
    return try octets([
      LayerTemplate(.ethernet, fields: ["source": .given(.mac(mine)), "destination": .given(.mac(theirs))]),
      LayerTemplate(
        .ipv4,
        fields: ["source": .given(.ipv4(source)), "destination": .given(.ipv4(destination))]
      ),
      LayerTemplate(.icmpv4, fields: ["type": .given(.number(type)), "identifier": .given(.number(7))]),
      LayerTemplate(.data, body: Array("still here".utf8)),
    ])
  }

  @Test(arguments: ["icmpv4", "icmpv6"]) func `What bundled suites craft comes out of import octet for octet`(
    family: String
  ) async throws {
    let source = place["source.pcapng"]
    let run = try await command.run(["craft", "\(family).*", "-o", source])
    try #require(run.status == 0, "\(run)")
    let wanted = try packets(source)
    #expect(wanted.count > 500)
    #expect(try await roundTrip(source) == wanted)
  }

  @Test func `Malformed packets come out of import octet for octet`() async throws {
    var generator = SeededGenerator(state: 1)
    var frames: [[UInt8]] = []
    for _ in 0..<600 {
      var frame = try echo(8, from: "192.0.2.16", to: "192.0.2.1") + [0, 0, 0, 0, 0, 0]
      for _ in 0..<3 {
        frame[.random(in: frame.indices, using: &generator)] = .random(in: 0...255, using: &generator)
      }
      if Bool.random(using: &generator) { frame.removeLast(.random(in: 1...40, using: &generator)) }
      frames.append(frame)
    }
    #expect(Set(frames.map(\.count)).count > 10)
    #expect(try await roundTrip(capture(frames)) == frames)
  }

  @Test(.enabled(if: Tool.hasScapy, "scapy isn't installed"))
  func `What scapy wrote comes out octet for octet`()
    async throws
  {
    let script = try place.file(
      "write.py",
      """
      from scapy.all import *
      e = Ether(dst="02:00:00:00:00:01", src="02:00:00:00:00:02")
      four = IP(src="192.0.2.7", dst="192.0.2.1")
      six = IPv6(src="2001:db8::7", dst="2001:db8::1")
      wrpcap("\(place["scapy.pcap"])", [
        e/four/ICMP(id=1, seq=2)/b"abc", e/four/ICMP(chksum=1)/b"abc", e/IP(ihl=4)/ICMP(), e/IP(len=10)/UDP(),
        e/IP(src="192.0.2.7", dst="192.0.2.1", options=[IPOption_RR(), IPOption_Timestamp(), IPOption_NOP()])/ICMP(),
        e/four/ICMP(type=3, code=4, nexthopmtu=1280)/four/UDP(sport=5, dport=6), e/four/TCP(flags="SA", options=[
          ("MSS", 1460), ("NOP", None), ("WScale", 7), ("SAckOK", b""), ("Timestamp", (1, 2))]),
        e/Dot1Q(vlan=5, prio=3)/Dot1Q(vlan=6)/four/UDP()/b"x", e/ARP(op=2), e/b"\\x01\\x02",
        e/six/ICMPv6EchoRequest(data=b"x"*100), e/six/ICMPv6ND_RA()/ICMPv6NDOptPrefixInfo(prefix="2001:db8::")/
          ICMPv6NDOptMTU()/ICMPv6NDOptRDNSS(dns=["2001:db8::53"])/ICMPv6NDOptDNSSL(searchlist=["a.example."]),
        e/six/IPv6ExtHdrHopByHop(options=[RouterAlert(), PadN(optdata=b"abc")])/ICMPv6MLReport2(records=[
          ICMPv6MLDMultAddrRec(dst="ff02::5", sources=["2001:db8::9"])]),
        e/six/IPv6ExtHdrRouting(addresses=["2001:db8::3"], segleft=1)/IPv6ExtHdrDestOpt()/UDP()/b"y",
        e/six/IPv6ExtHdrFragment(offset=3, m=1, id=9)/(b"z"*24), e/six/ICMPv6PacketTooBig(mtu=1280)/six/UDP(),
        e/six/IPv6ExtHdrHopByHop(len=200)/ICMPv6EchoRequest(), e/IPv6(plen=3)/UDP(len=2)/b"1234",
      ])
      """
    )
    try #require(Tool.run("/usr/bin/python3 \(script)")?.status == 0)
    let wanted = try packets(place["scapy.pcap"])
    #expect(wanted.count == 18)
    #expect(try await roundTrip(place["scapy.pcap"]) == wanted)
  }

  @Test(.enabled(if: Tool.exists("tcpdump"), "tcpdump isn't installed"))
  func `What tcpdump wrote comes out octet for octet`() async throws {
    let source = place["source.pcap"]
    try #require(try await command.run("craft icmpv4.options -o \(source)").status == 0)
    let written = place["written.pcap"]
    try #require(Tool.run("tcpdump -r \(source) -w \(written) greater 60")?.status == 0)
    let wanted = try packets(written)
    #expect(!wanted.isEmpty)
    #expect(try await roundTrip(written) == wanted)
  }

  @Test func `Packets without an Ethernet header are crafted with one in front`() async throws {
    let whole = try echo(8, from: "192.0.2.16", to: "192.0.2.1")
    let packet = Array(whole.dropFirst(14))
    let crafted = try await roundTrip(capture([packet], LinkType(rawValue: 101)))
    #expect(crafted.map { Array($0.dropFirst(14)) } == [packet])
    #expect(Dissection(crafted.first ?? []).remarks.isEmpty)
    #expect(place.text("suite.yaml").contains("# Captured without an Ethernet header"))
  }

  @Test func `A case has the packet's number, time, comment and summary`() async throws {
    let file = try capture([echo(8, from: "192.0.2.16", to: "192.0.2.1")], name: "A b-1.pcapng")
    let run = try await command.run(["import", file])
    #expect(run.status == 0, "\(run)")
    #expect(
      run.output == """
        # Made by 'assay import' from A b-1.pcapng.
        suite: imported.a-b-1
        title: Packets of A b-1.pcapng
        cases:

          # Packet 1, 2026-01-01T00:00:00.000000000Z
          # made
          # by a test
          - id: packet-1
            title: 192.0.2.16 > 192.0.2.1 ICMP echo-request id 0x0007 seq 0, 10 octets
            others: allowed
            steps:
              - send:
                  - ethernet: { destination: 02:00:00:00:00:01, source: 02:00:00:00:00:02 }
                  - ipv4: { identification: 0, source: 192.0.2.16, destination: 192.0.2.1 }
                  - icmpv4: { type: echo-request, identifier: 0x0007 }
                  - data: { text: still here }
              - expect:
                  any-of:
                    - { outcome: record, packet: [ ipv4 ] }
                    - { outcome: record, nothing: true }

        """
    )
  }

  @Test func `Exchanges expect what came back, and silence where nothing did`() async throws {
    let file = try capture([
      echo(8, from: "192.0.2.16", to: "192.0.2.1"), echo(8, from: "192.0.2.17", to: "192.0.2.1"),
      echo(0, from: "192.0.2.1", to: "192.0.2.16"),
    ])
    let run = try await command.run("import \(file) --exchanges")
    #expect(run.status == 0, "\(run)")
    #expect(run.output.split(separator: "\n").count { $0.hasPrefix("  - id: ") } == 2)
    let steps = """
            - expect:
                - ipv4: { source: $sent.ipv4.destination, destination: $sent.ipv4.source }
                - icmpv4: { type: echo-reply, code: 0, identifier: $sent.icmpv4.identifier,
                    sequence: $sent.icmpv4.sequence }
                - data: $sent.data
      """
    #expect(run.output.contains(steps), "\(run)")
    #expect(run.output.contains("    - expect: nothing\n"), "\(run)")
  }

  @Test(.enabled(if: Command.isLabPossible, Command.needsLab))
  func `What a kernel answered once is expected of it again, and comes`() async throws {
    let file = place["run.pcapng"]
    let lab = "--lab linux-host --no-reports --no-progress"
    let run = try await command.run("run icmpv4.echo icmpv6.unreachable \(lab) --pcapng \(file)")
    try #require(run.status == 0 || run.status == 1, "\(run)")
    let suite = place["exchanges.yaml"]
    let made = try await command.run("import \(file) --exchanges -o \(suite)")
    try #require(made.status == 0, "\(made)")
    #expect(place.text("exchanges.yaml").split(separator: "\n").count { $0.hasPrefix("  - id: ") } > 100)
    let again = try await command.run("run \(suite) \(lab)")
    #expect(again.status == 0, "\(again)")
  }

  @Test(arguments: [
    ("--packets 2,4-5", ["2", "4", "5"]), ("--limit 2", ["1", "2"]), ("--packets 2-6 --limit 1", ["2"]),
    ("--filter icmp[icmptype]==0", ["2", "4", "6"]),
  ]) func `Only the packets asked for are imported`(options: String, numbers: [String]) async throws {
    let frames = try (1...6).map {
      try echo($0.isMultiple(of: 2) ? 0 : 8, from: "192.0.2.16", to: "192.0.2.1")
    }
    let run = try await command.run("import \(try capture(frames)) \(options)")
    #expect(run.status == 0, "\(run)")
    let ids = run.output.split(separator: "\n").filter { $0.hasPrefix("  - id: packet-") }.map {
      $0.dropFirst(15)
    }
    #expect(ids.map(String.init) == numbers)
  }

  @Test func `A packet that no link carries is left out and named`() async throws {
    let large = try octets([
      LayerTemplate(.ethernet), LayerTemplate(.ipv4),
      LayerTemplate(.data, body: .init(repeating: 1, count: 2000)),
    ])
    let small = try echo(8, from: "192.0.2.16", to: "192.0.2.1")
    let some = try await command.run("import \(try capture([small, large]))")
    #expect(some.status == 0)
    #expect(some.error.hasPrefix("assay: packet 2 is left out: the packet has 2020 octets"), "\(some)")
    #expect(some.output.contains("packet-1") && !some.output.contains("packet-2"))
    let none = try await command.run("import \(try capture([large]))")
    #expect(none.status == 65 && none.output.isEmpty, "\(none)")
  }

  @Test func `What can't be imported ends with the reason`() async throws {
    let one = try capture([echo(8, from: "192.0.2.16", to: "192.0.2.1")], name: "one.pcapng")
    let cooked = try capture([[0, 4]], LinkType(rawValue: 113), name: "cooked.pcapng")
    let empty = try capture([], name: "empty.pcapng")
    let text = try place.file("text.pcapng", "no capture")
    let expected: [(arguments: String, status: Int32, message: String)] = [
      ("\(place["missing"])", 66, "can't read"), (text, 65, "neither a pcap nor a pcapng file"),
      (empty, 65, "has no packets"), (cooked, 65, "link type 113"), ("\(one) --packets 2", 64, "no packet 2"),
      ("\(one) --packets 0", 64, "counted from 1"), ("\(one) --limit 0", 64, "at least 1"),
      ("\(one) --filter hose", 64, "--filter: "), ("\(one) --filter tcp", 4, "none of the 1 packets"),
      ("\(one) --suite X", 65, "is not a suite name"), ("\(one) -o \(one)/suite.yaml", 73, "suite.yaml"),
    ]
    for (arguments, status, message) in expected {
      let run = try await command.run("import \(arguments)")
      #expect(run.status == status, "\(arguments): \(run)")
      #expect(run.error.contains(message), "\(arguments): \(run)")
      #expect(run.output.isEmpty)
    }
  }
}

/// A generator with the same numbers in every run (SplitMix64).
private struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
    return value ^ value >> 31
  }
}
