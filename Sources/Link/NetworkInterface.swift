internal import CLinux
internal import Glibc
package import Wire

/// What the kernel says about an interface at one moment.
package struct NetworkInterface: Hashable, Sendable {
  /// Name in this network namespace.
  package var name: String
  /// The kernel's number for it.
  package var index: Int32
  /// What the medium is, by the numbers of ARP (RFC 826); loopback has 772, a tunnel without addresses 65534.
  package var hardwareType: UInt16
  package var mac: MACAddress
  /// Largest IP packet in octets.
  package var mtu: Int
  /// Set up by the administrator.
  package var isUp: Bool
  /// Up, and the other end is there too.
  package var isRunning: Bool
  /// Frames lost in the interface or in its driver, both ways, since it was made.
  package var lost: UInt64

  /// The hardware type of Ethernet.
  package static let ethernet: UInt16 = 1

  /// Looks an interface up by name; ENODEV where there is none.
  package init(named name: String, through socket: NetlinkSocket) throws(SystemErrno) {
    var message = NetlinkMessage(Int(RTM_GETLINK))
    message.append(ifinfomsg())
    message.attribute(Int(IFLA_IFNAME), text: name)
    guard let reply = try socket.query(message).first(where: { $0.type == Int(RTM_NEWLINK) }),
      let found = NetworkInterface(reply)
    else { throw SystemErrno(ENODEV) }
    self = found
  }

  /// Reads an `RTM_NEWLINK` message; nil if it isn't one.
  package init?(_ reply: NetlinkReply) {
    guard reply.type == Int(RTM_NEWLINK) || reply.type == Int(RTM_DELLINK),
      let hardwareType = reply.number(2, as: UInt16.self), let index = reply.number(4, as: Int32.self),
      let flags = reply.number(8, as: UInt32.self)
    else { return nil }
    let attributes = reply.attributes(behind: MemoryLayout<ifinfomsg>.size)
    self.index = index
    self.hardwareType = hardwareType
    name = attributes[Int(IFLA_IFNAME)]?.textUpToZero ?? ""
    mac = MACAddress(
      rawValue: (attributes[Int(IFLA_ADDRESS)] ?? []).prefix(6).reduce(0) { $0 << 8 | UInt64($1) }
    )
    mtu = Int(attributes[Int(IFLA_MTU)]?.number(at: 0, as: UInt32.self) ?? 0)
    let isThere = reply.type == Int(RTM_NEWLINK)
    isUp = isThere && flags & UInt32(IFF_UP) != 0
    // 6: IF_OPER_UP, 0: IF_OPER_UNKNOWN, for drivers that don't say.
    let state = attributes[Int(IFLA_OPERSTATE)]?.first ?? 0
    isRunning = isUp && flags & UInt32(IFF_RUNNING) != 0 && (state == 6 || state == 0)
    let counters = attributes[Int(IFLA_STATS64)] ?? []
    lost = Self.lossCounters.reduce(0) { sum, counter in
      sum &+ (counters.number(at: counter * 8, as: UInt64.self) ?? 0)
    }
  }

  /// Places in `rtnl_link_stats64` of counters that mean a loss.
  ///
  /// They are tx_dropped, rx_over_errors, rx_fifo_errors, rx_missed_errors and tx_fifo_errors. Not rx_dropped, which counts frames that nobody but the capture wanted.
  private static let lossCounters = [7, 11, 14, 15, 18]
}
