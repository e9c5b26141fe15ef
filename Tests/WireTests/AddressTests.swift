import Testing
import Wire

@Suite struct AddressTests {
  @Test(arguments: [
    "0.0.0.0", "192.0.2.1", "255.255.255.255", "1.20.100.0",
  ]) func `A dotted quad reads and prints the same`(_ text: String) {
    #expect(IPv4Address(text)?.description == text)
  }

  @Test(arguments: [
    "", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1..2.3", "1.2.3.", ".1.2.3", "1.2.3.4 ", "0x1.2.3.4",
    "1.2.3.-4",
    "00.0.0.0", "99999999999.1.1.1",
  ]) func `Anything else is no IPv4 address`(_ text: String) {
    #expect(IPv4Address(text) == nil)
  }

  @Test(arguments: [
    ("2001:0db8:0000:0000:0001:0000:0000:0001", "2001:db8::1:0:0:1"),
    ("2001:db8:0:0:0:0:2:1", "2001:db8::2:1"),
    ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
    ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
    ("0:0:0:0:0:0:0:0", "::"),
    ("::1", "::1"), ("1::", "1::"), ("FE80::A", "fe80::a"),
    ("::ffff:192.0.2.1", "::ffff:192.0.2.1"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
    ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
  ]) func `An IPv6 address prints in its canonical form`(_ text: String, _ canonical: String) {
    #expect(IPv6Address(text)?.description == canonical)
  }

  @Test(arguments: [
    "", ":", ":::", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::",
    "1:2:3:4:5:6:7:8::", "::1:",
    ":1::", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3", "fe80::1%eth0", "1:2:3:4:5:6:7:", "::1.2.3.4:5",
  ]) func `Anything else is no IPv6 address`(_ text: String) {
    #expect(IPv6Address(text) == nil)
  }

  @Test func `Every IPv6 address reads back from its text`() {
    var generator = SeededGenerator(state: 1)
    for _ in 0..<2000 {
      // Masks make runs of zero groups likely.
      let high = generator.next() & generator.next() & generator.next()
      let address = IPv6Address(high: high, low: generator.next() & 0xffff_0000_00ff_ffff)
      #expect(IPv6Address(address.description) == address)
      #expect(IPv6Address(octets: address.octets) == address)
    }
  }

  @Test func `A MAC address reads with colons or hyphens and prints with colons`() {
    #expect(MACAddress("02:00:5E:10:00:ff")?.description == "02:00:5e:10:00:ff")
    #expect(MACAddress("2-0-5e-10-0-1")?.description == "02:00:5e:10:00:01")
    #expect(MACAddress(octets: [1, 2, 3, 4, 5, 6])?.octets == [1, 2, 3, 4, 5, 6])
  }

  @Test(arguments: [
    "", "02:00:5e:10:00", "02:00:5e:10:00:01:02", "02:00:5e:10:00:gg", "020:0:5e:10:00:01",
    "02:00:5e-10:00:01",
  ])
  func `Anything else is no MAC address`(_ text: String) {
    #expect(MACAddress(text) == nil)
  }

  @Test func `Octets of another count are no address`() {
    #expect(IPv4Address(octets: [1, 2, 3]) == nil)
    #expect(IPv6Address(octets: [UInt8](repeating: 0, count: 15)) == nil)
    #expect(MACAddress(octets: []) == nil)
  }

  @Test func `Groups map to the MAC addresses which the RFCs give`() throws {
    let group4 = try #require(IPv4Address("239.129.2.3"))
    #expect(MACAddress(multicastFor: group4).description == "01:00:5e:01:02:03")
    let group6 = try #require(IPv6Address("ff02::1:ff28:9c5a"))
    #expect(MACAddress(multicastFor: group6).description == "33:33:ff:28:9c:5a")
  }

  @Test func `Solicited-node groups hold the last 24 bits`() throws {
    let address = try #require(IPv6Address("4037::01:800:200e:8c6c"))
    #expect(address.solicitedNodeMulticast.description == "ff02::1:ff0e:8c6c")
  }

  @Test func `Kinds of addresses are told apart`() throws {
    #expect(
      try #require(IPv4Address("224.0.0.1")).isMulticast
        && !(try #require(IPv4Address("240.0.0.1")).isMulticast)
    )
    #expect(IPv4Address.limitedBroadcast.isLimitedBroadcast)
    #expect(
      try #require(IPv6Address("febf::1")).isLinkLocal && !(try #require(IPv6Address("fec0::1")).isLinkLocal)
    )
    #expect(try #require(IPv6Address("ff0e::1")).isMulticast && IPv6Address.unspecified.isUnspecified)
    #expect(MACAddress.broadcast.isMulticast && MACAddress(rawValue: 0).isZero)
  }

  @Test func `Addresses sort by their number`() throws {
    let texts = ["2001:db8::10", "2001:db8::9", "::1", "ffff::"]
    let sorted = try texts.map { try #require(IPv6Address($0)) }.sorted().map(\.description)
    #expect(sorted == ["::1", "2001:db8::9", "2001:db8::10", "ffff::"])
  }
}
