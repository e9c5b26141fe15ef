import Capture

/// Capture files: what is read is no more than the file has, and what is written again is read the same.
struct CaptureTarget {
  private let input: [UInt8]

  init(_ input: [UInt8]) { self.input = input }

  func examine() throws(BrokenProperty) {
    try checkParts()
    guard let file = try? CaptureFile.read(bytes: input) else { return }
    try checkSize(file)
    try checkFrames(file)
    try checkPcapng(file)
    for isLittleEndian in [true, false] {
      for resolution in [TimestampResolution.microseconds, .nanoseconds] {
        try checkPcap(file, resolution, isLittleEndian)
      }
    }
  }

  /// The packets before the place where a file ends, or is at fault.
  private func packets(_ bytes: [UInt8]) -> [CapturedPacket] {
    var packets: [CapturedPacket] = []
    if var reader = try? PcapngReader(bytes) {
      while let packet = try? reader.next() { packets.append(packet) }
    } else if var reader = try? PcapReader(bytes) {
      while let packet = try? reader.next() { packets.append(packet) }
    }
    return packets
  }

  private func checkParts() throws(BrokenProperty) {
    let all = packets(input)
    guard let last = input.last else { return }
    let some = packets(Array(input.prefix(Int(last) * input.count / 256)))
    try require(all.starts(with: some), "a part of the file has other packets than the whole")
  }

  private func checkSize(_ file: CaptureFile) throws(BrokenProperty) {
    let octets = file.packets.reduce(0) { $0 + $1.bytes.count + 12 }
    try require(octets <= input.count, "more octets of packets than of the file")
    let texts =
      file.packets.flatMap(\.comments) + file.section.comments
      + file.interfaces.flatMap { [$0.name, $0.description] }
    // An octet that is no character becomes three.
    try require(texts.reduce(0) { $0 + $1.utf8.count } <= 3 * input.count, "more text than the file has")
    try require(file.interfaces.count <= 1 + input.count / 20, "more interfaces than the file has room for")
  }

  private func checkFrames(_ file: CaptureFile) throws(BrokenProperty) {
    guard let frames = try? file.frames() else { return }
    try require(frames.map(\.bytes) == file.packets.map(\.bytes), "frames that aren't the packets")
  }

  private func checkPcapng(_ file: CaptureFile) throws(BrokenProperty) {
    var writer = PcapngWriter(section: file.section, interfaces: file.interfaces)
    for packet in file.packets {
      guard (try? writer.write(packet)) != nil else { throw BrokenProperty("a packet can't be written") }
    }
    let bytes = writer.takeBytes()
    guard let again = try? CaptureFile.read(bytes: bytes) else {
      throw BrokenProperty("the written pcapng file can't be read")
    }
    var section = file.section
    section.comments.removeAll(where: \.isEmpty)
    section.notes.removeAll(where: \.isEmpty)
    try require(again.section == section, "another section")
    let interfaces = file.interfaces.map { interface in
      var interface = interface
      (interface.resolution, interface.timeOffset, interface.statistics) = (.nanoseconds, 0, nil)
      return interface
    }
    try require(again.interfaces == interfaces, "other interfaces")
    let packets = file.packets.map { packet in
      var packet = packet
      packet.time = Timestamp(nanoseconds: max(0, packet.time?.nanoseconds ?? 0))
      packet.originalLength = max(packet.bytes.count, packet.originalLength)
      packet.comments.removeAll(where: \.isEmpty)
      return packet
    }
    try require(again.packets == packets, "pcapng: other packets")
  }

  private func checkPcap(
    _ file: CaptureFile,
    _ resolution: TimestampResolution,
    _ isLittleEndian: Bool
  ) throws(BrokenProperty) {
    var writer = PcapWriter(resolution: resolution, isLittleEndian: isLittleEndian)
    for packet in file.packets { writer.write(packet) }
    let bytes = writer.takeBytes()
    guard let again = try? CaptureFile.read(bytes: bytes) else {
      throw BrokenProperty("the written pcap file can't be read")
    }
    let unit: Int64 = resolution == .microseconds ? 1000 : 1
    let packets = file.packets.map { packet in
      let time = max(0, packet.time?.nanoseconds ?? 0)
      let seconds = min(time / 1_000_000_000, Int64(UInt32.max))
      return CapturedPacket(
        time: Timestamp(nanoseconds: seconds * 1_000_000_000 + time % 1_000_000_000 / unit * unit),
        bytes: packet.bytes,
        originalLength: max(packet.bytes.count, packet.originalLength)
      )
    }
    try require(again.packets == packets, "pcap: other packets")
  }
}
