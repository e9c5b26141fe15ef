import Craft
import Suite
import Testing
import Wire

@Suite struct ImportTests {
  @Test(.timeLimit(.minutes(3))) func `An imported packet is crafted octet for octet`() throws {
    var generator = SplitMix64(seed: 7)
    let frames = try bundledFrames()
    var shown = 0
    for round in 0..<3_000 {
      var packets: [[UInt8]] = []
      for _ in 0..<1 {
        var bytes = frames[Int.random(in: frames.indices, using: &generator)]
        if round > 1000 { for _ in 0..<Int.random(in: 1...4, using: &generator) { mutate(&bytes, frames, &generator) } }
        packets.append(bytes)
      }
      let text = SuiteWriter.suite(name: "imported", title: "Imported", comments: ["From a test"], packets: packets.enumerated().map {
        ImportedPacket(id: "packet-\($0)", title: Dissection($1).summary, comments: ["Packet \($0)"], template: PacketTemplate(recovering: $1))
      })
      do {
      let suite = try TestSuite(decoding: text, file: "imported.yaml")
      let context = try Sample.context(mtu: 1 << 20)
      let crafted = try suite.trials.flatMap { try TrialPlan(crafting: $0, requirements: [], in: context).frames }
      #expect(crafted == packets)
      if crafted != packets || round % 300 == 0 { shown += 1; if shown < 20 { print(text) } }
      } catch { shown += 1; if shown < 20 { print(error, text) } ; #expect(Bool(false)) }
    }
  }

  private func bundledFrames() throws -> [[UInt8]] {
    try BundledTrials.all().flatMap { try BundledTrials.plan($0).frames }
  }
  private func mutate(_ bytes: inout [UInt8], _ frames: [[UInt8]], _ generator: inout SplitMix64) {
    guard !bytes.isEmpty else { return }
    let index = Int.random(in: bytes.indices, using: &generator)
    switch generator.next() % 8 {
    case 0: bytes[index] ^= 1 << UInt8.random(in: 0...7, using: &generator)
    case 1: bytes[index] = [0, 1, 0x7f, 0x80, 0xff].randomElement(using: &generator) ?? 0
    case 2: bytes.removeLast(bytes.count - index)
    case 3: bytes.insert(contentsOf: bytes[index...].prefix(40), at: index)
    case 4: bytes.remove(at: index)
    case 5: bytes.append(contentsOf: frames[Int.random(in: frames.indices, using: &generator)].prefix(index))
    case 6: bytes[min(index, 60)] = UInt8.random(in: 0...255, using: &generator)
    default:
      bytes.replaceSubrange(
        index...,
        with: frames[Int.random(in: frames.indices, using: &generator)].dropFirst(14)
      )
    }
  }
}
