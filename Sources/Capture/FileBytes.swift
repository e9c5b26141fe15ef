/// The octets of a capture file with checked access in the file's byte order.
struct FileBytes: Sendable {
  /// The whole file.
  let bytes: [UInt8]
  /// The byte order of the current section.
  var isLittleEndian: Bool

  /// How many octets there are.
  var count: Int { bytes.count }

  /// The 16-bit number at an offset.
  func uint16(at offset: Int) throws(CaptureError) -> UInt16 {
    try check(offset, 2)
    let (a, b) = (UInt16(bytes[offset]), UInt16(bytes[offset + 1]))
    return isLittleEndian ? b << 8 | a : a << 8 | b
  }

  /// The 32-bit number at an offset.
  func uint32(at offset: Int) throws(CaptureError) -> UInt32 {
    try check(offset, 4)
    let (first, second) = (UInt32(try uint16(at: offset)), UInt32(try uint16(at: offset + 2)))
    return isLittleEndian ? second << 16 | first : first << 16 | second
  }

  /// The 64-bit number at an offset.
  func uint64(at offset: Int) throws(CaptureError) -> UInt64 {
    try check(offset, 8)
    let (first, second) = (UInt64(try uint32(at: offset)), UInt64(try uint32(at: offset + 4)))
    return isLittleEndian ? second << 32 | first : first << 32 | second
  }

  /// A copy of `count` octets from an offset.
  func octets(at offset: Int, count: Int) throws(CaptureError) -> [UInt8] {
    try check(offset, count)
    return Array(bytes[offset..<(offset + count)])
  }

  /// Throws unless `size` octets are there.
  func check(_ offset: Int, _ size: Int) throws(CaptureError) {
    guard offset >= 0, size >= 0, offset <= count, size <= count - offset else {
      throw CaptureError(
        .truncated,
        at: offset,
        "\(size) octets are needed here, the file has \(max(0, count - offset))"
      )
    }
  }
}
