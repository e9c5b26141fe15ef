internal import CLinux
internal import Glibc
internal import Link
public import Wire

/// This machine's own kernel as a target, in a network namespace of its own.
///
/// A veth pair joins it to the tester's namespace, in which no address belongs to a kernel. Everything is made
/// by system calls of this process, and held only by it: it vanishes with the process, however that ends.
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
  /// The tester's interface's own, which Assay doesn't speak from.
  static let testerMAC = MACAddress(rawValue: 0x06_a5_5a_00_00_02)
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

  /// Makes the lab; afterwards the calling thread is in the tester's namespace, for good.
  ///
  /// Without privileges the process must still have one thread only.
  static func enter(_ name: String = name) throws(LabError) -> OpenLab {
    let start = ContinuousClock.now
    // The target's side. Sockets stay in the namespace in which they were opened.
    let isRootless = try Namespaces.enterNew()
    let target = try NamespaceDescriptor.current()
    let targetLinks = try LinkConfiguration()
    let targetOffloads = try KernelOffloads()
    var remarks = KernelSettings.target(limitsErrors: name == limitedName).apply()
    let hasIPv6 = access("/proc/sys/net/ipv6", F_OK) == 0
    if !hasIPv6 { remarks.append("this kernel doesn't speak IPv6") }
    // A process of its own serves, since this one must stay single-threaded and has a wire to watch.
    let echo = assay_echo_start(Int32(echoPort), hasIPv6 ? 1 : 0)
    if echo < 0 { remarks.append("the target has no echo service: \(SystemErrno(-echo).text)") }

    // The tester's side.
    try Namespaces.enterAnother()
    let tester = try NamespaceDescriptor.current()
    let testerLinks = try LinkConfiguration()
    remarks += KernelSettings.tester.apply()

    try testerLinks.makePair(
      .init(name: interface, mac: testerMAC),
      .init(name: targetInterface, mac: targetMAC),
      in: target,
      mtu: 1500
    )
    for (control, name) in [(try KernelOffloads(), interface), (targetOffloads, targetInterface)] {
      remarks += control.disableAll(on: name)
    }
    let near = try testerLinks.interface(interface)
    // It doesn't ask for anybody's address, and nobody's address is its own.
    try testerLinks.setUp(near, flags: UInt32(IFF_NOARP))
    try configureTarget(targetLinks, hasIPv6: hasIPv6)
    try testerLinks.waitUntilRunning(interface)
    try targetLinks.waitUntilRunning(targetInterface)

    return OpenLab(
      name: name,
      interface: interface,
      origin: .created,
      elapsed: ContinuousClock.now - start,
      isRootless: isRootless,
      hasIPv6: hasIPv6,
      hasEcho: echo > 0,
      targetMAC: targetMAC,
      mutants: [],
      remarks: remarks,
      target: target,
      tester: tester,
      device: nil
    )
  }

  private static func configureTarget(_ links: LinkConfiguration, hasIPv6: Bool) throws(LabError) {
    try links.setUp(try links.interface("lo"))
    let interface = try links.interface(targetInterface)
    // The kernel's own link-local address would be checked for duplicates for a second first.
    if hasIPv6 { try links.setGeneratesLinkLocal(false, on: interface) }
    try links.setUp(interface)
    try links.add(targetIPv4.octets, prefix: 24, to: interface)
    try links.addDefaultRoute(via: routerIPv4.octets, on: interface)
    if !hasIPv6 { return }
    try links.add(targetLinkLocal.octets, prefix: 64, to: interface)
    try links.setGeneratesLinkLocal(true, on: interface)
    try links.add(targetIPv6.octets, prefix: 64, to: interface)
    try links.addDefaultRoute(via: routerLinkLocal.octets, on: interface)
  }
}
