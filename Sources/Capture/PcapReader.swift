/// Reads a classic pcap file packet by packet, of either byte order, with micro- or nanoseconds.
public struct PcapReader: Sendable {
  /// The one interface of the file; it has no name.
  public let interface: CaptureInterface

  private let file: FileBytes
  private var offset = 24

  /// Starts reading.
  /// - Throws: `notACapture`, `unsupportedVersion` or `truncated`.
  public init(_ bytes: [UInt8]) throws(CaptureError) {
    let resolution: TimestampResolution
    let isLittleEndian: Bool
    switch Array(bytes.prefix(4)) {
    case [0xa1, 0xb2, 0xc3, 0xd4]: (resolution, isLittleEndian) = (.microseconds, false)
    case [0xd4, 0xc3, 0xb2, 0xa1]: (resolution, isLittleEndian) = (.microseconds, true)
    case [0xa1, 0xb2, 0x3c, 0x4d]: (resolution, isLittleEndian) = (.nanoseconds, false)
    case [0x4d, 0x3c, 0xb2, 0xa1]: (resolution, isLittleEndian) = (.nanoseconds, true)
    default: throw CaptureError(.notACapture, at: 0, "neither a pcap nor a pcapng file")
    }
    file = FileBytes(bytes: bytes, isLittleEndian: isLittleEndian)
    let major = try file.uint16(at: 4)
    guard major == 2 else {
      throw CaptureError(.unsupportedVersion, at: 4, "pcap version \(major) isn't known")
    }
    interface = CaptureInterface(
      name: "",
      // The upper half holds the length of the frame check sequence.
      linkType: LinkType(rawValue: UInt16(truncatingIfNeeded: try file.uint32(at: 20))),
      snapLength: Int(try file.uint32(at: 16)),
      resolution: resolution
    )
  }

  /// The next packet, or nil at the end of the file.
  /// - Throws: `truncated` if the file ends within it; the reader stays where it is.
  public mutating func next() throws(CaptureError) -> CapturedPacket? {
    guard offset < file.count else { return nil }
    let seconds = Int64(try file.uint32(at: offset))
    let fraction = Int64(try file.uint32(at: offset + 4))
    let captured = Int(try file.uint32(at: offset + 8))
    let original = Int(try file.uint32(at: offset + 12))
    let bytes = try file.octets(at: offset + 16, count: captured)
    offset += 16 + captured
    return CapturedPacket(
      // At most 2^32 · 10^9 + 2^32 · 10^3, which fits.
      time: Timestamp(
        nanoseconds: seconds * 1_000_000_000 + fraction * (interface.resolution == .nanoseconds ? 1 : 1000)
      ),
      bytes: bytes,
      originalLength: original
    )
  }
}
