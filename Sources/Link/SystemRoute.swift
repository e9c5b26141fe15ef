internal import CLinux
internal import Glibc
public import Wire

/// How this machine's kernel would reach an address.
public struct SystemRoute: Hashable, Sendable {
  /// An address of either IP version.
  public enum Address: Hashable, Sendable {
    case ipv4(IPv4Address)
    case ipv6(IPv6Address)
  }

  /// Where the address is.
  public enum Reach: Hashable, Sendable {
    /// On the link itself.
    case onLink
    /// Behind this router. Its address may have the other IP version.
    case via(Address)
    /// It's this machine's own.
    case local
  }

  /// The interface that leads there.
  public var interface: String
  /// The address which the kernel would speak from, if it has one there.
  public var source: Address?
  /// Where the address is, as seen from this machine.
  public var reach: Reach

  /// Asks the kernel for the way to an address.
  ///
  /// - Returns: nil if there is none, or if the kernel refuses such packets.
  /// - Throws: `LinkError.system`.
  public static func find(to address: Address) throws(LinkError) -> SystemRoute? {
    let octets = address.octets
    var header = rtmsg()
    header.rtm_family = UInt8(octets.count == 4 ? AF_INET : AF_INET6)
    header.rtm_dst_len = UInt8(octets.count * 8)
    var message = NetlinkMessage(Int(RTM_GETROUTE))
    message.append(header)
    message.attribute(Int(RTA_DST.rawValue), octets: octets)
    do throws(SystemErrno) {
      return try NetlinkSocket().query(message).lazy.compactMap(SystemRoute.init).first
    } catch {
      // Besides "no route" these are the answers of blackhole, prohibit and unreachable routes, and of a kernel
      // without this IP version.
      let none = [ENETUNREACH, EHOSTUNREACH, EINVAL, EACCES, ESRCH, EAFNOSUPPORT, EOPNOTSUPP]
      if none.contains(error.code) { return nil }
      throw .system("look for a way to \(address): \(error.text)")
    }
  }

  /// Reads an `RTM_NEWROUTE` message.
  private init?(_ reply: NetlinkReply) {
    guard reply.type == Int(RTM_NEWROUTE), let kind = reply.number(7, as: UInt8.self) else { return nil }
    let attributes = reply.attributes(behind: MemoryLayout<rtmsg>.size)
    guard let index = attributes[Int(RTA_OIF.rawValue)]?.number(at: 0, as: UInt32.self) else { return nil }
    var name = [CChar](repeating: 0, count: Int(IF_NAMESIZE))
    guard if_indextoname(index, &name) != nil else { return nil }
    interface = name.map(UInt8.init(bitPattern:)).textUpToZero
    source = attributes[Int(RTA_PREFSRC.rawValue)].flatMap { Address(octets: $0) }
    // RTA_VIA has two octets of address family in front.
    let other = attributes[Int(RTA_VIA.rawValue)].map { Array($0.dropFirst(2)) }
    let gateway = attributes[Int(RTA_GATEWAY.rawValue)] ?? other
    if kind == UInt8(RTN_LOCAL) {
      reach = .local
    } else if kind == UInt8(RTN_UNREACHABLE) || kind == UInt8(RTN_PROHIBIT) || kind == UInt8(RTN_BLACKHOLE) {
      return nil
    } else if let gateway = gateway.flatMap({ Address(octets: $0) }) {
      reach = .via(gateway)
    } else {
      reach = .onLink
    }
  }
}

extension SystemRoute.Address: LosslessStringConvertible {
  /// Reads an address of either version.
  public init?(_ text: String) {
    if let address = IPv4Address(text) {
      self = .ipv4(address)
    } else if let address = IPv6Address(text) {
      self = .ipv6(address)
    } else {
      return nil
    }
  }

  /// The address as text.
  public var description: String {
    switch self {
    case .ipv4(let address): address.description
    case .ipv6(let address): address.description
    }
  }

  /// The address in network order: 4 octets or 16.
  var octets: [UInt8] {
    switch self {
    case .ipv4(let address): address.octets
    case .ipv6(let address): address.octets
    }
  }

  init?(octets: [UInt8]) {
    if let address = IPv4Address(octets: octets) {
      self = .ipv4(address)
    } else if let address = IPv6Address(octets: octets) {
      self = .ipv6(address)
    } else {
      return nil
    }
  }
}
