import Craft
import Testing
import Wire

/// Packets and layers that come several times.
@Suite struct RepetitionTests {
  @Test func `Repetitions can tell which one they are`() throws {
    let made = try plan(
      """
      - send: [ipv4: { identification: $id + $repetition }, icmpv4: { type: echo-request, sequence: $repetition }]
        repeat: 3
        every: 10ms
      - expect: nothing
      """
    )
    let frames = made.frames.map { Dissection($0) }
    #expect(frames.map { $0.layer(.icmpv4)?.number("sequence") } == [0, 1, 2])
    #expect(frames.map { $0.layer(.ipv4)?.number("identification") } == [0x5a17, 0x5a18, 0x5a19])
    #expect(made.stimuli[0].frames.map(\.offset) == [.zero, .milliseconds(10), .milliseconds(20)])
  }

  @Test func `Repeated fragments of IPv6 have identifications of their own`() throws {
    let made = try plan(
      """
      - send: [ipv6, icmpv6: { type: echo-request, sequence: $repetition }, data: { zeros: 32 }]
        repeat: 2
        fragment: { size: 32 }
      - expect: nothing
      """
    )
    let numbers = made.frames.map { Dissection($0).layer(.fragment)?.number("identification") }
    #expect(numbers == [0x5a17, 0x5a17, 0x5a18, 0x5a18])
  }

  @Test func `A layer stands several times one behind the other`() throws {
    let plans = try plans(
      "- send: [ipv6, destination-options: { options: [{ padn: 6 }], repeat: $n }, icmpv6]\n- expect: nothing",
      head: "vary: { n: [0, 1, 128] }"
    )
    let counts = plans.map { Dissection($0.frames[0]).layers.count { $0.kind == .destinationOptions } }
    // A frame is looked at 64 layers deep.
    #expect(counts[0] == 0 && counts[1] == 1 && counts[2] > 60)
    #expect(plans.map { $0.frames[0].count } == [62, 70, 62 + 128 * 8])
  }

  @Test func `A checksum without the pseudo-header is the one of the message alone`() throws {
    let frame = try #require(
      try plan(
        "- send: [ipv6, icmpv6: { type: echo-request, checksum: no-pseudo-header }]\n- expect: nothing"
      ).frames.first
    )
    #expect(Checksum.internet(Array(frame[54...])) == 0)
    #expect(!Dissection(frame).remarks.isEmpty)
  }

  @Test func `Where there is no pseudo-header that fault comes out right`() {
    #expect {
      _ = try plan("- send: [ipv4, icmpv4: { checksum: no-pseudo-header }]\n- expect: nothing")
    } throws: { "\($0)" == "the fault in icmpv4.checksum is the right value by accident" }
  }

  @Test func `A checksum that a variable makes right is no fault`() throws {
    let plans = try plans(
      "- send: [ipv4, icmpv4: { checksum: $c }]\n- expect: nothing",
      head: "vary: { c: [{ right: $computed }, { wrong: $computed + 1 }] }"
    )
    #expect(plans.map { Dissection($0.frames[0]).remarks.isEmpty } == [true, false])
  }

  @Test func `Octets may vary`() throws {
    let plans = try plans(
      "- send: [ipv4, icmpv4, data: { hex: $octets }]\n- expect: nothing",
      head: "vary: { octets: [00, c0ffee] }"
    )
    #expect(plans.map { $0.frames[0].suffix(3) }.last == [0xc0, 0xff, 0xee])
  }

  @Test func `Times may vary, or be what the target claims`() throws {
    let plans = try plans(
      "- send: [ipv4, icmpv4]\n- wait: $w\n- expect: nothing\n  within: $capability.reassembly-seconds + 5",
      head: "vary: { w: [50ms, 2] }",
      in: Sample.context(["reassembly-seconds": "60"])
    )
    #expect(
      plans.map { plan in
        plan.steps.compactMap { step -> Duration? in
          switch step {
          case .wait(let time): time
          case .expect(let expectation): expectation.within
          default: nil
          }
        }
      } == [[.milliseconds(50), .seconds(65)], [.seconds(2), .seconds(65)]]
    )
  }

  @Test func `Layers stand several times in a quote as well`() throws {
    let frame = Dissection(
      try #require(
        try plan(
          "- send: [ipv6, icmpv6: { type: 1 }, quote: [ipv6, destination-options: { repeat: 3 }, udp]]\n- expect: nothing"
        ).frames.first
      )
    )
    #expect(frame.quote.count { $0.kind == .destinationOptions } == 3)
  }

  @Test(arguments: [(true, 128), (false, 28)])
  func `A quote in front of extensions is filled up unless that is turned off`(pads: Bool, length: Int) throws
  {
    let frame = try #require(
      try plan(
        """
        - send:
            - ipv4
            - icmpv4: { type: time-exceeded, length: 7 }
            - quote: { packet: [ipv4, udp], pad: \(pads) }
            - extensions: { objects: [mpls: [{ label: 16 }]] }
        - expect: nothing
        """
      ).frames.first
    )
    // Ethernet, IPv4, ICMP; then the quote, the extension header and one label.
    #expect(frame.count == 14 + 20 + 8 + length + 4 + 8)
  }
}
