import Craft
import Foundation
import Testing
import Wire

/// Attempts that send some of a plan's frames.
@Suite struct PacketSequenceTests {
  private static let steps = """
    - send: [ipv4, icmpv4: { type: echo-request, sequence: $repetition }]
      repeat: 3
      every: 10ms
    - expect: { nothing: true, within: 1s }
    - wait: 70ms
    - send: [ipv4, icmpv4: { type: echo-request, sequence: 9 }]
    - expect: nothing
    """

  private func whole() throws -> TrialPlan {
    try plan(Self.steps.replacing("{ nothing: true, within: 1s }", with: "nothing\n  within: 1s"))
  }

  private func sequences(_ plan: TrialPlan) -> [UInt64?] {
    plan.frames.map { Dissection($0).layer(.icmpv4)?.number("sequence") }
  }

  @Test func `A plan's sequence names all frames that its steps send`() throws {
    let packets = try whole().packetSequence.packets
    #expect(packets.map(\.step) == [0, 0, 0, 3])
    #expect(packets.map(\.frame) == [0, 1, 2, 0])
    #expect(Set(packets.map(\.trial)) == ["test.one"])
  }

  @Test func `An attempt sends the frames named, octet for octet, and no others`() throws {
    let whole = try whole()
    let all = whole.packetSequence.packets
    for places in [[0], [1, 3], [0, 1, 2, 3], [2]] {
      let part = whole.sending(PacketSequence(places.map { all[$0] }))
      #expect(part.frames == places.map { whole.frames[$0] })
      #expect(part.control == whole.control && part.id == whole.id)
    }
  }

  @Test func `The pauses between its frames stay, those for answers don't`() throws {
    let whole = try whole()
    let all = whole.packetSequence.packets
    let offsets = { (plan: TrialPlan) in plan.stimuli.flatMap { $0.frames.map(\.offset) } }
    #expect(offsets(whole.sending(PacketSequence(all))) == [0, 10, 20, 90].map { .milliseconds($0) })
    #expect(offsets(whole.sending(PacketSequence([all[1], all[2]]))) == [.zero, .milliseconds(10)])
  }

  @Test func `Frames of several trials go out in the order of the sequence`() throws {
    let first = try whole()
    var second = try plan("- send: [ipv4, icmpv4: { type: echo-request, sequence: 77 }]\n- expect: nothing")
    second.id = "test.two"
    let packets = [
      first.packetSequence.packets[3], second.packetSequence.packets[0], first.packetSequence.packets[0],
    ]
    #expect(sequences(first.sending(PacketSequence(packets), with: [second])) == [9, 77, 0])
  }

  @Test func `Packets that depend on answers have no place in it`() throws {
    let late = try plan(
      """
      - send: [ipv4, icmpv4: { type: echo-request }]
      - expect: [icmpv4: { type: echo-reply }]
      - send: [ipv4: { identification: $received.ipv4.identification }, icmpv4: { type: echo-request }]
      - expect: nothing
      """
    )
    #expect(late.packetSequence.packets.isEmpty)
  }

  @Test func `A sequence comes back from JSON`() throws {
    let sequence = try whole().packetSequence
    #expect(try JSONDecoder().decode(PacketSequence.self, from: JSONEncoder().encode(sequence)) == sequence)
  }
}
