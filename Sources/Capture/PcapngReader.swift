/// Reads a pcapng file packet by packet.
///
/// Takes sections of either byte order, any time resolution, enhanced, simple and the obsolete packet blocks;
/// blocks and options of other kinds are skipped.
public struct PcapngReader: Sendable {
  /// What the first section says of itself; comments of later sections are added.
  public private(set) var section = CaptureSection()
  /// The interfaces met so far, of all sections.
  public private(set) var interfaces: [CaptureInterface] = []

  var file: FileBytes
  var offset = 0
  /// Where the interfaces of the current section begin.
  private var sectionBase = 0
  private var sectionCount = 0

  /// Whether these octets start like a pcapng file.
  public static func recognizes(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x0a, 0x0d, 0x0d, 0x0a]) }

  /// Starts reading.
  /// - Throws: `notACapture` or `unsupportedVersion` if the first block isn't a section header of version 1.
  public init(_ bytes: [UInt8]) throws(CaptureError) {
    file = FileBytes(bytes: bytes, isLittleEndian: true)
    guard Self.recognizes(bytes) else {
      throw CaptureError(.notACapture, at: 0, "no pcapng section header")
    }
    try readBlock { _ in }
  }

  /// The next packet, or nil at the end of the file.
  /// - Throws: A `CaptureError`; the reader stays where it is, so that what was read before remains valid.
  public mutating func next() throws(CaptureError) -> CapturedPacket? {
    var found: CapturedPacket?
    while found == nil, offset < file.count { try readBlock { found = $0 } }
    return found
  }

  /// Reads one block and steps over it.
  private mutating func readBlock(_ packet: (CapturedPacket) -> Void) throws(CaptureError) {
    let type = try file.uint32(at: offset)
    // The same in both byte orders.
    if type == BlockType.sectionHeader { try readByteOrder() }
    let length = try file.uint32(at: offset + 4)
    guard length >= 12, length.isMultiple(of: 4), let total = Int(exactly: length) else {
      throw CaptureError(.badLength, at: offset + 4, "a block can't be \(length) octets long")
    }
    try file.check(offset, total)
    let trailing = try file.uint32(at: offset + total - 4)
    guard trailing == length else {
      throw CaptureError(
        .badLength,
        at: offset + total - 4,
        "the block says \(length) octets first and \(trailing) last"
      )
    }
    let body = (offset + 8)..<(offset + total - 4)
    switch type {
    case BlockType.sectionHeader: try readSection(body)
    case BlockType.interface: try readInterface(body)
    case BlockType.enhancedPacket: packet(try enhancedPacket(body))
    case BlockType.simplePacket: packet(try simplePacket(body))
    case BlockType.obsoletePacket: packet(try obsoletePacket(body))
    case BlockType.statistics: try readStatistics(body)
    case BlockType.names: try readNotes(body)
    default: break
    }
    offset += total
  }

  private mutating func readByteOrder() throws(CaptureError) {
    switch try file.octets(at: offset + 8, count: 4) {
    case [0x4d, 0x3c, 0x2b, 0x1a]: file.isLittleEndian = true
    case [0x1a, 0x2b, 0x3c, 0x4d]: file.isLittleEndian = false
    default: throw CaptureError(.notACapture, at: offset + 8, "no byte-order magic in the section header")
    }
  }

  private mutating func readSection(_ body: Range<Int>) throws(CaptureError) {
    guard body.count >= 16 else {
      throw CaptureError(.badLength, at: offset + 4, "a section header needs 28 octets")
    }
    let major = try file.uint16(at: body.lowerBound + 4)
    guard major == 1 else {
      throw CaptureError(.unsupportedVersion, at: body.lowerBound + 4, "pcapng version \(major) isn't known")
    }
    sectionBase = interfaces.count
    sectionCount += 1
    try forEachOption(in: (body.lowerBound + 16)..<body.upperBound) { code, value in
      let text = String(decoding: value, as: UTF8.self)
      switch code {
      case OptionCode.comment: section.comments.append(text)
      case OptionCode.sectionHardware where sectionCount == 1: section.hardware = text
      case OptionCode.sectionOS where sectionCount == 1: section.os = text
      case OptionCode.sectionApplication where sectionCount == 1: section.application = text
      default: break
      }
    }
  }

  private mutating func readInterface(_ body: Range<Int>) throws(CaptureError) {
    guard body.count >= 8 else {
      throw CaptureError(.badLength, at: offset + 4, "an interface description needs 20 octets")
    }
    var interface = CaptureInterface(
      name: "",
      linkType: LinkType(rawValue: try file.uint16(at: body.lowerBound)),
      snapLength: Int(try file.uint32(at: body.lowerBound + 4)),
      resolution: .microseconds
    )
    let isLittleEndian = file.isLittleEndian
    try forEachOption(in: (body.lowerBound + 8)..<body.upperBound) { code, value in
      switch code {
      case OptionCode.interfaceName: interface.name = String(decoding: value, as: UTF8.self)
      case OptionCode.interfaceDescription: interface.description = String(decoding: value, as: UTF8.self)
      case OptionCode.interfaceResolution:
        if let octet = value.first { interface.resolution = TimestampResolution(rawValue: octet) }
      case OptionCode.interfaceTimeOffset:
        if let number = Self.number(value, isLittleEndian) {
          interface.timeOffset = Int64(bitPattern: number)
        }
      default: break
      }
    }
    interfaces.append(interface)
  }

  private mutating func readStatistics(_ body: Range<Int>) throws(CaptureError) {
    guard body.count >= 12 else {
      throw CaptureError(.badLength, at: offset + 4, "interface statistics need 24 octets")
    }
    let index = try interfaceIndex(try file.uint32(at: body.lowerBound), at: body.lowerBound)
    var statistics = InterfaceStatistics()
    let isLittleEndian = file.isLittleEndian
    try forEachOption(in: (body.lowerBound + 12)..<body.upperBound) { code, value in
      switch code {
      case OptionCode.statisticsReceived: statistics.received = Self.number(value, isLittleEndian)
      case OptionCode.statisticsInterfaceDrop:
        statistics.droppedByInterface = Self.number(value, isLittleEndian)
      case OptionCode.statisticsSystemDrop: statistics.droppedBySystem = Self.number(value, isLittleEndian)
      default: break
      }
    }
    interfaces[index].statistics = statistics
  }

  /// Takes the comments of a block of names; its records are skipped.
  private mutating func readNotes(_ body: Range<Int>) throws(CaptureError) {
    var position = body.lowerBound
    while body.upperBound - position >= 4 {
      let kind = try file.uint16(at: position)
      let length = Int(try file.uint16(at: position + 2))
      position += 4 + (length + 3) / 4 * 4
      if kind == NameRecord.end { break }
    }
    guard position < body.upperBound else { return }
    try forEachOption(in: position..<body.upperBound) { code, value in
      if code == OptionCode.comment { section.notes.append(String(decoding: value, as: UTF8.self)) }
    }
  }

  func interfaceIndex(_ index: UInt32, at place: Int) throws(CaptureError) -> Int {
    guard let index = Int(exactly: index), index < interfaces.count - sectionBase else {
      throw CaptureError(
        .unknownInterface,
        at: place,
        "interface \(index) of \(interfaces.count - sectionBase) in this section"
      )
    }
    return sectionBase + index
  }

  /// Hands over each option of a block up to its end or the end-of-options mark.
  func forEachOption(
    in range: Range<Int>,
    _ body: (UInt16, ArraySlice<UInt8>) -> Void
  ) throws(CaptureError) {
    var position = range.lowerBound
    while range.upperBound - position >= 4 {
      let code = try file.uint16(at: position)
      let length = Int(try file.uint16(at: position + 2))
      if code == OptionCode.end { return }
      guard length <= range.upperBound - position - 4 else {
        throw CaptureError(
          .badLength,
          at: position + 2,
          "an option of \(length) octets doesn't fit into its block"
        )
      }
      body(code, file.bytes[(position + 4)..<(position + 4 + length)])
      position += 4 + (length + 3) / 4 * 4
    }
  }

  /// The number in 4 or 8 octets; nil for other sizes.
  static func number(_ octets: ArraySlice<UInt8>, _ isLittleEndian: Bool) -> UInt64? {
    guard octets.count == 4 || octets.count == 8 else { return nil }
    let bigEndian = isLittleEndian ? Array(octets.reversed()) : Array(octets)
    return bigEndian.reduce(0) { $0 << 8 | UInt64($1) }
  }
}
