import Capture
import Testing
import Wire

@Suite struct PcapngTests {
  @Test func `what was written is read back`() throws {
    let file = try CaptureFile.read(bytes: Sample.pcapng())
    #expect(file.format == .pcapng)
    #expect(file.section == Sample.section)
    #expect(file.interfaces.map(\.name) == ["eth1", "eth2"])
    #expect(file.interfaces.map(\.resolution) == [.nanoseconds, .nanoseconds])
    #expect(file.packets == Sample.packets)
  }

  @Test func `notes and names stand beside the packets, notes are read back`() throws {
    let section = CaptureSection(
      application: "assay",
      notes: ["first", String(repeating: "é", count: 40_000)],
      names: [
        AddressName("target", address: [192, 0, 2, 1]), AddressName("nobody", address: [1, 2, 3]),
        AddressName("six", address: [0x20, 0x01, 0x0d, 0xb8] + Array(repeating: 0, count: 12)),
      ]
    )
    var writer = PcapngWriter(section: section, interfaces: Sample.interfaces)
    for packet in Sample.packets { try writer.write(packet) }
    let file = try CaptureFile.read(bytes: writer.takeBytes())
    #expect(file.packets == Sample.packets)
    #expect(file.section.notes.first == "first")
    // One comment has room for 65,535 octets.
    #expect(file.section.notes.last == String(repeating: "é", count: 32_767))
  }

  @Test func `losses of the capture are kept`() throws {
    let file = try CaptureFile.read(bytes: Sample.pcapng())
    #expect(
      file.interfaces.map(\.statistics) == [
        InterfaceStatistics(received: 3, droppedByInterface: 0, droppedBySystem: 7), nil,
      ]
    )
  }

  @Test func `the arm of a frame follows from its interface`() throws {
    let frames = try CaptureFile.read(bytes: Sample.pcapng()).frames()
    #expect(frames.map(\.arm) == [.near, .far, .near])
    #expect(frames.map(\.originalLength) == [46, 1500, 46])
  }

  @Test func `a capture written in pieces equals one written at once`() throws {
    var writer = PcapngWriter(section: Sample.section, interfaces: Sample.interfaces)
    var pieces = writer.takeBytes()
    for packet in Sample.packets {
      try writer.write(packet)
      pieces += writer.takeBytes()
    }
    #expect(try Sample.pcapng().starts(with: pieces))
    #expect(try CaptureFile.read(bytes: pieces).packets == Sample.packets)
  }

  @Test func `a packet of an interface that the file lacks is refused`() {
    var writer = PcapngWriter(section: CaptureSection(), interfaces: Sample.interfaces)
    #expect(throws: CaptureError.self) {
      try writer.write(CapturedPacket(time: Sample.start, interface: 2, bytes: []))
    }
    #expect(throws: CaptureError.self) {
      try writer.write(CapturedPacket(time: Sample.start, interface: -1, bytes: []))
    }
  }

  @Test func `a comment that is too long is cut between characters`() throws {
    var writer = PcapngWriter(section: CaptureSection(), interfaces: [Sample.interfaces[0]])
    try writer.write(
      CapturedPacket(time: Sample.start, bytes: [], comments: [String(repeating: "€", count: 30_000)])
    )
    let comment = try CaptureFile.read(bytes: writer.takeBytes()).packets[0].comments[0]
    #expect(comment == String(repeating: "€", count: 21_845))
  }

  @Test(
    arguments: zip(
      [0, 6, 9, 12, 19, 29, 0x80, 0x8a, 0xa0, 0xc0, 0xff] as [UInt8],
      [
        5_000_000_000, 5000, 5, 0, 0, 0, 5_000_000_000, 4_882_812, 1, 0, 0,
      ] as [Int64]
    )
  )
  func `every resolution is converted to nanoseconds`(resolution: UInt8, nanoseconds: Int64) throws {
    let file = try CaptureFile.read(bytes: RawPcapng.onePacket(resolution: resolution, count: 5))
    #expect(file.packets.map(\.time) == [Timestamp(nanoseconds: nanoseconds)])
  }

  @Test(arguments: [0, 3, 6, 9, 0x80, 0x81, 0x9d] as [UInt8])
  func `a time beyond 64 bits is clamped`(resolution: UInt8) throws {
    let file = try CaptureFile.read(bytes: RawPcapng.onePacket(resolution: resolution, count: .max))
    #expect(file.packets.map(\.time) == [.distantFuture])
  }

  @Test func `a time offset is added`() throws {
    let file = try CaptureFile.read(bytes: RawPcapng.onePacket(resolution: 9, count: 5, timeOffset: -2))
    #expect(file.packets.map(\.time) == [Timestamp(nanoseconds: -1_999_999_995)])
  }

  @Test func `big-endian sections, simple and obsolete packets and unknown blocks are read`() throws {
    var file = RawPcapng(isLittleEndian: false)
    file.section()
    file.interface(snapLength: 4)
    file.block(0x0000_0bad) { $0.uint32(0x1234) }
    file.block(3) {
      $0.uint32(9)
      $0.octets([1, 2, 3, 4])
    }
    file.block(2) {
      $0.uint16(0)
      $0.uint16(7)
      $0.uint32(0)
      $0.uint32(1_000_000)
      $0.uint32(3)
      $0.uint32(60)
      $0.octets([5, 6, 7, 0])
    }
    let packets = try CaptureFile.read(bytes: file.bytes).packets
    #expect(
      packets == [
        CapturedPacket(time: nil, bytes: [1, 2, 3, 4], originalLength: 9),
        CapturedPacket(time: Timestamp(nanoseconds: 1_000_000_000), bytes: [5, 6, 7], originalLength: 60),
      ]
    )
  }

  @Test func `a second section of the other byte order has interfaces of its own`() throws {
    var file = RawPcapng(isLittleEndian: true)
    file.section()
    file.interface()
    file.packet(octets: [1])
    var second = RawPcapng(isLittleEndian: false)
    second.section()
    second.interface()
    second.packet(octets: [2])
    let content = try CaptureFile.read(bytes: file.bytes + second.bytes)
    #expect(content.interfaces.count == 2)
    #expect(content.packets.map(\.interface) == [0, 1])
    #expect(content.packets.map(\.bytes) == [[1], [2]])
  }
}
