extension PcapngReader {
  /// The packet of an enhanced packet block [draft-ietf-opsawg-pcapng 4.3].
  func enhancedPacket(_ body: Range<Int>) throws(CaptureError) -> CapturedPacket {
    guard body.count >= 20 else {
      throw CaptureError(.badLength, at: offset + 4, "an enhanced packet block needs 32 octets")
    }
    let start = body.lowerBound
    let interface = try interfaceIndex(try file.uint32(at: start), at: start)
    return try packet(interface: interface, timeAt: start + 4, dataAt: start + 20, in: body)
  }

  func obsoletePacket(_ body: Range<Int>) throws(CaptureError) -> CapturedPacket {
    guard body.count >= 20 else {
      throw CaptureError(.badLength, at: offset + 4, "a packet block needs 32 octets")
    }
    let start = body.lowerBound
    let interface = try interfaceIndex(UInt32(try file.uint16(at: start)), at: start)
    return try packet(interface: interface, timeAt: start + 4, dataAt: start + 20, in: body)
  }

  /// The common rest of both packet blocks: time, two lengths, data, options.
  private func packet(
    interface: Int,
    timeAt time: Int,
    dataAt data: Int,
    in body: Range<Int>
  ) throws(CaptureError) -> CapturedPacket {
    let count = UInt64(try file.uint32(at: time)) << 32 | UInt64(try file.uint32(at: time + 4))
    let captured = try capturedLength(
      try file.uint32(at: time + 8),
      at: time + 8,
      room: body.upperBound - data
    )
    var packet = CapturedPacket(
      time: interfaces[interface].resolution.timestamp(count, offset: interfaces[interface].timeOffset),
      interface: interface,
      bytes: try file.octets(at: data, count: captured),
      originalLength: Int(try file.uint32(at: time + 12))
    )
    let isLittleEndian = file.isLittleEndian
    // The data are padded to 32 bits, which the block's length allows for.
    let options = data + (captured + 3) / 4 * 4
    try forEachOption(in: options..<max(options, body.upperBound)) { code, value in
      switch code {
      case OptionCode.comment: packet.comments.append(String(decoding: value, as: UTF8.self))
      case OptionCode.packetFlags:
        let flags = Self.number(value, isLittleEndian) ?? 0
        packet.direction = CapturedPacket.Direction(rawValue: UInt32(flags & 3))
      default: break
      }
    }
    return packet
  }

  func simplePacket(_ body: Range<Int>) throws(CaptureError) -> CapturedPacket {
    let interface = try interfaceIndex(0, at: offset)
    let original = try file.uint32(at: body.lowerBound)
    let limit = interfaces[interface].snapLength
    let captured = limit == 0 ? Int(original) : min(Int(original), limit)
    guard body.count >= 4, captured <= body.count - 4 else {
      throw CaptureError(.badLength, at: body.lowerBound, "\(captured) octets don't fit into the block")
    }
    return CapturedPacket(
      time: nil,
      interface: interface,
      bytes: try file.octets(at: body.lowerBound + 4, count: captured),
      originalLength: Int(original)
    )
  }

  private func capturedLength(_ length: UInt32, at place: Int, room: Int) throws(CaptureError) -> Int {
    guard let captured = Int(exactly: length), captured <= room else {
      throw CaptureError(.badLength, at: place, "\(length) captured octets don't fit into the block")
    }
    return captured
  }
}
