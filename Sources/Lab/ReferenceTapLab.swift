internal import Glibc
internal import Link
internal import ReferenceDevice
public import Suite
public import Wire

/// The strict reference device in real time, at the end of a TAP interface in a namespace of its own.
///
/// Other programs can speak to it: ping, scapy, tshark. The device runs in a child process, and the
/// interface is there as long as that runs; both end with the process that made the lab.
///
/// ```
/// child process                                    tester namespace (this process)
/// ReferenceDevice ─ /dev/net/tun ───────────────── near0; no address, or those of a host for ping and the like
/// 192.0.2.1/24, 2001:db8:1::1/64
/// ```
public enum ReferenceTapLab {
  /// What follows `--lab`.
  public static let name = "reference-tap"
  /// The tester's interface.
  public static let interface = LinuxHostLab.interface
  /// 192.0.2.2/24: the kernel's own address on the tester's side of a lab that is up; no persona's.
  public static let hostIPv4 = IPv4Address(rawValue: 0xc000_0202)
  /// 2001:db8:1::2/64, likewise.
  public static let hostIPv6 = IPv6Address(high: 0x2001_0db8_0001_0000, low: 2)
  /// The host's link-local address, made from its Ethernet address.
  static let hostLinkLocal = IPv6Address(high: 0xfe80 << 48, low: 0x04a5_5aff_fe00_0002)
  /// Frames that the interface keeps for the device while it is busy: more than a run has in the air.
  private static let queueLength: UInt32 = 16_384

  /// The device as a target file would describe it.
  public static let targetDescription: TargetDescription = {
    var description = ReferenceDevice.description
    description.near.interface = interface
    return description
  }()

  /// Makes the lab; afterwards the calling thread is in the tester's namespace, for good.
  ///
  /// The process must have one thread only.
  ///
  /// - Parameters:
  ///   - mutants: where the device deviates from the RFCs.
  ///   - withHost: whether the kernel of the tester's side has addresses, so that programs there can speak to the
  ///     device; else it is mute.
  /// - Returns: the lab.
  /// - Throws: `forbidden` or `lacking` with how to go on, or `failed`.
  static func enter(_ mutants: Set<Mutant> = [], withHost: Bool = false) throws(LabError) -> OpenLab {
    let start = ContinuousClock.now
    let isRootless = try Namespaces.enterNew()
    let tester = try NamespaceDescriptor.current()
    let links = try LinkConfiguration()
    var remarks = KernelSettings.tester.apply()

    let tap = try TapInterface(named: interface)
    remarks += try KernelOffloads().disableAll(on: interface)
    let near = try links.interface(interface)
    try links.set(near, address: LabCable.near.testerMAC, queueLength: queueLength)
    if withHost {
      remarks += try addHost(to: near, links)
    } else {
      try links.setUp(near, flags: UInt32(IFF_NOARP))
    }

    let device = ReferenceDevice(mutants: mutants)
    let companion = try Companion.start("assay-device", keeping: [tap.descriptor.number]) { life in
      var driver = TapDriver(device, on: tap)
      driver.run(until: life)
    }
    tap.descriptor.close()
    try links.waitUntilRunning(interface)

    return OpenLab(
      blueprint: .referenceTap,
      origin: .created,
      elapsed: ContinuousClock.now - start,
      isRootless: isRootless,
      hasIPv6: true,
      hasEcho: true,
      mutants: mutants.map(\.name).sorted(),
      remarks: remarks,
      rulesets: [],
      target: nil,
      tester: tester,
      device: companion
    )
  }

  /// Makes the tester's kernel a host on the link, which says as little as it can of its own accord.
  ///
  /// - Returns: a sentence for each thing that isn't as it should be.
  private static func addHost(
    to near: NetworkInterface,
    _ links: LinkConfiguration
  ) throws(LabError) -> [String] {
    let hasIPv6 = access("/proc/sys/net/ipv6", F_OK) == 0
    var remarks: [String] = []
    if hasIPv6 {
      remarks = KernelSettings.host(on: interface).apply()
      // The kernel's own link-local address would be checked for duplicates for a second first.
      try links.setGeneratesLinkLocal(false, on: near)
    }
    try links.setUp(near)
    try links.add(hostIPv4.octets, prefix: 24, to: near)
    if hasIPv6 {
      try links.add(hostLinkLocal.octets, prefix: 64, to: near)
      try links.add(hostIPv6.octets, prefix: 64, to: near)
    }
    return remarks
  }
}
