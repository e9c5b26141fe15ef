import Testing
import Wire

@Suite struct DissectionTests {
  /// A golden frame by its name, with some octets changed.
  private func frame(_ name: String, _ changes: [Int: UInt8] = [:]) throws -> [UInt8] {
    var bytes = try #require(GoldenFrame.all.first { $0.name == name }).bytes
    for (offset, octet) in changes { bytes[offset] = octet }
    return bytes
  }

  private func remarks(_ name: String, _ changes: [Int: UInt8] = [:]) throws -> [String] {
    Dissection(try frame(name, changes)).remarks.map(\.text)
  }

  @Test func `Wrong checksums are remarked on with the right value`() throws {
    #expect(
      try remarks("ICMPv4 echo request", [36: 0, 37: 0])
        == [
          "ICMPv4: checksum is 0x0000, computed 0x\(hex(try frame("ICMPv4 echo request")[36...37])) (octet 36)"
        ]
    )
    #expect(
      try remarks("ICMPv6 echo request", [56: 0, 57: 0])
        == [
          "ICMPv6: checksum is 0x0000, computed 0x\(hex(try frame("ICMPv6 echo request")[56...57])) (octet 56)"
        ]
    )
    #expect(
      try remarks("UDP over IPv6", [60: 1, 61: 1])
        == ["UDP: checksum is 0x0101, computed 0x\(hex(try frame("UDP over IPv6")[60...61])) (octet 60)"]
    )
    #expect(
      try remarks("TCP over IPv6", [70: 1, 71: 1])
        == ["TCP: checksum is 0x0101, computed 0x\(hex(try frame("TCP over IPv6")[70...71])) (octet 70)"]
    )
    #expect(
      try remarks("UDP over IPv4", [24: 0, 25: 0])
        == [
          "IPv4: header checksum is 0x0000, computed 0x\(hex(try frame("UDP over IPv4")[24...25])) (octet 24)"
        ]
    )
  }

  @Test func `UDP without checksum is fine over IPv4 only`() throws {
    #expect(try remarks("UDP over IPv4 without checksum") == [])
    #expect(
      try remarks("UDP over IPv6", [60: 0, 61: 0]) == [
        "UDP: checksum is 0, which IPv6 doesn't allow (octet 60)"
      ]
    )
  }

  @Test func `Lengths are compared with what is there`() throws {
    let bytes = Array(try frame("ICMPv4 echo request").prefix(74))
    #expect(
      Dissection(bytes).remarks.map(\.text) == ["IPv4: total length says 84, the frame has 60 (octet 16)"]
    )
    let bytes6 = Array(try frame("ICMPv6 echo request").prefix(100))
    #expect(
      Dissection(bytes6).remarks.map(\.text) == ["IPv6: payload length says 64, the frame has 46 (octet 18)"]
    )
    #expect(
      try remarks("UDP over IPv6", [59: 14]).first == "UDP: length says 14, 13 octets are there (octet 58)"
    )
    #expect(try remarks("UDP over IPv6", [59: 7]) == ["UDP: length says 7, 13 octets are there (octet 58)"])
    #expect(
      try remarks("ICMPv4 echo request", [14: 0x44])
        == ["IPv4: header length says 16, the fixed part has 20 (octet 14)"]
    )
  }

  @Test func `A wrong version is remarked on and read on`() throws {
    let dissection = Dissection(try frame("ICMPv4 echo request", [14: 0x65]))
    #expect(dissection.remarks.map(\.kind) == [.version, .checksum])
    #expect(dissection.layer(.icmpv4)?.number("identifier") == 0x1234)
  }

  @Test func `Ethernet padding is neither payload nor a remark`() throws {
    let bytes = try frame("ICMPv4 echo reply with odd length")
    let padded = bytes + [UInt8](repeating: 0, count: 60 - bytes.count)
    let dissection = Dissection(padded)
    #expect(dissection.remarks == [])
    #expect(dissection.layer(.data)?.bytes.count == 3)
  }

  @Test func `Octets behind the packet in a long frame are remarked on`() throws {
    let dissection = Dissection(try frame("ICMPv4 echo request") + [1, 2, 3])
    #expect(dissection.remarks.map(\.text) == ["IPv4: total length says 84, the frame has 87 (octet 16)"])
    #expect(dissection.remarks.map(\.kind) == [.trailing])
  }

  @Test func `The checksum of a fragment isn't judged`() throws {
    #expect(try remarks("IPv6 first fragment") == [])
    #expect(try remarks("IPv4 middle fragment") == [])
  }

  @Test(arguments: [LayerKind.icmpv4, .udp, .tcp])
  func `The first fragment shows its header and isn't judged by its checksum`(_ kind: LayerKind) throws {
    let whole = try PacketTemplate([
      LayerTemplate(.ipv4), LayerTemplate(kind), LayerTemplate(.data, body: [UInt8](0...99)),
    ]).encode().bytes
    let number = UInt64(whole[9])
    let first = try PacketTemplate([
      LayerTemplate(
        .ipv4,
        fields: ["more-fragments": .given(.number(1)), "protocol": .given(.number(number))]
      ),
      LayerTemplate(.data, body: Array(whole[20..<76])),
    ]).encode().bytes
    let dissection = Dissection(packet: first, as: .ipv4)
    #expect(dissection.layers.map(\.kind) == [.ipv4, kind, .data])
    #expect(dissection.remarks == [])
  }

  @Test func `A quote may end after eight octets without a remark`() throws {
    let dissection = Dissection(try frame("ICMPv4 net unreachable with a quote of 28 octets"))
    #expect(dissection.quotedLayer(.tcp)?.value(of: "source-port") == .number(80))
    #expect(dissection.quotedLayer(.tcp)?.value(of: "checksum") == nil)
    #expect(dissection.remarks == [])
  }

  @Test func `A quoted checksum that is wrong is remarked on as quoted`() throws {
    var bytes = try frame("ICMPv4 port unreachable")
    bytes[52] ^= 0xff
    (bytes[36], bytes[37]) = (0, 0)
    let checksum = Checksum.internet(bytes[34...])
    (bytes[36], bytes[37]) = (UInt8(checksum >> 8), UInt8(checksum & 255))
    let remarks = Dissection(bytes).remarks
    #expect(remarks.map(\.isQuoted) == [true])
    #expect(remarks.first?.text.hasPrefix("quoted IPv4: header checksum is 0x") == true)
  }

  @Test func `Errors quote only once`() throws {
    let error = Array(try frame("ICMPv4 port unreachable").dropFirst(14))
    let outer = try PacketTemplate([
      LayerTemplate(.ipv4), LayerTemplate(.icmpv4, fields: ["type": .given(.number(3))]),
      LayerTemplate(.quote, body: error),
    ]).encode().bytes
    let dissection = Dissection(packet: outer, as: .ipv4)
    #expect(dissection.quote.map(\.kind) == [.ipv4, .icmpv4, .data])
  }

  @Test func `An extension length beyond the quote is remarked on`() throws {
    let remarks = try remarks("ICMPv4 port unreachable", [39: 200])
    #expect(remarks.contains("ICMPv4: length says 800, 61 octets are quoted (octet 39)"))
  }

  @Test func `Layers are bounded in number`() {
    // An IPv6 packet of nothing but destination options headers.
    let header: [UInt8] = [0x60, 0, 0, 0, 0x3f, 0xf8, 60, 64] + [UInt8](repeating: 0, count: 32)
    let chain = (0..<2047).flatMap { _ in [60, 0, 1, 4, 0, 0, 0, 0] as [UInt8] }
    let dissection = Dissection(packet: header + chain, as: .ipv6)
    #expect(dissection.layers.count <= 66)
    #expect(dissection.remarks.contains { $0.kind == .depth })
  }

  @Test func `A packet alone is taken apart from any layer on`() throws {
    let bytes = Array(try frame("ICMPv4 echo request").dropFirst(34))
    let dissection = Dissection(packet: bytes, as: .icmpv4)
    #expect(dissection.layers.map(\.kind) == [.icmpv4, .data])
    #expect(dissection.remarks == [])
    #expect(Dissection([]).layers.map(\.kind) == [.ethernet])
  }

  private func hex(_ bytes: ArraySlice<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
