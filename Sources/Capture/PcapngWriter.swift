/// Writes a pcapng file of one section, little-endian, with nanosecond time stamps.
///
/// The octets gather in memory; a long capture takes them away from time to time:
/// ```swift
/// var writer = PcapngWriter(section: section, interfaces: [CaptureInterface(name: "eth1")])
/// try writer.write(packet)
/// file.append(writer.takeBytes())
/// ```
public struct PcapngWriter: Sendable {
  private var bytes: [UInt8] = []
  private let interfaceCount: Int

  /// Starts a file with its section header and a description of each interface.
  ///
  /// Resolution and time offset of the interfaces are written as nanoseconds and zero, whatever they say.
  public init(section: CaptureSection, interfaces: [CaptureInterface]) {
    interfaceCount = interfaces.count
    appendBlock(BlockType.sectionHeader) { block in
      block.append(UInt32(0x1a2b_3c4d))
      block.append(UInt16(1))
      block.append(UInt16(0))
      block.append(UInt64.max)
      block.option(OptionCode.sectionHardware, text: section.hardware)
      block.option(OptionCode.sectionOS, text: section.os)
      block.option(OptionCode.sectionApplication, text: section.application)
      for comment in section.comments { block.option(OptionCode.comment, text: comment) }
      block.endOptions()
    }
    for interface in interfaces {
      appendBlock(BlockType.interface) { block in
        block.append(interface.linkType.rawValue)
        block.append(UInt16(0))
        block.append(UInt32(clamping: interface.snapLength))
        block.option(OptionCode.interfaceName, text: interface.name)
        block.option(OptionCode.interfaceDescription, text: interface.description)
        block.option(OptionCode.interfaceResolution, [TimestampResolution.nanoseconds.rawValue])
        block.endOptions()
      }
    }
    writeNames(of: section)
  }

  /// Writes names and notes, if there are any.
  private mutating func writeNames(of section: CaptureSection) {
    guard !section.names.isEmpty || !section.notes.isEmpty else { return }
    appendBlock(BlockType.names) { block in
      for entry in section.names where [4, 16].contains(entry.address.count) {
        let kind = entry.address.count == 4 ? NameRecord.ipv4 : NameRecord.ipv6
        block.option(kind, entry.address + Array(entry.name.utf8.prefix(255)) + [0])
      }
      block.option(NameRecord.end, [])
      for note in section.notes { block.option(OptionCode.comment, text: note) }
      block.endOptions()
    }
  }

  /// Adds a packet.
  ///
  /// A packet without a time is written with time zero, as is one before 1970; a comment is cut at 65,535 octets.
  /// - Throws: `unknownInterface` if the writer was started without it; nothing is written then.
  public mutating func write(_ packet: CapturedPacket) throws(CaptureError) {
    guard packet.interface >= 0, packet.interface < interfaceCount else {
      throw CaptureError(
        .unknownInterface,
        at: bytes.count,
        "interface \(packet.interface) of \(interfaceCount) in this file"
      )
    }
    let time = UInt64(max(0, packet.time?.nanoseconds ?? 0))
    appendBlock(BlockType.enhancedPacket) { block in
      block.append(UInt32(clamping: packet.interface))
      block.append(UInt32(time >> 32))
      block.append(UInt32(truncatingIfNeeded: time))
      block.append(UInt32(clamping: packet.bytes.count))
      block.append(UInt32(clamping: max(packet.bytes.count, packet.originalLength)))
      block.append(padded: packet.bytes)
      guard packet.direction != nil || !packet.comments.isEmpty else { return }
      for comment in packet.comments { block.option(OptionCode.comment, text: comment) }
      if let direction = packet.direction {
        block.option(OptionCode.packetFlags, BlockBody.octets(of: direction.rawValue))
      }
      block.endOptions()
    }
  }

  /// Adds the counters of an interface, as of `time`; normally last.
  /// - Throws: `unknownInterface` if the writer was started without it; nothing is written then.
  public mutating func write(
    _ statistics: InterfaceStatistics,
    interface: Int,
    time: Timestamp
  ) throws(CaptureError) {
    guard interface >= 0, interface < interfaceCount else {
      throw CaptureError(
        .unknownInterface,
        at: bytes.count,
        "interface \(interface) of \(interfaceCount) in this file"
      )
    }
    let count = UInt64(max(0, time.nanoseconds))
    appendBlock(BlockType.statistics) { block in
      block.append(UInt32(clamping: interface))
      block.append(UInt32(count >> 32))
      block.append(UInt32(truncatingIfNeeded: count))
      block.option(OptionCode.statisticsReceived, number: statistics.received)
      block.option(OptionCode.statisticsInterfaceDrop, number: statistics.droppedByInterface)
      block.option(OptionCode.statisticsSystemDrop, number: statistics.droppedBySystem)
      block.endOptions()
    }
  }

  /// What was written since the last call.
  public mutating func takeBytes() -> [UInt8] {
    let taken = bytes
    bytes = []
    return taken
  }

  private mutating func appendBlock(_ type: UInt32, _ fill: (inout BlockBody) -> Void) {
    var body = BlockBody()
    fill(&body)
    let length = UInt32(clamping: body.bytes.count + 12)
    bytes += BlockBody.octets(of: type)
    bytes += BlockBody.octets(of: length)
    bytes += body.bytes
    bytes += BlockBody.octets(of: length)
  }
}

/// The inside of a block under construction.
private struct BlockBody {
  var bytes: [UInt8] = []

  static func octets(of number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  mutating func append(_ number: some FixedWidthInteger) { bytes += Self.octets(of: number) }

  mutating func append(padded octets: some Collection<UInt8>) {
    bytes += octets
    while !bytes.count.isMultiple(of: 4) { bytes.append(0) }
  }

  mutating func option(_ code: UInt16, _ value: [UInt8]) {
    append(code)
    append(UInt16(clamping: value.count))
    append(padded: value)
  }

  /// Writes nothing for an empty text; cuts a long one before the character that would be halved.
  mutating func option(_ code: UInt16, text: String) {
    guard !text.isEmpty else { return }
    var octets = Array(text.utf8.prefix(Int(UInt16.max) + 1))
    if octets.count > Int(UInt16.max) {
      var end = Int(UInt16.max)
      while end > 0, octets[end] & 0xc0 == 0x80 { end -= 1 }
      octets.removeSubrange(end...)
    }
    option(code, octets)
  }

  mutating func option(_ code: UInt16, number: UInt64?) {
    if let number { option(code, Self.octets(of: number)) }
  }

  mutating func endOptions() { append(UInt32(0)) }
}
