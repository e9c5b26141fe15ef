internal import CLinux
internal import Glibc
internal import Link
internal import Wire

/// Makes a lab: two network namespaces, joined by veth pairs.
///
/// In the tester's namespace no address belongs to a kernel. Everything is made by system calls of this process, and held only by
/// it: it vanishes with the process, however that ends.
enum LabMaker {
  /// Makes the lab; afterwards the calling thread is in the tester's namespace, for good.
  ///
  /// Without privileges the process must still have one thread only.
  ///
  /// - Parameters:
  ///   - blueprint: what to make.
  ///   - rulesets: files of the user's to be loaded in place of the lab's own rules.
  /// - Returns: the lab.
  /// - Throws: `forbidden` with how to go on, `rulesUnreadable`, `rulesRefused`, `programMissing`, or `failed`.
  static func make(_ blueprint: LabBlueprint, rulesets: [String] = []) throws(LabError) -> OpenLab {
    let start = ContinuousClock.now
    // Files have the names that they have out here.
    let rules = try rulesets.map { path throws(LabError) in try RuleSet(reading: path) }
    // The target's side. Sockets stay in the namespace in which they were opened.
    let isRootless = try Namespaces.enterNew()
    let target = try NamespaceDescriptor.current()
    let targetLinks = try LinkConfiguration()
    let targetOffloads = try offloadControl()
    var remarks = KernelSettings.target(
      limitsErrors: blueprint.limitsErrors,
      forwards: blueprint.forwards
    ).apply()
    let hasIPv6 = access("/proc/sys/net/ipv6", F_OK) == 0
    if !hasIPv6 { remarks.append("this kernel doesn't speak IPv6") }
    // A process of its own serves, since this one must stay single-threaded and has a wire to watch.
    let echo = assay_echo_start(Int32(LinuxHostLab.echoPort), hasIPv6 ? 1 : 0)
    if echo < 0 { remarks.append("the target has no echo service: \(SystemErrno(-echo).text)") }

    // The tester's side.
    try Namespaces.enterAnother()
    let tester = try NamespaceDescriptor.current()
    let testerLinks = try LinkConfiguration()
    remarks += KernelSettings.tester.apply()
    let testerOffloads = try offloadControl()
    try targetLinks.setUp(try targetLinks.interface("lo"))
    for cable in blueprint.cables {
      try testerLinks.makePair(
        .init(name: cable.testerInterface, mac: cable.testerMAC),
        .init(name: cable.targetInterface, mac: cable.targetMAC),
        in: target,
        mtu: 1500
      )
      for (control, name) in [
        (testerOffloads, cable.testerInterface), (targetOffloads, cable.targetInterface),
      ] {
        let left = control.disableAll(on: name)
        if !left.isEmpty {
          remarks.append("\(name) keeps \(left.map(\.rawValue).joined(separator: ", ")) on")
        }
      }
      // It doesn't ask for anybody's address, and nobody's address is its own.
      try testerLinks.setUp(try testerLinks.interface(cable.testerInterface), flags: UInt32(IFF_NOARP))
      try configure(cable, through: targetLinks, hasIPv6: hasIPv6)
    }
    for route in blueprint.routes where hasIPv6 || route.isIPv4 {
      try targetLinks.add(route, on: try targetLinks.interface(route.interface))
    }
    var lab = OpenLab(
      blueprint: blueprint,
      origin: .created,
      isRootless: isRootless,
      hasIPv6: hasIPv6,
      hasEcho: echo > 0,
      remarks: remarks,
      rulesets: rulesets,
      target: target,
      tester: tester,
      device: nil
    )
    if !rules.isEmpty || blueprint.rules != nil { try lab.load(rules, isFresh: true) }
    for cable in blueprint.cables {
      try waitUntilRunning([(testerLinks, cable.testerInterface), (targetLinks, cable.targetInterface)])
    }
    lab.elapsed = ContinuousClock.now - start
    return lab
  }

  private static func configure(
    _ cable: LabCable,
    through links: LinkConfiguration,
    hasIPv6: Bool
  ) throws(LabError) {
    let interface = try links.interface(cable.targetInterface)
    // The kernel's own link-local address would be checked for duplicates for a second first.
    if hasIPv6 { try links.setGeneratesLinkLocal(false, on: interface) }
    try links.setUp(interface)
    try links.add(cable.ipv4.octets, prefix: LabCable.ipv4PrefixLength, to: interface)
    if !hasIPv6 { return }
    try links.add(cable.linkLocal.octets, prefix: LabCable.ipv6PrefixLength, to: interface)
    try links.setGeneratesLinkLocal(true, on: interface)
    try links.add(cable.ipv6.octets, prefix: LabCable.ipv6PrefixLength, to: interface)
  }

  /// The kernel connects a queue to an interface a moment after both ends are up; until then frames are lost.
  private static func waitUntilRunning(_ ends: [(LinkConfiguration, String)]) throws(LabError) {
    for (links, name) in ends {
      var attempts = 0
      while !(try links.interface(name).isRunning) {
        attempts += 1
        if attempts > 2000 { throw .failed(step: "wait for \(name)", reason: "no carrier after a second") }
        usleep(500)
      }
    }
  }

  private static func offloadControl() throws(LabError) -> OffloadControl {
    do throws(SystemErrno) { return try OffloadControl() } catch {
      throw .failed(step: "open a socket for offloads", reason: error.text)
    }
  }
}
