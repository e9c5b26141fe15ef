import Testing
import Wire

@Suite struct ChecksumTests {
  /// The definition of RFC 1071 word by word.
  private func reference(_ bytes: [UInt8]) -> UInt16 {
    var sum = 0
    for index in stride(from: 0, to: bytes.count, by: 2) {
      sum += Int(bytes[index]) << 8 | (index + 1 < bytes.count ? Int(bytes[index + 1]) : 0)
      if sum > 0xffff { sum -= 0xffff }
    }
    return UInt16(0xffff - sum)
  }

  @Test func `The example of RFC 1071 gives its sum`() {
    #expect(Checksum.internet([0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]) == 0x220d)
  }

  @Test func `Every length up to 300 agrees with the definition`() {
    var generator = SeededGenerator(state: 2)
    for count in 0...300 {
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      #expect(Checksum.internet(bytes) == reference(bytes), "\(count) octets")
      #expect(Checksum.internet(bytes.span.bytes) == reference(bytes), "\(count) octets as a span")
    }
  }

  @Test(arguments: [UInt8(0), 0x7f, 0xff]) func `Uniform octets up to 65,535 don't overflow`(_ octet: UInt8) {
    for count in [1, 8, 65_534, 65_535] {
      let bytes = [UInt8](repeating: octet, count: count)
      #expect(Checksum.internet(bytes) == reference(bytes))
    }
  }

  @Test func `Slices and lazy collections give the same sum as arrays`() {
    let bytes = [UInt8](0...200)
    #expect(Checksum.internet(bytes[3...]) == reference(Array(bytes[3...])))
    #expect(Checksum.internet(bytes.lazy.map { ~$0 }) == reference(bytes.map { ~$0 }))
  }

  @Test func `Octets with their own checksum sum up to zero`() {
    var generator = SeededGenerator(state: 3)
    for _ in 0..<200 {
      var bytes = (0..<40).map { _ in UInt8.random(in: 0...255, using: &generator) }
      (bytes[10], bytes[11]) = (0, 0)
      let checksum = Checksum.internet(bytes)
      (bytes[10], bytes[11]) = (UInt8(checksum >> 8), UInt8(checksum & 255))
      #expect(Checksum.internet(bytes) == 0)
    }
  }

  @Test func `A pseudo-header counts like its octets`() throws {
    let source = try #require(IPv4Address("192.0.2.16"))
    let destination = try #require(IPv4Address("255.255.255.255"))
    let bytes: [UInt8] = [1, 2, 3, 4, 5]
    let pseudo4 = Checksum.pseudoHeader(source: source, destination: destination, protocol: 17, length: 5)
    #expect(
      Checksum.internet(bytes, adding: pseudo4)
        == reference(source.octets + destination.octets + [0, 17, 0, 5] + bytes)
    )
    let source6 = try #require(IPv6Address("2001:db8::ffff:1"))
    let group = try #require(IPv6Address("ff02::1:ff00:1"))
    let pseudo6 = Checksum.pseudoHeader(source: source6, destination: group, protocol: 58, length: 70_000)
    #expect(
      Checksum.internet(bytes, adding: pseudo6)
        == reference(source6.octets + group.octets + [0, 1, 0x11, 0x70, 0, 0, 0, 58] + bytes)
    )
  }
}
