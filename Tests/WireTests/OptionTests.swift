import Testing
import Wire

@Suite struct OptionTests {
  private func header(_ kind: LayerKind, _ options: [OptionTemplate], pads: Bool = true) throws -> LayerView {
    let bytes = try PacketTemplate([LayerTemplate(kind, options: options, padsOptions: pads)]).encode().bytes
    return try #require(Dissection(packet: bytes, as: kind).layers.first)
  }

  @Test func `IPv4 options have the octets of RFC 791`() throws {
    let address = IPv4Address(rawValue: 0xc000_0209)
    #expect(
      try header(.ipv4, [IPv4Option.recordRoute(slots: 2)]).bytes.dropFirst(20) == [
        7, 11, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      ]
    )
    #expect(
      try header(.ipv4, [IPv4Option.recordRoute(slots: 2, recorded: [address])]).bytes.dropFirst(20)
        == [7, 11, 8, 192, 0, 2, 9, 0, 0, 0, 0, 0]
    )
    #expect(
      try header(.ipv4, [IPv4Option.looseSourceRoute([address])]).bytes.dropFirst(20) == [
        131, 7, 4, 192, 0, 2, 9, 0,
      ]
    )
    #expect(
      try header(.ipv4, [IPv4Option.nop, IPv4Option.strictSourceRoute([address])]).bytes.dropFirst(20)
        == [1, 137, 7, 4, 192, 0, 2, 9]
    )
    #expect(
      try header(.ipv4, [IPv4Option.timestamp(slots: 1)]).bytes.dropFirst(20) == [68, 8, 5, 0, 0, 0, 0, 0]
    )
    #expect(
      try header(.ipv4, [IPv4Option.timestamp(.prespecified, slots: 1, prespecified: [address], overflow: 2)])
        .bytes
        .dropFirst(20) == [68, 12, 5, 0x23, 192, 0, 2, 9, 0, 0, 0, 0]
    )
    #expect(try header(.ipv4, [IPv4Option.routerAlert()]).bytes.dropFirst(20) == [148, 4, 0, 0])
    #expect(try header(.ipv4, [IPv4Option.streamID(258)]).bytes.dropFirst(20) == [136, 4, 1, 2])
  }

  @Test func `Header length counts the options and their padding`() throws {
    #expect(try header(.ipv4, [IPv4Option.nop]).number("header-length") == 6)
    #expect(
      try header(.tcp, [TCPOption.maximumSegmentSize(1460), TCPOption.sackPermitted]).number("data-offset")
        == 7
    )
    #expect(try header(.hopByHop, [IPv6Option.jumbo(70_000), IPv6Option.pad1]).number("length") == 1)
  }

  @Test(arguments: 0...16) func `IPv6 options are padded to eight octets`(_ count: Int) throws {
    let option = IPv6Option.unknown(0x3e, body: [UInt8](repeating: 7, count: count))
    let view = try header(.destinationOptions, [option])
    #expect(view.header.count % 8 == 0 && view.header.count < count + 4 + 8)
    #expect(view.options.first.map { view.body(of: $0).count } == count)
    #expect(view.options.dropFirst().allSatisfy { $0.type <= 1 } && view.options.count <= 2)
  }

  @Test func `Discovery options count in units of eight octets`() throws {
    let address = IPv6Address(high: 0x2001_0db8_0000_0000, low: 0)
    let view = try header(
      .ndpOptions,
      [
        NDOption.sourceLinkLayerAddress(MACAddress(rawValue: 0x0200_0000_0010)), NDOption.mtu(1492),
        NDOption.prefixInformation(address), NDOption.rdnss([address]), NDOption.nonce([1, 2, 3, 4, 5, 6]),
        NDOption.redirectedHeader([]), NDOption.routeInformation(address, length: 48),
      ]
    )
    #expect(view.options.map(\.type) == [1, 5, 3, 25, 14, 4, 24])
    #expect(view.options.map(\.length) == [1, 1, 4, 3, 1, 1, 2])
    #expect(Dissection(packet: Array(view.bytes), as: .ndpOptions).remarks == [])
  }

  @Test func `A given option length goes out and is remarked on`() throws {
    var option = IPv4Option.recordRoute(slots: 1)
    option.length = 200
    let bytes = try PacketTemplate([LayerTemplate(.ipv4, options: [option])]).encode().bytes
    let dissection = Dissection(packet: bytes, as: .ipv4)
    #expect(
      dissection.remarks.map(\.text) == ["IPv4: option 7 length says 200, 8 octets are left (octet 20)"]
    )
    #expect(dissection.layers.first?.options.map(\.length) == [200])
  }

  @Test func `Options without padding may leave the header ragged`() throws {
    let bytes = try PacketTemplate([LayerTemplate(.ipv4, options: [IPv4Option.nop], padsOptions: false)])
      .encode().bytes
    #expect(bytes.count == 21 && bytes[0] == 0x45)
  }

  @Test func `A redirected header holds the quoted packet padded to eight octets`() throws {
    let inner = [LayerTemplate(.ipv6), LayerTemplate(.icmpv6), LayerTemplate(.data, body: [1, 2, 3])]
    let encoded = try PacketTemplate([
      LayerTemplate(.ipv6), LayerTemplate(.icmpv6, fields: ["type": .given(.number(137))]),
      LayerTemplate(.ndpOptions, quoted: inner),
    ]).encode()
    let dissection = Dissection(packet: encoded.bytes, as: .ipv6)
    #expect(dissection.remarks == [])
    #expect(dissection.layer(.ndpOptions)?.options.map(\.length) == [8])
    #expect(dissection.quote.map(\.kind) == [.ipv6, .icmpv6, .data])
    #expect(dissection.quotedLayer(.ipv6)?.number("payload-length") == 11)
  }
}
