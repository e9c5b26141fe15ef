/// Damages a frame in one place, or puts a part of another one in.
func mutate(_ bytes: inout [UInt8], _ frames: [[UInt8]], _ generator: inout SeededGenerator) {
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
