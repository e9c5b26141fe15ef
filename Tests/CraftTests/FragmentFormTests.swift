import Craft
import Testing
import Wire

/// Fragments with holes, with overlaps that disagree, atomic ones, and octets of their own.
@Suite struct FragmentFormTests {
  /// Offset in octets, length and octets of each IPv4 fragment that a step makes of 32 octets counting from 0.
  private func pieces(_ fragmentation: String) throws -> [(offset: Int, data: [UInt8])] {
    let made = try plan(
      """
      - send: [{ ipv4: { protocol: 253 } }, { data: { counter: 32 } }]
        \(fragmentation)
      - expect: nothing
      """
    )
    guard case .send(let stimulus) = made.steps[0] else { return [] }
    return stimulus.frames.map { frame in
      let view = Dissection(frame.bytes).layer(.ipv4)
      return (Int(view?.number("fragment-offset") ?? 0) * 8, Array(view?.payloadBytes ?? []))
    }
  }

  @Test func `A gap leaves octets out in front of each fragment but the first`() throws {
    let pieces = try pieces("fragment: { size: 16, gap: 8 }")
    #expect(pieces.map(\.offset) == [0, 24])
    #expect(pieces.map(\.data) == [Array(0..<16), Array(24..<32)])
  }

  @Test func `Overlapping octets can differ from those of the fragment before`() throws {
    let pieces = try pieces("fragment: { size: 16, overlap: 8, differing: true }")
    #expect(pieces.map(\.offset) == [0, 8])
    #expect(pieces[1].data == (8..<16).map { ~UInt8($0) } + Array(16..<32))
  }

  @Test func `A fragment has its own octets, repeated to its length`() throws {
    let pieces = try pieces("fragments: [{ offset: 8, length: 5, more: true, data: { hex: aabb } }]")
    #expect(pieces.map(\.offset) == [8])
    #expect(pieces[0].data == [0xaa, 0xbb, 0xaa, 0xbb, 0xaa])
  }

  @Test func `An atomic fragment is the whole packet behind a fragment header`() throws {
    let made = try plan(
      """
      - send: [ipv6, { icmpv6: { type: echo-request } }, { data: { counter: 4 } }]
        fragment: { atomic: true }
      - expect: nothing
      """
    )
    guard case .send(let stimulus) = made.steps[0] else { return }
    let frame = Dissection(stimulus.frames[0].bytes)
    #expect(stimulus.frames.count == 1)
    #expect(frame.layers.map(\.kind) == [.ethernet, .ipv6, .fragment, .icmpv6, .data])
    #expect(frame.layer(.fragment)?.number("offset") == 0)
    #expect(frame.layer(.fragment)?.number("more") == 0)
    #expect(frame.remarks.isEmpty)
  }

  @Test func `A fragment's own headers are changed, and its checksum stays right`() throws {
    let made = try plan(
      """
      - send: [ipv4, { icmpv4: { type: echo-request } }, { data: { counter: 24 } }]
        fragments: [{ offset: 0, length: 16, more: true, edit: [ipv4: { ttl: 1, reserved-flag: true }] }]
      - expect: nothing
      """
    )
    let frame = Dissection(try #require(made.frames.first))
    #expect(frame.layer(.ipv4)?.number("ttl") == 1)
    #expect(frame.layer(.ipv4)?.number("reserved-flag") == 1)
    #expect(frame.remarks.isEmpty)
  }

  @Test func `Which fragments are left out may vary`() throws {
    let plans = try plans(
      "- send: [ipv4: { protocol: 253 }, data: { counter: 32 }]\n  fragment: { size: 16, omit: $gone }\n- expect: nothing",
      head: "vary: { gone: [0, 1] }"
    )
    #expect(
      plans.map { $0.frames.map { Dissection($0).layer(.ipv4)?.number("fragment-offset") } } == [[2], [0]]
    )
  }

  @Test func `A fragment can be spoken of as it was sent`() throws {
    let made = try plan(
      """
      - send: [ipv4: { protocol: 253 }, data: { counter: 32 }]
        fragment: { size: 16 }
        as: cut
      - send:
          - ipv4
          - icmpv4: { type: time-exceeded, code: 1 }
          - quote: { of: $cut.fragment-1 }
      - send: [ipv4: { identification: $sent.ipv4.identification }]
      - expect: nothing
      """
    )
    let quoted = Dissection(made.frames[2]).quotedLayer(.ipv4)
    #expect(quoted?.number("fragment-offset") == 2)
    #expect(quoted?.number("more-fragments") == 0)
  }
}
