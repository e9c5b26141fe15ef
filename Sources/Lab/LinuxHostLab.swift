public import Suite
public import Wire

/// This machine's own kernel as a host, the lab that others are like.
///
/// ```
/// target namespace                          tester namespace (this process)
/// eth0 192.0.2.1/24, 2001:db8:1::1/64 ───── near0, no address: Assay plays every host
/// ```
public enum LinuxHostLab {
  /// What follows `--lab`.
  public static let name = "linux-host"
  /// What follows `--lab` for the same target with the kernel's own limits on ICMP errors.
  public static let limitedName = "linux-host-limited"
  /// The tester's end of the cable.
  public static let interface = "near0"
  /// The target's end of the cable.
  public static let targetInterface = "eth0"
  /// The target's Ethernet address; personas' begin with 02, so it's nobody else's.
  public static let targetMAC = MACAddress(rawValue: 0x06_a5_5a_00_00_01)
  /// 192.0.2.1, in 192.0.2.0/24.
  public static let targetIPv4 = IPv4Address(rawValue: 0xc000_0201)
  /// 2001:db8:1::1, in 2001:db8:1::/64.
  public static let targetIPv6 = IPv6Address(high: 0x2001_0db8_0001_0000, low: 1)
  /// The target's link-local address, made from its Ethernet address, fe80::4a5:5aff:fe00:1.
  public static let targetLinkLocal = IPv6Address(high: 0xfe80 << 48, low: 0x04a5_5aff_fe00_0001)
  /// 192.0.2.254: the target's default IPv4 gateway, which Assay plays.
  public static let routerIPv4 = IPv4Address(rawValue: 0xc000_02fe)
  /// 2001:db8:1::fe: the router's own IPv6 address.
  public static let routerIPv6 = IPv6Address(high: 0x2001_0db8_0001_0000, low: 0xfe)
  /// fe80::a55a:fe: the target's default IPv6 gateway, which Assay plays.
  public static let routerLinkLocal = IPv6Address(high: 0xfe80 << 48, low: 0xa55a_00fe)
  /// The TCP and UDP port of the target that sends everything back.
  public static let echoPort: UInt16 = 7

  /// The lab's target as a target file would describe it: its addresses, the testers' and what Linux implements.
  public static let targetDescription = TargetDescription(
    name: name,
    role: .host,
    near: LabCable.near.side(),
    capabilities: LabBlueprint.capabilities,
    // The wire ends in this lab: a false source troubles nobody.
    allowsSpoofing: true
  )
}
