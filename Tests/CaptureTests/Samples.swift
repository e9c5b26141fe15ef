import Capture

/// Captures for the tests.
enum Sample {
  /// An echo request from 192.0.2.16 to 192.0.2.1 with four octets of data.
  static let echoRequest: [UInt8] = [
    0x02, 0x00, 0x00, 0x00, 0x00, 0x01, 0x02, 0x00, 0x00, 0x00, 0x00, 0x10, 0x08, 0x00,
    0x45, 0x00, 0x00, 0x20, 0x00, 0x01, 0x00, 0x00, 0x40, 0x01, 0xf6, 0xba, 0xc0, 0x00, 0x02, 0x10,
    0xc0, 0x00, 0x02, 0x01, 0x08, 0x00, 0x2c, 0x2c, 0x12, 0x34, 0x00, 0x01, 0xde, 0xad, 0xda, 0xf0,
  ]

  static let start = Timestamp(nanoseconds: 1_790_000_000_123_456_789)

  static let section = CaptureSection(
    hardware: "test bench",
    os: "none",
    application: "assay 0.1.0",
    comments: ["seed 42", "target linux-host"]
  )

  static let interfaces = [
    CaptureInterface(name: "eth1", description: "near arm"),
    CaptureInterface(name: "eth2", description: "far arm"),
  ]

  static let packets = [
    CapturedPacket(
      time: start,
      bytes: echoRequest,
      comments: ["icmpv4.echo.reply[length=4]", "step 1: stimulus"],
      direction: .outbound
    ),
    // Its length isn't a multiple of four, which makes padding.
    CapturedPacket(
      time: start + .nanoseconds(1),
      interface: 1,
      bytes: Array(echoRequest.dropLast()),
      originalLength: 1500,
      comments: ["größer als „das“ 🙂"]
    ),
    CapturedPacket(time: start + .seconds(1), bytes: echoRequest),
  ]

  /// All of it as a pcapng file.
  static func pcapng() throws(CaptureError) -> [UInt8] {
    var writer = PcapngWriter(section: section, interfaces: interfaces)
    for packet in packets { try writer.write(packet) }
    try writer.write(
      InterfaceStatistics(received: 3, droppedByInterface: 0, droppedBySystem: 7),
      interface: 0,
      time: start + .seconds(2)
    )
    return writer.takeBytes()
  }

  /// The packets as a classic file, without what it can't hold.
  static func pcap(_ resolution: TimestampResolution, isLittleEndian: Bool) -> [UInt8] {
    var writer = PcapWriter(resolution: resolution, isLittleEndian: isLittleEndian)
    for packet in packets { writer.write(packet) }
    return writer.takeBytes()
  }
}
