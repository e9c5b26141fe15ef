import Craft
import Testing
import Wire

/// What is done to a whole packet on the way out: truncation, padding, corruption, repetition.
@Suite struct SpoilingTests {
  private static let packet = "- ipv4\n- icmpv4: { type: echo-request, sequence: 1 }\n- data: { counter: 8 }"

  @Test(arguments: [0, 1, 19, 20, 27, 35, 36]) func `Truncating the packet leaves its lengths`(_ length: Int)
    throws
  {
    let whole = try #require(try sent(Self.packet).first)
    #expect(try sent(Self.packet, "truncate: \(length)") == [Array(whole.prefix(14 + length))])
  }

  @Test func `Truncating to more than there is changes nothing`() throws {
    #expect(try sent(Self.packet, "truncate: 5000") == (try sent(Self.packet)))
  }

  @Test func `Truncating a layer makes enclosing lengths and checksums right`() throws {
    let frame = try dissected("- ipv4\n- icmpv4: { type: echo-request, truncate: 6 }\n- data: { counter: 8 }")
    #expect(frame.layer(.ipv4)?.number("total-length") == 26)
    #expect(!frame.remarks.contains { $0.layer == .ipv4 })
    let udp = try dissected("- ipv4\n- udp: { truncate: 12 }\n- data: { counter: 8 }")
    #expect(udp.layer(.udp)?.number("length") == 12)
    #expect(udp.remarks.isEmpty)
  }

  @Test func `Padding follows the packet and counts in no length`() throws {
    let frame = try #require(try sent(Self.packet, "pad: 18").first)
    #expect(frame.count == 14 + 36 + 18)
    #expect(frame.suffix(18).allSatisfy { $0 == 0 })
    #expect(Dissection(frame).layer(.ipv4)?.number("total-length") == 36)
  }

  @Test func `Corruption changes the octets named, counted from the IP header`() throws {
    let whole = try #require(try sent(Self.packet).first)
    var expected = whole
    expected[14] ^= 0xf0
    expected[49] ^= 0x01
    #expect(try sent(Self.packet, "corrupt: [{ at: 0, xor: 0xf0 }, { at: 35, xor: 1 }]") == [expected])
    #expect(
      try sent("- ethernet\n- vlan\n" + Self.packet, "corrupt: { at: 0, xor: 0xf0 }").first?[18] == 0xb5
    )
  }

  @Test func `Corruption comes before truncation, and truncation before padding`() throws {
    let frame = try #require(try sent(Self.packet, "corrupt: { at: 35, xor: 1 }\ntruncate: 20\npad: 1").first)
    #expect(frame.count == 14 + 21)
  }

  @Test func `Repetitions go out every so often`() throws {
    let stimulus = try #require(
      try plan("- send: [ipv4, icmpv4]\n  repeat: 3\n  every: 10ms\n- expect: nothing").stimuli.first
    )
    #expect(stimulus.frames.map(\.offset) == [.zero, .milliseconds(10), .milliseconds(20)])
    #expect(Set(stimulus.frames.map(\.bytes)).count == 1)
  }

  @Test func `Repeated fragments repeat as a whole`() throws {
    let stimulus = try #require(
      try plan(
        "- send: [ipv4, { data: { zeros: 16 } }]\n  fragment: { size: 8 }\n  repeat: 2\n  every: 1s\n- expect: nothing"
      )
      .stimuli.first
    )
    #expect(stimulus.frames.map(\.offset) == [.zero, .zero, .seconds(1), .seconds(1)])
  }

  @Test func `What can't be is told with its place`() throws {
    func check(_ key: String, _ message: String) throws {
      try expectInvalid("- send: [ipv4, icmpv4]\n  \(key)\n- expect: nothing", message)
    }
    try check("corrupt: { at: «28, xor: 1 }", "'at' lies behind the end of the packet")
    try check("corrupt: { at: 0, xor: «0x100 }", "'xor' is one octet, up to 0xff, not 256")
    try check("repeat: «0", "'repeat' is at least 1")
    try check("truncate: «99999999", "99999999 is too large; at most 16777216")
    try check("truncate: «x", "'x' is not a number")
    try check("truncate: «$tester", "expected a whole number, not the IPv4 address 192.0.2.16")
    try expectInvalid(
      "- «send: [ipv4]\n  repeat: 10001\n- expect: nothing",
      "the step sends more than 10,000 frames"
    )
    try expectInvalid(
      "- «send: [ipv4]\n  repeat: 16777216\n- expect: nothing",
      "the step sends more than 10,000 frames"
    )
    let large = "the packet has 1501 octets, the link carries 1500; use 'fragment'"
    try expectInvalid("- «send: [ipv4, { data: { zeros: 1481 } }]\n- expect: nothing", large)
    try expectInvalid("- «send: [ipv4, { data: { zeros: 1480 } }]\n  pad: 1\n- expect: nothing", large)
    try check("pad: «16777217", "16777217 is too large; at most 16777216")
  }

  @Test func `A packet as large as the link carries is sent`() throws {
    #expect(try sent("- ipv4\n- data: { zeros: 1480 }").map(\.count) == [1514])
    #expect(try sent("- ipv4\n- data: { zeros: 1480 }", in: Sample.context(mtu: 1500)).map(\.count) == [1514])
    #expect(try sent("- ipv4\n- data: { zeros: 1481 }", "truncate: 1500").map(\.count) == [1514])
  }

  @Test func `Data of one layer is bounded`() throws {
    for kind in ["zeros", "counter", "random"] {
      try expectInvalid(
        "- send: [ipv4, { data: { \(kind): «262145 } }]\n- expect: nothing",
        "data has at most 262144 octets, not 262145"
      )
    }
  }
}
