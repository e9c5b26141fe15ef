/// Frames put together by hand, so that the tests of the link depend on nothing else.
enum HandMade {
  static let targetMAC: [UInt8] = [0x06, 0xa5, 0x5a, 0, 0, 1]
  static let testerMAC: [UInt8] = [0x02, 0, 0, 0, 0, 0x16]
  static let target4: [UInt8] = [192, 0, 2, 1]
  static let tester4: [UInt8] = [192, 0, 2, 16]
  static let target6: [UInt8] = [0x20, 1, 0xd, 0xb8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
  static let tester6: [UInt8] = [0x20, 1, 0xd, 0xb8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0x16]

  static func words(_ number: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number)]
  }

  static func checksum(_ bytes: [UInt8]) -> [UInt8] {
    var sum = 0
    for (place, byte) in bytes.enumerated() { sum += Int(byte) << (place % 2 == 0 ? 8 : 0) }
    while sum > 0xffff { sum = (sum & 0xffff) + (sum >> 16) }
    return words(~sum)
  }

  static func ethernet(_ type: Int) -> [UInt8] { targetMAC + testerMAC + words(type) }

  static func ipv4(protocol number: UInt8, _ payload: [UInt8]) -> [UInt8] {
    var header: [UInt8] = [0x45, 0] + words(20 + payload.count) + [0, 0, 0, 0, 64, number, 0, 0]
    header += tester4 + target4
    header.replaceSubrange(10..<12, with: checksum(header))
    return ethernet(0x0800) + header + payload
  }

  static func echo4(sequence: Int, data: Int = 56) -> [UInt8] {
    var message: [UInt8] = [8, 0, 0, 0, 0xa5, 0x5a] + words(sequence)
    message += (0..<data).map { UInt8(truncatingIfNeeded: $0) }
    message.replaceSubrange(2..<4, with: checksum(message))
    return ipv4(protocol: 1, message)
  }

  /// A datagram to a closed port, to be answered with an error.
  static func udp4(sequence: Int) -> [UInt8] {
    ipv4(protocol: 17, words(40_000) + words(33_434) + words(10) + [0, 0] + words(sequence))
  }

  static func ipv6(next: UInt8, hopLimit: UInt8, _ payload: [UInt8]) -> [UInt8] {
    ethernet(0x86dd) + [0x60, 0, 0, 0] + words(payload.count) + [next, hopLimit] + tester6 + target6 + payload
  }

  static func icmp6(_ message: [UInt8], hopLimit: UInt8 = 64) -> [UInt8] {
    var message = message
    let pseudo = tester6 + target6 + [0, 0] + words(message.count) + [0, 0, 0, 58]
    message.replaceSubrange(2..<4, with: checksum(pseudo + message))
    return ipv6(next: 58, hopLimit: hopLimit, message)
  }

  static func echo6(sequence: Int) -> [UInt8] {
    icmp6([128, 0, 0, 0, 0xa5, 0x5a] + words(sequence) + (0..<56).map { UInt8($0) })
  }

  static func udp6(sequence: Int) -> [UInt8] {
    var datagram = words(40_000) + words(33_434) + words(10) + [0, 0] + words(sequence)
    let pseudo = tester6 + target6 + [0, 0] + words(datagram.count) + [0, 0, 0, 17]
    datagram.replaceSubrange(6..<8, with: checksum(pseudo + datagram))
    return ipv6(next: 17, hopLimit: 64, datagram)
  }

  /// The answer to a question for the tester's Ethernet address, if the frame is one.
  static func resolution(of frame: [UInt8]) -> [UInt8]? {
    if frame.count >= 42, frame[12...13] == [8, 6], frame[21] == 1, Array(frame[38..<42]) == tester4 {
      return ethernet(0x0806) + [0, 1, 8, 0, 6, 4, 0, 2] + testerMAC + tester4 + targetMAC + target4
    }
    if frame.count >= 78, frame[12...13] == [0x86, 0xdd], frame[20] == 58, frame[54] == 135,
      Array(frame[62..<78]) == tester6
    {
      return icmp6([136, 0, 0, 0, 0x60, 0, 0, 0] + tester6 + [2, 1] + testerMAC, hopLimit: 255)
    }
    return nil
  }
}
