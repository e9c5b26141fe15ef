import Capture
import Testing

@Suite struct HostileFileTests {
  /// The code with which reading fails, or nil if it succeeds.
  private func code(_ bytes: [UInt8]) -> CaptureError.Code? {
    do throws(CaptureError) {
      _ = try CaptureFile.read(bytes: bytes)
      return nil
    } catch {
      return error.code
    }
  }

  @Test func `every truncation of a pcapng file ends in an error or at a block's end`() throws {
    let whole = try Sample.pcapng()
    var ends = 0
    for length in 0..<whole.count {
      switch code(Array(whole.prefix(length))) {
      case nil: ends += 1
      case .truncated: break
      case .notACapture: #expect(length < 4)
      case let other: Issue.record("\(String(describing: other)) at \(length)")
      }
    }
    // After the section, two interfaces and three packets.
    #expect(ends == 6)
  }

  @Test func `a cut pcapng file still yields the packets before the cut`() throws {
    let whole = try Sample.pcapng()
    var reader = try PcapngReader(Array(whole.dropLast(80)))
    #expect(try reader.next() == Sample.packets[0])
    #expect(try reader.next() == Sample.packets[1])
    #expect(throws: CaptureError.self) { try reader.next() }
  }

  @Test(arguments: [true, false])
  func `every truncation of a pcap file ends in an error or at a packet's end`(isLittleEndian: Bool) {
    let whole = Sample.pcap(.nanoseconds, isLittleEndian: isLittleEndian)
    let ends = (0..<whole.count).filter { code(Array(whole.prefix($0))) == nil }
    #expect(ends == [24, 86, 147])
  }

  @Test func `no single wrong octet makes reading trap`() throws {
    for whole in [try Sample.pcapng(), Sample.pcap(.microseconds, isLittleEndian: false)] {
      for index in whole.indices {
        for value: UInt8 in [0x00, 0x01, 0x7f, 0x80, 0xff] {
          var bytes = whole
          bytes[index] = value
          if let file = try? CaptureFile.read(bytes: bytes) {
            #expect(file.packets.reduce(0) { $0 + $1.bytes.count } <= bytes.count)
          }
        }
      }
    }
  }

  @Test func `text is no capture`() {
    #expect(code(Array("suite: icmpv4.echo\n".utf8)) == .notACapture)
    #expect(code([]) == .notACapture)
  }

  @Test func `a section without a byte-order magic is no capture`() {
    #expect(code([0x0a, 0x0d, 0x0d, 0x0a] + Array(repeating: 0, count: 24)) == .notACapture)
  }

  @Test func `another major version is named`() {
    var file = RawPcapng(isLittleEndian: true)
    file.section(major: 2)
    #expect(code(file.bytes) == .unsupportedVersion)
    var pcap = Sample.pcap(.nanoseconds, isLittleEndian: true)
    pcap[4] = 3
    #expect(code(pcap) == .unsupportedVersion)
  }

  @Test(arguments: [0, 4, 8, 13] as [UInt32])
  func `a block of an impossible length is refused`(length: UInt32) {
    var file = RawPcapng(isLittleEndian: true)
    file.section()
    file.block(0x4000_0000, length: length) { $0.uint32(0) }
    #expect(code(file.bytes) == .badLength)
  }

  @Test(arguments: [0x7fff_fffc, 0xffff_fffc] as [UInt32])
  func `a block of gigabytes in a small file is truncated`(length: UInt32) {
    var file = RawPcapng(isLittleEndian: true)
    file.section()
    file.block(6, length: length) { $0.uint32(0) }
    #expect(code(file.bytes) == .truncated)
  }

  @Test(arguments: [9, 0x7fff_ffff, 0xffff_ffff] as [UInt32])
  func `captured octets beyond their block are refused`(captured: UInt32) {
    var file = RawPcapng(isLittleEndian: true)
    file.section()
    file.interface()
    file.packet(captured: captured, octets: [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(code(file.bytes) == .badLength)
  }

  @Test func `an option beyond its block is refused`() {
    var file = RawPcapng(isLittleEndian: true)
    file.section()
    file.interface()
    file.packet(octets: [1]) {
      $0.uint16(1)
      $0.uint16(5)
      $0.uint32(0)
    }
    #expect(code(file.bytes) == .badLength)
  }

  @Test func `a packet before any interface is refused`() {
    var file = RawPcapng(isLittleEndian: true)
    file.section()
    file.packet(octets: [1])
    #expect(code(file.bytes) == .unknownInterface)
    var simple = RawPcapng(isLittleEndian: true)
    simple.section()
    simple.block(3) { $0.uint32(0) }
    #expect(code(simple.bytes) == .unknownInterface)
  }

  @Test func `frames of another link type are refused`() throws {
    var writer = PcapWriter(linkType: LinkType(rawValue: 101))
    writer.write(Sample.packets[0])
    let file = try CaptureFile.read(bytes: writer.takeBytes())
    #expect(throws: CaptureError.self) { try file.frames() }
  }
}
