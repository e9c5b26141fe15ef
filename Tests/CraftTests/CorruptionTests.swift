import Craft
import Testing
import Wire

/// Octets changed on the way out, and octets behind the packet.
@Suite struct CorruptionTests {
  private func frame(_ fault: String) throws -> [UInt8] {
    let made = try plan(
      """
      - send: [ipv4, { icmpv4: { type: echo-request } }, { data: { counter: 4 } }]
        \(fault)
      - expect: nothing
      """
    )
    guard case .send(let stimulus) = made.steps[0] else { return [] }
    return stimulus.frames[0].bytes
  }

  @Test func `An octet is replaced, counted from the start of a layer`() throws {
    #expect(try frame("corrupt: { layer: icmpv4, at: 1, to: 0x7f }")[35] == 0x7f)
    #expect(try frame("corrupt: { layer: ethernet, at: 12, to: 0x86 }")[12] == 0x86)
  }

  @Test func `Padding may be any octets`() throws {
    #expect(try frame("pad: { hex: c0ffee }").suffix(3) == [0xc0, 0xff, 0xee])
    #expect(try frame("pad: 2").suffix(2) == [0, 0])
  }
}
