internal import CLinux
internal import Glibc
internal import Link
internal import Wire

/// What a lab does to interfaces through one namespace's netlink socket.
struct LinkConfiguration {
  let socket: NetlinkSocket

  init() throws(LabError) {
    do throws(SystemErrno) { socket = try NetlinkSocket() } catch {
      throw .failed(step: "open a netlink socket", reason: error.text)
    }
  }

  /// One end of a cable.
  struct End {
    var name: String
    var mac: MACAddress
  }

  /// Makes a veth pair: one end here, the other in another namespace.
  func makePair(_ here: End, _ there: End, in namespace: NamespaceDescriptor, mtu: UInt32) throws(LabError) {
    func describe(_ end: End, _ message: inout NetlinkMessage) {
      message.attribute(Int(IFLA_IFNAME), text: end.name)
      message.attribute(Int(IFLA_ADDRESS), octets: end.mac.octets)
      message.attribute(Int(IFLA_MTU), number: mtu)
    }
    var message = NetlinkMessage(Int(RTM_NEWLINK), flags: NLM_F_CREATE | NLM_F_EXCL)
    message.append(ifinfomsg())
    describe(here, &message)
    message.nest(Int(IFLA_LINKINFO)) { info in
      info.attribute(Int(IFLA_INFO_KIND), text: "veth")
      info.nest(Int(IFLA_INFO_DATA)) { data in
        data.nest(Int(VETH_INFO_PEER)) { peer in
          peer.append(ifinfomsg())
          describe(there, &peer)
          peer.attribute(Int(IFLA_NET_NS_FD), number: UInt32(bitPattern: namespace.number))
        }
      }
    }
    try perform(message, "make a veth pair (needs the kernel's veth module)")
  }

  /// The state of an interface.
  func interface(_ name: String) throws(LabError) -> NetworkInterface {
    do throws(SystemErrno) { return try NetworkInterface(named: name, through: socket) } catch {
      throw .failed(step: "look at \(name)", reason: error.text)
    }
  }

  /// Sets an interface up, with further flags such as `IFF_NOARP`.
  func setUp(_ interface: NetworkInterface, flags: UInt32 = 0) throws(LabError) {
    var header = ifinfomsg()
    header.ifi_index = interface.index
    header.ifi_flags = UInt32(IFF_UP) | flags
    header.ifi_change = header.ifi_flags
    var message = NetlinkMessage(Int(RTM_NEWLINK))
    message.append(header)
    try perform(message, "set \(interface.name) up")
  }

  /// Whether the kernel makes up the interface's link-local address.
  func setGeneratesLinkLocal(_ generates: Bool, on interface: NetworkInterface) throws(LabError) {
    var header = ifinfomsg()
    header.ifi_index = interface.index
    var message = NetlinkMessage(Int(RTM_NEWLINK))
    message.append(header)
    message.nest(Int(IFLA_AF_SPEC)) { families in
      families.nest(Int(AF_INET6)) { family in
        let mode = generates ? IN6_ADDR_GEN_MODE_EUI64 : IN6_ADDR_GEN_MODE_NONE
        family.attribute(Int(IFLA_INET6_ADDR_GEN_MODE), number: UInt8(truncatingIfNeeded: mode.rawValue))
      }
    }
    try perform(message, "choose how \(interface.name) gets its link-local address")
  }

  /// Gives an interface an address, usable at once (without duplicate address detection).
  func add(_ address: [UInt8], prefix: UInt8, to interface: NetworkInterface) throws(LabError) {
    let isIPv4 = address.count == 4
    var header = ifaddrmsg()
    header.ifa_family = UInt8(isIPv4 ? AF_INET : AF_INET6)
    header.ifa_prefixlen = prefix
    header.ifa_flags = isIPv4 ? 0 : UInt8(IFA_F_NODAD)
    header.ifa_index = UInt32(bitPattern: interface.index)
    var message = NetlinkMessage(Int(RTM_NEWADDR), flags: NLM_F_CREATE | NLM_F_EXCL)
    message.append(header)
    message.attribute(Int(IFA_LOCAL), octets: address)
    message.attribute(Int(IFA_ADDRESS), octets: address)
    if isIPv4, let own = address.number(at: 0, as: UInt32.self).map(UInt32.init(bigEndian:)) {
      let broadcast = own | (UInt32.max >> UInt32(prefix))
      message.attribute(Int(IFA_BROADCAST), number: broadcast.bigEndian)
    }
    try perform(message, "give \(interface.name) an \(isIPv4 ? "IPv4" : "IPv6") address")
  }

  /// Sends what a route leads to its gateway, on the interface that has the route's name.
  func add(_ route: LabRoute, on interface: NetworkInterface) throws(LabError) {
    var header = rtmsg()
    header.rtm_family = UInt8(route.isIPv4 ? AF_INET : AF_INET6)
    header.rtm_dst_len = route.destination?.prefixLength ?? 0
    header.rtm_table = UInt8(RT_TABLE_MAIN.rawValue)
    header.rtm_protocol = UInt8(RTPROT_STATIC)
    header.rtm_type = UInt8(RTN_UNICAST)
    var message = NetlinkMessage(Int(RTM_NEWROUTE), flags: NLM_F_CREATE | NLM_F_EXCL)
    message.append(header)
    if let destination = route.destination {
      message.attribute(Int(RTA_DST.rawValue), octets: destination.address)
    }
    message.attribute(Int(RTA_GATEWAY.rawValue), octets: route.gateway)
    message.attribute(Int(RTA_OIF.rawValue), number: interface.index)
    if let mtu = route.mtu {
      message.nest(Int(RTA_METRICS.rawValue)) { metrics in
        metrics.attribute(Int(RTAX_MTU), number: mtu)
        // An IPv6 router looks at the MTU of a route only where it's locked.
        metrics.attribute(Int(RTAX_LOCK), number: UInt32(1) << UInt32(RTAX_MTU))
      }
    }
    try perform(message, "set an \(route.isIPv4 ? "IPv4" : "IPv6") route on \(interface.name)")
  }

  private func perform(_ message: NetlinkMessage, _ step: String) throws(LabError) {
    do throws(SystemErrno) { try socket.perform(message) } catch {
      if error.code == EPERM { throw Namespaces.forbidden(EPERM, step) }
      throw .failed(step: step, reason: error.text)
    }
  }
}
