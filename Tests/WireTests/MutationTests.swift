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
}
