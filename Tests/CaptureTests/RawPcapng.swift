/// Builds pcapng files octet by octet, right or wrong, independently of the writer under test.
struct RawPcapng {
  var bytes: [UInt8] = []
  let isLittleEndian: Bool

  init(isLittleEndian: Bool) { self.isLittleEndian = isLittleEndian }

  mutating func uint16(_ value: UInt16) {
    octets(
      isLittleEndian ? [UInt8(value & 0xff), UInt8(value >> 8)] : [UInt8(value >> 8), UInt8(value & 0xff)]
    )
  }

  mutating func uint32(_ value: UInt32) {
    let (high, low) = (UInt16(value >> 16), UInt16(value & 0xffff))
    uint16(isLittleEndian ? low : high)
    uint16(isLittleEndian ? high : low)
  }

  mutating func octets(_ values: [UInt8]) { bytes += values }

  /// A block with right lengths, unless another one is given.
  mutating func block(_ type: UInt32, length: UInt32? = nil, _ body: (inout RawPcapng) -> Void) {
    var inner = RawPcapng(isLittleEndian: isLittleEndian)
    body(&inner)
    let total = length ?? UInt32(inner.bytes.count + 12)
    uint32(type)
    uint32(total)
    octets(inner.bytes)
    uint32(total)
  }

  mutating func section(major: UInt16 = 1) {
    block(0x0a0d_0d0a) {
      $0.uint32(0x1a2b_3c4d)
      $0.uint16(major)
      $0.uint16(0)
      $0.octets(Array(repeating: 0xff, count: 8))
    }
  }

  mutating func interface(snapLength: UInt32 = 0, options: (inout RawPcapng) -> Void = { _ in }) {
    block(1) {
      $0.uint16(1)
      $0.uint16(0)
      $0.uint32(snapLength)
      options(&$0)
    }
  }

  mutating func packet(
    interface: UInt32 = 0,
    count: UInt64 = 0,
    captured: UInt32? = nil,
    octets: [UInt8],
    options: (inout RawPcapng) -> Void = { _ in }
  ) {
    block(6) {
      $0.uint32(interface)
      $0.uint32(UInt32(count >> 32))
      $0.uint32(UInt32(count & 0xffff_ffff))
      $0.uint32(captured ?? UInt32(octets.count))
      $0.uint32(UInt32(octets.count))
      $0.octets(octets + Array(repeating: 0, count: (4 - octets.count % 4) % 4))
      options(&$0)
    }
  }

  /// A file of one packet whose interface counts time as told.
  static func onePacket(resolution: UInt8, count: UInt64, timeOffset: Int32 = 0) -> [UInt8] {
    var file = RawPcapng(isLittleEndian: true)
    file.section()
    file.interface {
      $0.uint16(9)
      $0.uint16(1)
      $0.octets([resolution, 0, 0, 0])
      $0.uint16(14)
      $0.uint16(8)
      $0.uint32(UInt32(bitPattern: timeOffset))
      $0.uint32(timeOffset < 0 ? 0xffff_ffff : 0)
    }
    file.packet(count: count, octets: [1])
    return file.bytes
  }
}
