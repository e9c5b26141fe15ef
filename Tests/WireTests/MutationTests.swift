import Testing
import Wire

@Suite struct MutationTests {
  @Test(.timeLimit(.minutes(3))) func `Mutated frames are dissected in bounded time`() {
    var generator = SeededGenerator(state: 0xa55a)
    let frames = GoldenFrame.all.map(\.bytes)
    var layers = 0
    for round in 0..<100_000 {
      var bytes = frames[Int.random(in: frames.indices, using: &generator)]
      for _ in 0..<Int.random(in: 1...4, using: &generator) { mutate(&bytes, frames, &generator) }
      let dissection = Dissection(bytes)
      layers += dissection.layers.count + dissection.quote.count
      if round % 50 == 0 {
        readEverything(dissection, of: bytes)
        #expect(!AnnotatedHex.render(bytes).isEmpty || bytes.isEmpty)
      }
    }
    #expect(layers > 300_000)
  }

  @Test func `Garbage is dissected as any layer`() {
    var generator = SeededGenerator(state: 0xbad)
    for definition in Protocols.all {
      for count in 0..<200 {
        let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
        readEverything(Dissection(packet: bytes, as: definition.kind), of: bytes)
      }
    }
  }

  private func mutate(_ bytes: inout [UInt8], _ frames: [[UInt8]], _ generator: inout SeededGenerator) {
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
