import Craft

/// Damages inputs by chance, the same way for the same number.
struct Mutator {
  private let seeds: [[UInt8]]

  init(_ seeds: [[UInt8]]) { self.seeds = seeds }

  /// The input of a number.
  func input(_ number: UInt64) -> [UInt8] {
    var generator = SplitMix64(seed: number)
    guard var input = seeds.randomElement(using: &generator) else { return [] }
    for _ in 0..<Int.random(in: 1...6, using: &generator) { damage(&input, &generator) }
    return Array(input.prefix(4096))
  }

  /// Octets at which lengths and numbers overflow.
  private static let edges: [UInt8] = [0, 1, 2, 4, 8, 0x0f, 0x10, 0x3f, 0x40, 0x7f, 0x80, 0xfe, 0xff]

  private func damage(_ input: inout [UInt8], _ generator: inout SplitMix64) {
    let place = Int.random(in: 0...input.count, using: &generator)
    let end = min(input.count, place + Int.random(in: 0...16, using: &generator))
    switch Int.random(in: 0..<8, using: &generator) {
    case 0: input.removeSubrange(place..<end)
    case 1: input.insert(contentsOf: octets(&generator), at: place)
    case 2 where place < input.count: input[place] = UInt8.random(in: 0...255, using: &generator)
    case 3 where place < input.count: input[place] = Self.edges.randomElement(using: &generator) ?? 0
    case 4 where place < input.count: input[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
    case 5: input.insert(contentsOf: input[place..<end], at: place)
    case 6:
      let other = seeds.randomElement(using: &generator) ?? []
      input = Array(input[..<place]) + other.suffix(Int.random(in: 0...other.count, using: &generator))
    case 7 where Int.random(in: 0..<4, using: &generator) == 0: input.removeSubrange(place...)
    default: input += octets(&generator)
    }
  }

  private func octets(_ generator: inout SplitMix64) -> [UInt8] {
    (0..<Int.random(in: 1...12, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }
}
