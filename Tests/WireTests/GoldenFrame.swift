import Testing
import Wire

/// A frame whose meaning is known from elsewhere.
struct GoldenFrame: Sendable, CustomTestStringConvertible {
  var name: String
  var bytes: [UInt8]
  /// Expected values such as `icmpv4.type=8`, `quote/udp.length=13`, `ndp-options#0=1` (type of the first option).
  var expectations: [String] = []

  var testDescription: String { name }

  static let all = parse(goldenFramesIPv4) + parse(goldenFramesIPv6) + parse(goldenFramesLinux)

  static func parse(_ text: String) -> [GoldenFrame] {
    var frames: [GoldenFrame] = []
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      switch words.first {
      case "#": frames.append(GoldenFrame(name: words.dropFirst().joined(separator: " "), bytes: []))
      case ">": frames[frames.count - 1].bytes += octets(words.dropFirst().joined())
      default: frames[frames.count - 1].expectations += words.dropFirst().map(String.init)
      }
    }
    return frames
  }
}

/// Reads pairs of hexadecimal digits; blanks may stand between them.
func octets(_ text: String) -> [UInt8] {
  let digits = text.compactMap(\.hexDigitValue)
  return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

/// A generator with the same numbers in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
    return value ^ value >> 31
  }
}

/// Reads everything that a dissection offers and checks what holds for any octets at all.
func readEverything(_ dissection: Dissection, of frame: [UInt8]) {
  for view in dissection.layers + dissection.quote {
    #expect(view.header.upperBound <= frame.count && view.payload.upperBound <= frame.count)
    for field in view.fields {
      let isThere =
        view.header.lowerBound * 8 + field.bitOffset + field.bitWidth <= view.header.upperBound * 8
      #expect((view.value(of: field.name) != nil) == isThere, "\(view.kind).\(field.name)")
    }
    let octets = view.elements.flatMap { element in
      #expect(!element.description.isEmpty)
      #expect((try? element.list.encode([element.template])) == Array(element.bytes), "\(element)")
      return element.bytes
    }
    if view.list != nil { #expect(octets.count <= view.header.count) }
  }
  #expect(!dissection.summary.isEmpty)
  for remark in dissection.remarks { #expect(remark.offset <= frame.count) }
}
