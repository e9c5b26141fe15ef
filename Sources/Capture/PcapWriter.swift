/// Writes a classic pcap file of Ethernet frames.
///
/// For tools which don't read pcapng: it has neither comments nor interfaces.
public struct PcapWriter: Sendable {
  private var bytes: [UInt8] = []
  private let resolution: TimestampResolution
  private let isLittleEndian: Bool

  /// Starts a file.
  ///
  /// - Parameters:
  ///   - resolution: `microseconds` for old tools; anything else is written as nanoseconds.
  ///   - isLittleEndian: The byte order of the headers.
  ///   - linkType: What the packets start with.
  public init(
    resolution: TimestampResolution = .nanoseconds,
    isLittleEndian: Bool = true,
    linkType: LinkType = .ethernet
  ) {
    self.resolution = resolution
    self.isLittleEndian = isLittleEndian
    append(resolution == .microseconds ? UInt32(0xa1b2_c3d4) : 0xa1b2_3c4d)
    append(UInt16(2))
    append(UInt16(4))
    append(UInt32(0))
    append(UInt32(0))
    append(UInt32(262_144))
    append(UInt32(linkType.rawValue))
  }

  /// Adds a packet; its time is clamped to 1970 to 2106, a packet without a time gets zero.
  public mutating func write(_ packet: CapturedPacket) {
    let time = max(0, packet.time?.nanoseconds ?? 0)
    let fraction = time % 1_000_000_000
    append(UInt32(clamping: time / 1_000_000_000))
    append(UInt32(clamping: resolution == .microseconds ? fraction / 1000 : fraction))
    append(UInt32(clamping: packet.bytes.count))
    append(UInt32(clamping: max(packet.bytes.count, packet.originalLength)))
    bytes += packet.bytes
  }

  /// What was written since the last call.
  public mutating func takeBytes() -> [UInt8] {
    let taken = bytes
    bytes = []
    return taken
  }

  private mutating func append(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: isLittleEndian ? number.littleEndian : number.bigEndian) { bytes += $0 }
  }
}
