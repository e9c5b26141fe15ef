import Craft
import Suite
import Testing
import Wire

/// Deliberate faults: what is said goes on the wire as said.
@Suite struct FaultTests {
  /// The ICMP checksum of an echo request in which the suite sets it so; the right one is 0x9de7.
  private func checksum(_ value: String, head: String = "") throws -> UInt64? {
    try dissected("- ipv4\n- icmpv4: { type: echo-request, sequence: 1, checksum: \(value) }", head: head)
      .layer(.icmpv4)?.number("checksum")
  }

  @Test func `A checksum that isn't mentioned is right`() throws {
    #expect(
      try dissected("- ipv4\n- icmpv4: { type: echo-request, sequence: 1 }").layer(.icmpv4)?.number(
        "checksum"
      ) == 0x9de7
    )
    #expect(try checksum("$computed") == 0x9de7)
  }

  @Test(arguments: [
    ("zero", 0), ("ones", 0xffff), ("off-by-one", 0x9de8), ("complement", 0x6218), ("$computed + 1", 0x9de8),
    ("$computed - 8", 0x9ddf), ("$computed + 1 + 2 - 4", 0x9de6), ("0x9de7", 0x9de7), ("0", 0),
    ("65535", 0xffff),
    ("$computed - 40424", 0xffff), ("$computed + 25113", 0),
  ])
  func `Fault words and differences spoil the right checksum`(_ value: String, _ expected: UInt64) throws {
    #expect(try checksum(value) == expected)
  }

  @Test func `Wrong differs from the right checksum in several bits`() throws {
    let wrong = try #require(try checksum("wrong"))
    #expect((wrong ^ 0x9de7).nonzeroBitCount >= 4)
  }

  @Test(arguments: ["wrong", "zero", "ones", "off-by-one", "complement", "$computed - 3", "0x1234"])
  func `A fault may come from vary`(_ value: String) throws {
    #expect(try checksum("$fault", head: "vary: { fault: [\(value)] }") == (try checksum(value)))
  }

  /// An echo request whose right checksum is 0x0000, with this one.
  private func rightIsZero(_ fault: String) -> String {
    "- ipv4\n- icmpv4: { type: echo-request, identifier: 0x5a17, sequence: 0x9de8, checksum: \(fault) }"
  }

  @Test(arguments: ["zero", "ones", "$computed + 65535", "$computed - 65535 - 1", "$fault"])
  func `A fault that would be right by accident is refused, so that another tag is tried`(_ fault: String)
    throws
  {
    #expect(throws: CraftError.faultIsRight("icmpv4.checksum")) {
      try sent(rightIsZero(fault), head: fault == "$fault" ? "vary: { fault: zero }" : "")
    }
  }

  @Test(arguments: ["wrong", "off-by-one", "complement"])
  func `Faults that are relative are never right, even where the right checksum is zero`(_ fault: String)
    throws
  {
    let frame = try dissected(rightIsZero(fault))
    #expect(frame.remarks.contains { $0.kind == .checksum })
  }

  @Test(arguments: ["0", "0xffff", "$computed"]) func `A number is meant as it is, even if it is right`(
    _ value: String
  ) throws {
    _ = try sent(rightIsZero(value))
  }

  @Test func `A fault in a quoted packet or in the second layer of a kind isn't right by accident either`()
    throws
  {
    let echo = "{ icmpv4: { type: echo-request, identifier: 0x5a17, sequence: 0x9de8, checksum: zero } }"
    #expect(throws: CraftError.faultIsRight("icmpv4.checksum")) {
      try sent("- ipv4\n- icmpv4: { type: time-exceeded }\n- quote: [ipv4, \(echo)]")
    }
    #expect(throws: CraftError.faultIsRight("icmpv4.checksum")) {
      try sent("- ipv4\n- icmpv4: { type: 99, checksum: wrong }\n- ipv4\n- \(echo)")
    }
  }

  @Test func `Zero is no fault of UDP over IPv4: it means none`() throws {
    #expect(try dissected("- ipv4\n- udp: { checksum: zero }").layer(.udp)?.number("checksum") == 0)
    #expect(try dissected("- ipv4\n- udp: { checksum: zero }").remarks.isEmpty)
  }

  @Test func `Lengths lie by as much as is said, modulo their width`() throws {
    let frame = try dissected("- ipv4: { total-length: $computed + 40 }\n- icmpv4")
    #expect(frame.layer(.ipv4)?.number("total-length") == 68)
    #expect(
      try dissected("- ipv6: { payload-length: $computed - 9 }\n- icmpv6").layer(.ipv6)?.number(
        "payload-length"
      ) == 0xffff
    )
    #expect(try dissected("- ipv4: { header-length: wrong }").layer(.ipv4)?.number("header-length") != 5)
    #expect(try dissected("- ipv4\n- udp: { length: zero }").layer(.udp)?.number("length") == 0)
    #expect(try dissected("- ipv4\n- udp: { length: ones }").layer(.udp)?.number("length") == 0xffff)
  }

  @Test func `What is said about other fields stays as said`() throws {
    let ip = try #require(
      try dissected(
        "- ipv4: { version: 15, header-length: 15, tos: 0xff, reserved-flag: true, dont-fragment: true, "
          + "more-fragments: true, fragment-offset: 8191, ttl: 0, protocol: 255, identification: 0 }\n- icmpv4"
      ).layer(.ipv4)
    )
    #expect(hexadecimal(ip.bytes.prefix(2)) == "ffff")
    #expect(hexadecimal(ip.bytes.dropFirst(4).prefix(6)) == "0000ffff00ff")
  }

  @Test func `A fault in an inner layer leaves outer ones right`() throws {
    let frame = try dissected("- ipv4\n- icmpv4: { checksum: wrong }")
    #expect(frame.remarks.map(\.layer) == [.icmpv4])
    #expect(frame.remarks.map(\.kind) == [.checksum])
  }
}
