/// Takes choices out of an input from its front; what isn't there any more is zero.
struct ByteSource {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isEmpty: Bool { position >= bytes.count }

  mutating func byte() -> UInt8 {
    guard position < bytes.count else { return 0 }
    defer { position += 1 }
    return bytes[position]
  }

  /// A number made of so many octets.
  mutating func number(_ octets: Int) -> UInt64 {
    var number: UInt64 = 0
    for _ in 0..<octets { number = number << 8 | UInt64(byte()) }
    return number
  }

  /// A place among so many; nil if there is none.
  mutating func index(_ count: Int) -> Int? {
    let choice = Int(byte())
    return count > 0 ? choice % count : nil
  }

  /// Up to so many octets.
  mutating func octets(_ count: Int) -> [UInt8] {
    let end = min(bytes.count, position + count)
    defer { position = end }
    return Array(bytes[position..<end])
  }

  /// The text up to the end of the line; nil, and nothing is taken, if there is no such end soon.
  mutating func line() -> String? {
    guard let end = bytes[position...].prefix(200).firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    defer { position = end + 1 }
    return String(decoding: bytes[position..<end], as: UTF8.self)
  }
}
