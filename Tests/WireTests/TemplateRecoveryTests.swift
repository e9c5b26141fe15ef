import Testing
import Wire

@Suite struct TemplateRecoveryTests {
  @Test(arguments: GoldenFrame.all) func `A real frame comes out of its template octet for octet`(
    _ frame: GoldenFrame
  ) throws {
    let template = PacketTemplate(recovering: frame.bytes)
    #expect(try template.encode().bytes == frame.bytes)
    print(frame.name, template.layers.map { "\($0.kind)\($0.fields.keys.sorted())\($0.options.count)" })
  }
  @Test(.timeLimit(.minutes(3))) func `Mutated frames come out of their templates octet for octet`() {
    var generator = SeededGenerator(state: 0xa55a)
    let frames = GoldenFrame.all.map(\.bytes)
    var raw = 0
    for _ in 0..<50_000 {
      var bytes = frames[Int.random(in: frames.indices, using: &generator)]
      for _ in 0..<Int.random(in: 1...4, using: &generator) { mutate(&bytes, frames, &generator) }
      let template = PacketTemplate(recovering: bytes)
      #expect((try? template.encode().bytes) == bytes)
      if template.layers.last?.kind == .raw { raw += 1; if raw < 20 { print(template.layers.map(\.kind), Dissection(bytes).layers.map(\.kind)) } }
    }
    print("raw", raw)
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
