import Glibc
import Wire

/// Addresses and names as text, and checksums: there and back, and against the system's own functions.
enum TextProperties {
  static func check(_ input: [UInt8]) throws(BrokenProperty) {
    try checkTexts(String(decoding: input.prefix(80), as: UTF8.self))
    try checkAddresses(input)
    if let names = DomainName.names(in: input[...]) {
      let again = names.reduce(into: [UInt8]()) { $0 += DomainName.octets(of: $1) ?? [] }
      // Names of more than 255 octets can be read, and not be written.
      let isLong = names.contains { DomainName.octets(of: $0) == nil }
      let end = input.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
      try require(isLong || again.dropLast() == input[..<end], "names \(names) have other octets")
    }
    for start in 0...min(3, input.count) {
      try require(
        Checksum.internet(input[start...]) == plainChecksum(input[start...]),
        "the checksum from octet \(start) on"
      )
    }
  }

  private static func checkTexts(_ text: String) throws(BrokenProperty) {
    let ipv4 = IPv4Address(text)
    if let ipv4 { try require(ipv4.description == text, "\(ipv4) was written \(text)") }
    let ipv6 = IPv6Address(text)
    if let ipv6 {
      try require(IPv6Address(ipv6.description) == ipv6, "\(ipv6) was written \(text)")
    }
    if let mac = MACAddress(text) {
      try require(MACAddress(mac.description) == mac, "\(mac) was written \(text)")
    }
    guard !text.utf8.contains(0) else { return }
    try require(
      ipv4?.octets == octets(of: text, AF_INET, count: 4),
      "the system reads the IPv4 address '\(text)' another way"
    )
    try require(
      ipv6?.octets == octets(of: text, AF_INET6, count: 16),
      "the system reads the IPv6 address '\(text)' another way"
    )
  }

  private static func checkAddresses(_ input: [UInt8]) throws(BrokenProperty) {
    if let address = IPv4Address(octets: input.prefix(4)) {
      try require(IPv4Address(address.description) == address, "\(address) can't be read again")
      try require(address.octets == Array(input.prefix(4)), "\(address) has other octets")
    }
    if let address = IPv6Address(octets: input.prefix(16)) {
      try require(IPv6Address(address.description) == address, "\(address) can't be read again")
      try require(
        octets(of: address.description, AF_INET6, count: 16) == Array(input.prefix(16)),
        "the system reads \(address) another way"
      )
    }
    if let address = MACAddress(octets: input.prefix(6)) {
      try require(MACAddress(address.description) == address, "\(address) can't be read again")
    }
  }

  private static func octets(of text: String, _ family: Int32, count: Int) -> [UInt8]? {
    var octets = [UInt8](repeating: 0, count: count)
    return inet_pton(family, text, &octets) == 1 ? octets : nil
  }

  private static func plainChecksum(_ octets: ArraySlice<UInt8>) -> UInt16 {
    var sum: UInt64 = 0
    for (index, octet) in octets.enumerated() { sum += UInt64(octet) << (index.isMultiple(of: 2) ? 8 : 0) }
    while sum > 0xffff { sum = sum >> 16 + sum & 0xffff }
    return ~UInt16(truncatingIfNeeded: sum)
  }
}
