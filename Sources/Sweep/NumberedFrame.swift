internal import Wire

/// A frame whose data begins with a tag, of which only the tag's number is written anew for each copy.
struct NumberedFrame: Sendable {
  private let octets: [UInt8]
  private let numberOffset: Int
  private let checksumOffset: Int
  /// The sum under the checksum while the number is zero.
  private let sum: UInt64
  private let isUDP: Bool

  /// Encodes a packet of Ethernet, IP, one upper header and data that begins with a tag of number 0.
  init(_ template: PacketTemplate) throws(EncodingError) {
    let packet = try template.encode()
    octets = packet.bytes
    let upper = packet.spans.first { [.icmpv4, .icmpv6, .udp, .tcp].contains($0.kind) }
    let data = packet.spans.first { $0.kind == .data }
    guard let upper, let data, data.range.count >= SweepTag.length else {
      throw EncodingError(layer: .data, field: nil, message: "a numbered frame has data")
    }
    numberOffset = data.range.lowerBound + SweepTag.numberOffset
    isUDP = upper.kind == .udp
    checksumOffset = upper.range.lowerBound + (isUDP ? 6 : upper.kind == .tcp ? 16 : 2)
    sum = UInt64(~(UInt16(octets[checksumOffset]) << 8 | UInt16(octets[checksumOffset + 1])))
  }

  /// The frame with that number.
  func frame(_ number: UInt32) -> [UInt8] {
    var frame = octets
    for (place, octet) in number.octets.enumerated() { frame[numberOffset + place] = octet }
    var total = sum + UInt64(number >> 16) + UInt64(number & 0xffff)
    while total > 0xffff { total = total >> 16 + total & 0xffff }
    var checksum = ~UInt16(truncatingIfNeeded: total)
    if isUDP, checksum == 0 { checksum = 0xffff }
    frame[checksumOffset] = UInt8(checksum >> 8)
    frame[checksumOffset + 1] = UInt8(truncatingIfNeeded: checksum)
    return frame
  }
}
