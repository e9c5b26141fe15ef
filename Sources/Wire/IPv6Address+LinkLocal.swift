extension IPv6Address {
  /// The link-local address which an Ethernet interface forms from its own address [RFC 4291 2.5.1, RFC 2464 4].
  public init(linkLocalFor mac: MACAddress) {
    let upper = mac.rawValue >> 24 ^ 0x02_0000
    let lower = mac.rawValue & 0xff_ffff
    self.init(high: 0xfe80_0000_0000_0000, low: upper << 40 | 0xfffe << 24 | lower)
  }
}
