import Capture
import Testing

@Suite struct PcapTests {
  @Test(arguments: [true, false])
  func `nanoseconds are kept in either byte order`(isLittleEndian: Bool) throws {
    let file = try CaptureFile.read(bytes: Sample.pcap(.nanoseconds, isLittleEndian: isLittleEndian))
    #expect(file.format == .pcap)
    #expect(file.packets.map(\.time) == Sample.packets.map(\.time))
    #expect(file.packets.map(\.bytes) == Sample.packets.map(\.bytes))
    #expect(file.packets.map(\.originalLength) == [46, 1500, 46])
    #expect(file.interfaces.map(\.linkType) == [.ethernet])
  }

  @Test(arguments: [true, false])
  func `microseconds are rounded down in either byte order`(isLittleEndian: Bool) throws {
    let file = try CaptureFile.read(bytes: Sample.pcap(.microseconds, isLittleEndian: isLittleEndian))
    #expect(
      file.packets.map(\.time)
        == Sample.packets.map { packet in
          packet.time.map { Timestamp(nanoseconds: $0.nanoseconds / 1000 * 1000) }
        }
    )
  }

  @Test func `the largest stamps of a record fit`() throws {
    var bytes = Sample.pcap(.microseconds, isLittleEndian: true).prefix(24)
    bytes += Array(repeating: 0xff, count: 8)
    bytes += [0, 0, 0, 0, 0, 0, 0, 0]
    let file = try CaptureFile.read(bytes: Array(bytes))
    #expect(file.packets.map(\.time) == [Timestamp(nanoseconds: 4_294_971_589_967_295_000)])
  }
}
