internal import Wire

/// The content of a capture file: pcapng, or classic pcap in any byte order.
public struct CaptureFile: Hashable, Sendable {
  /// The two formats.
  public enum Format: String, Hashable, Sendable { case pcap, pcapng }

  /// Which format the file was.
  public var format: Format
  /// What the file says of itself.
  public var section: CaptureSection
  /// The interfaces, in the order of the file.
  public var interfaces: [CaptureInterface]
  /// The packets, in the order of the file.
  public var packets: [CapturedPacket]

  /// Creates a content.
  public init(
    format: Format,
    section: CaptureSection = CaptureSection(),
    interfaces: [CaptureInterface] = [],
    packets: [CapturedPacket] = []
  ) {
    self.format = format
    self.section = section
    self.interfaces = interfaces
    self.packets = packets
  }

  /// Reads a whole file of either format.
  ///
  /// Memory stays within a small multiple of the file's size, whatever the lengths in it say.
  /// - Throws: A `CaptureError` for a file of another kind, and for one that is cut or contradicts itself.
  public static func read(bytes: [UInt8]) throws(CaptureError) -> CaptureFile {
    if PcapngReader.recognizes(bytes) {
      var reader = try PcapngReader(bytes)
      var packets: [CapturedPacket] = []
      while let packet = try reader.next() { packets.append(packet) }
      return CaptureFile(
        format: .pcapng,
        section: reader.section,
        interfaces: reader.interfaces,
        packets: packets
      )
    }
    var reader = try PcapReader(bytes)
    var packets: [CapturedPacket] = []
    while let packet = try reader.next() { packets.append(packet) }
    return CaptureFile(format: .pcap, interfaces: [reader.interface], packets: packets)
  }

  /// The packets as frames, in the order of the file.
  ///
  /// The arm of a frame is `far` if its interface's description starts with `far`, as Assay writes it, else `near`.
  /// A packet without a time gets that of the packet before it.
  /// - Throws: `notEthernet` if a packet starts with another header; the offset is then the packet's index.
  public func frames() throws(CaptureError) -> [CapturedFrame] {
    var frames: [CapturedFrame] = []
    frames.reserveCapacity(packets.count)
    var last = Timestamp(nanoseconds: 0)
    for (index, packet) in packets.enumerated() {
      guard interfaces.indices.contains(packet.interface) else {
        throw CaptureError(.unknownInterface, at: index, "packet \(index + 1) names no interface of the file")
      }
      let interface = interfaces[packet.interface]
      guard interface.linkType == .ethernet else {
        throw CaptureError(
          .notEthernet,
          at: index,
          "packet \(index + 1) has link type \(interface.linkType.rawValue); Ethernet (1) is needed"
        )
      }
      last = packet.time ?? last
      frames.append(
        CapturedFrame(
          time: last,
          arm: interface.description.hasPrefix(Arm.far.rawValue) ? .far : .near,
          bytes: packet.bytes,
          originalLength: packet.originalLength
        )
      )
    }
    return frames
  }
}
