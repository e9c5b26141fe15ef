import Craft
import Testing
import Wire

/// Packets cut into fragments, right or wrong.
@Suite struct FragmentTests {
  private static let packet = "- ipv4\n- icmpv4: { type: echo-request, sequence: 1 }\n- data: { counter: 40 }"
  private static let packet6 =
    "- ipv6\n- icmpv6: { type: echo-request, sequence: 1 }\n- data: { counter: 40 }"

  /// Offset, length and more-fragments of each frame, as `16+8m`.
  private func pieces(_ frames: [[UInt8]]) throws -> [String] {
    try frames.map { bytes in
      let frame = Dissection(bytes)
      if let fragment = frame.layer(.fragment) {
        let offset = try #require(fragment.number("offset"))
        return "\(offset * 8)+\(fragment.payload.count)\(fragment.number("more") == 1 ? "m" : "")"
      }
      let ip = try #require(frame.layer(.ipv4))
      let offset = try #require(ip.number("fragment-offset"))
      return "\(offset * 8)+\(ip.payload.count)\(ip.number("more-fragments") == 1 ? "m" : "")"
    }
  }

  @Test(arguments: [
    ("{ size: 16 }", ["0+16m", "16+16m", "32+16"]),
    ("{ size: 24 }", ["0+24m", "24+24"]),
    ("{ size: 40 }", ["0+40m", "40+8"]),
    ("{ size: 48 }", ["0+48"]),
    ("{ size: 4000 }", ["0+48"]),
    ("{ size: 16, order: reverse }", ["32+16", "16+16m", "0+16m"]),
    ("{ size: 16, order: [1, 2, 0, 1] }", ["16+16m", "32+16", "0+16m", "16+16m"]),
    ("{ size: 16, omit: 0 }", ["16+16m", "32+16"]),
    ("{ size: 16, omit: [0, 2] }", ["16+16m"]),
    ("{ size: 16, duplicate: [1] }", ["0+16m", "16+16m", "16+16m", "32+16"]),
    ("{ size: 16, duplicate: [1], omit: [2], order: reverse }", ["16+16m", "16+16m", "0+16m"]),
    ("{ size: 16, overlap: 8 }", ["0+16m", "8+24m", "24+24"]),
  ])
  func `Fragments by rule have the pieces, the order and the omissions of the rule`(
    _ rule: String,
    _ expected: [String]
  ) throws {
    #expect(try pieces(try sent(Self.packet, "fragment: \(rule)")) == expected)
    #expect(try pieces(try sent(Self.packet6, "fragment: \(rule)")) == expected)
  }

  @Test func `Explicit fragments are as written, octets behind the end count upwards`() throws {
    let list =
      "fragments: [{ offset: 0, length: 24, more: true }, { offset: 8, length: 3, more: false }, "
      + "{ offset: 65528, length: 100, more: false }, { offset: 40, length: 20, more: true }]"
    for packet in [Self.packet, Self.packet6] {
      let frames = try sent(packet, list)
      #expect(try pieces(frames) == ["0+24m", "8+3", "65528+100", "40+20m"])
      // The last data octets of the packet, then the offsets of what isn't there.
      #expect(
        frames.last?.suffix(20) == [
          32, 33, 34, 35, 36, 37, 38, 39, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59,
        ]
      )
    }
  }

  @Test func `Fragments share the datagram's identification, and the trial's in IPv6`() throws {
    for frame in try sent(
      "- ipv4: { identification: 0x1234 }\n- icmpv4\n- data: { zeros: 20 }",
      "fragment: { size: 8 }"
    ) {
      #expect(Dissection(frame).layer(.ipv4)?.number("identification") == 0x1234)
    }
    for frame in try sent(Self.packet6, "fragment: { size: 8 }") {
      #expect(Dissection(frame).layer(.fragment)?.number("identification") == 0x5a17)
      #expect(Dissection(frame).layer(.fragment)?.number("next-header") == 58)
      #expect(Dissection(frame).layer(.ipv6)?.number("next-header") == 44)
    }
  }

  @Test func `Don't fragment and the reserved flag stay in every fragment`() throws {
    let packet = "- ipv4: { dont-fragment: true, reserved-flag: true }\n- icmpv4\n- data: { zeros: 20 }"
    for frame in try sent(packet, "fragment: { size: 8 }") {
      #expect(Dissection(frame).layer(.ipv4)?.number("dont-fragment") == 1)
      #expect(Dissection(frame).layer(.ipv4)?.number("reserved-flag") == 1)
    }
  }

  @Test func `Only the first fragment keeps the options`() throws {
    let frames = try sent(
      "- ipv4: { options: [nop, nop, nop, end] }\n- icmpv4\n- data: { zeros: 20 }",
      "fragment: { size: 8 }"
    )
    #expect(frames.map { Dissection($0).layer(.ipv4)?.number("header-length") } == [6, 5, 5, 5])
    #expect(frames.allSatisfy { Dissection($0).layer(.ipv4)?.header.count == Int($0[14] & 15) * 4 })
  }

  @Test func `A routing header and hop-by-hop options stay in front of every fragment`() throws {
    let frames = try sent(
      "- ipv6\n- hop-by-hop: { options: [{ padn: 6 }] }\n- routing: { routing-type: 4 }\n- destination-options\n"
        + "- icmpv6: { type: echo-request }\n- data: { zeros: 20 }",
      "fragment: { size: 16 }"
    )
    #expect(frames.count > 1)
    for frame in frames {
      let kinds = Dissection(frame).layers.map(\.kind)
      #expect(kinds.starts(with: [.ethernet, .ipv6, .hopByHop, .routing, .fragment]), "\(kinds)")
    }
  }

  @Test func `Header checksums and lengths of fragments are right`() throws {
    for packet in [Self.packet, Self.packet6] {
      for frame in try sent(packet, "fragment: { size: 16, overlap: 8 }") {
        #expect(
          !Dissection(frame).remarks.contains { $0.layer == .ipv4 || $0.layer == .ipv6 || $0.kind == .length }
        )
      }
    }
  }

  @Test(arguments: ["wrong", "zero", "ones", "complement", "off-by-one", "$computed + 1"])
  func `A fault in the header checksum is in each fragment's, relative to its own`(_ fault: String) throws {
    let frames = try sent(
      "- ipv4: { header-checksum: \(fault) }\n- icmpv4\n- data: { zeros: 40 }",
      "fragment: { size: 16 }"
    )
    #expect(frames.count == 3)
    for frame in frames {
      #expect(Dissection(frame).remarks.contains { $0.layer == .ipv4 && $0.kind == .checksum })
    }
  }

  @Test func `A fault that is right for one fragment by accident is refused`() throws {
    // Identification such that the second fragment's header sums up to nothing without a checksum.
    let right = try #require(
      try sent("- ipv4: { identification: 0 }\n- icmpv4\n- data: { zeros: 40 }", "fragment: { size: 16 }")
        .dropFirst().first
    )
    let checksum = try #require(Dissection(right).layer(.ipv4)?.number("header-checksum"))
    let packet =
      "- ipv4: { identification: \(checksum), header-checksum: zero }\n- icmpv4\n- data: { zeros: 40 }"
    #expect(throws: CraftError.faultIsRight("ipv4.header-checksum")) {
      try sent(packet, "fragment: { size: 16 }")
    }
    _ = try sent(packet)
  }

  @Test func `A datagram larger than any length field can be sent in fragments`() throws {
    let frames = try sent(
      "- ipv4\n- icmpv4: { type: echo-request }\n- data: { counter: 66000 }",
      "fragment: { size: 1480 }"
    )
    #expect(frames.count == 45)
    let bytes = try #require(frames.last)
    let last = try #require(Dissection(bytes).layer(.ipv4))
    let offset = try #require(last.number("fragment-offset"))
    #expect(offset * 8 + UInt64(last.payload.count) == 66_008)
  }

  @Test func `Corruption, truncation and padding happen to each fragment`() throws {
    let frames = try sent(
      Self.packet,
      "fragment: { size: 24 }\ncorrupt: { at: 8, xor: 0xff }\ntruncate: 30\npad: 2"
    )
    #expect(frames.map(\.count) == [46, 46])
    #expect(frames.allSatisfy { $0[22] == 64 ^ 0xff && $0.suffix(2) == [0, 0] })
  }

  @Test func `Fragments that can't be are told with their place`() throws {
    func check(_ key: String, _ message: String) throws {
      try expectInvalid(
        "- send: [ipv4, icmpv4, { data: { zeros: 40 } }]\n  \(key)\n- expect: nothing",
        message
      )
    }
    let multiples =
      "'size', 'overlap' and 'gap' are multiples of 8, and the size is the largest; use 'fragments' for others"
    try check("fragment: { size: «12 }", multiples)
    try check("fragment: { size: «0 }", multiples)
    try check("fragment: { size: «16, overlap: 16 }", multiples)
    try check("fragment: { size: «16, overlap: 4 }", multiples)
    try check(
      "fragment: { size: «16, omit: [3] }",
      "there is no fragment 3: the packet has 3, counted from 0"
    )
    try check(
      "fragment: { size: 16, order: [«9223372036854775807] }",
      "9223372036854775807 is too large; at most 16777216"
    )
    try check("fragment: { size: «48, omit: 0 }", "no fragment is left to be sent")
    try check(
      "fragments: [{ offset: «4, length: 8, more: true }]",
      "a fragment's offset is a multiple of 8 up to 65528, not 4"
    )
    try check(
      "fragments: [{ offset: «65536, length: 8, more: true }]",
      "a fragment's offset is a multiple of 8 up to 65528, not 65536"
    )
    try check(
      "fragments: [{ offset: 0, length: «65536, more: true }]",
      "a fragment has at most 65535 octets, not 65536"
    )
    try expectInvalid(
      "- «send: [arp]\n  fragment: { size: 8 }\n- expect: nothing",
      "only an IP packet can be fragmented"
    )
    try expectInvalid(
      "- «send: [ipv4, { data: { zeros: 3000 } }]\n  fragment: { size: 1488 }\n- expect: nothing",
      "the packet has 1508 octets, the link carries 1500; make the fragments smaller"
    )
    try expectInvalid(
      "- «send: [ipv4, { data: { zeros: 262144 } }]\n  fragment: { size: 8 }\n- expect: nothing",
      "the step sends more than 10,000 frames"
    )
  }
}
