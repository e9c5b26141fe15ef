public import Wire

/// A version of the Internet Protocol, with the ICMP that belongs to it.
public enum IPVersion: Int, Hashable, Codable, Sendable, CaseIterable, Comparable {
  case v4 = 4
  case v6 = 6

  /// Orders versions by their number.
  public static func < (a: IPVersion, b: IPVersion) -> Bool { a.rawValue < b.rawValue }

  /// `IPv4` or `IPv6`.
  public var title: String { self == .v4 ? "IPv4" : "IPv6" }

  /// Names of the message types of its ICMP.
  public var typeNames: NameTable { self == .v4 ? ICMPv4.types : ICMPv6.types }

  /// Whether messages of a type carry the packet that they are about.
  ///
  /// Of ICMPv4 these are the errors of RFC 792, RFC 1475 and RFC 2521, of ICMPv6 all types below 128 [RFC 4443 2.1].
  public func quotes(_ type: UInt8) -> Bool {
    self == .v6 ? type < 128 : [3, 4, 5, 11, 12, 31, 40].contains(type)
  }
}

/// Which way probes go through the target.
public enum SweepDirection: String, Hashable, Codable, Sendable, CaseIterable {
  /// From the near side to the far one.
  case outbound
  /// From the far side to the near one.
  case inbound

  /// The side that probes come from.
  public var sender: Arm { self == .outbound ? .near : .far }
  /// The side that they are addressed to.
  public var receiver: Arm { self == .outbound ? .far : .near }
}

/// How a conversation begins whose packets errors quote.
public enum FlowKind: String, Hashable, Codable, Sendable, CaseIterable { case echo, udp, tcp }

/// What the target can know of a probe from what it saw before.
public enum SweepState: String, Hashable, Codable, Sendable, CaseIterable {
  /// Nothing: no packet went between these two hosts before.
  case unsolicited
  /// The two hosts have exchanged echoes of the same identifier; for types that aren't errors.
  case established
  /// An error that quotes a real packet of such an exchange.
  case relatedEcho = "related-echo"
  /// An error that quotes a real datagram of a UDP conversation.
  case relatedUDP = "related-udp"
  /// An error that quotes a real segment of a TCP connection.
  case relatedTCP = "related-tcp"

  /// The conversation that is begun first; nil: none.
  public var flow: FlowKind? {
    switch self {
    case .unsolicited: nil
    case .established, .relatedEcho: .echo
    case .relatedUDP: .udp
    case .relatedTCP: .tcp
    }
  }

  /// Whether a type can be sent in this state: errors have no established form, all others no related one.
  public func has(_ type: UInt8, _ version: IPVersion) -> Bool {
    switch self {
    case .unsolicited: true
    case .established: !version.quotes(type)
    case .relatedEcho, .relatedUDP, .relatedTCP: version.quotes(type)
    }
  }
}

/// One map of a sweep: the types and codes of one version of ICMP, one way, in one state.
public struct SweepSlice: Hashable, Codable, Sendable {
  /// The version of IP.
  public var version: IPVersion
  /// Which way.
  public var direction: SweepDirection
  /// In which state.
  public var state: SweepState

  /// Puts the parts together.
  public init(_ version: IPVersion, _ direction: SweepDirection, _ state: SweepState) {
    self.version = version
    self.direction = direction
    self.state = state
  }

  /// `ipv4.inbound.related-udp`, stable from run to run.
  public var id: String { "ipv\(version.rawValue).\(direction.rawValue).\(state.rawValue)" }

  /// `IPv4 inbound, related-udp`.
  public var title: String { "\(version.title) \(direction.rawValue), \(state.rawValue)" }

  /// The probes that it asks, in order.
  public var kinds: [MessageKind] {
    (0...255).filter { state.has($0, version) }.flatMap { type in
      (0...255).map { MessageKind(type: type, code: $0) }
    }
  }

  /// All slices of these parts, in the order in which they are swept.
  public static func all(
    versions: [IPVersion] = IPVersion.allCases,
    directions: [SweepDirection] = SweepDirection.allCases,
    states: [SweepState] = SweepState.allCases
  ) -> [SweepSlice] {
    versions.flatMap { version in
      directions.flatMap { direction in states.map { SweepSlice(version, direction, $0) } }
    }
  }
}

/// A type and a code: what a probe is.
public struct MessageKind: Hashable, Codable, Sendable, Comparable {
  /// The type.
  public var type: UInt8
  /// The code.
  public var code: UInt8

  /// Puts the parts together.
  public init(type: UInt8, code: UInt8) {
    self.type = type
    self.code = code
  }

  /// The kind of this number, which is 256 times the type plus the code.
  public init(number: UInt16) {
    self.init(type: UInt8(number >> 8), code: UInt8(truncatingIfNeeded: number))
  }

  /// 256 times the type plus the code.
  public var number: Int { Int(type) << 8 | Int(code) }

  /// How many there are.
  public static let count = 65_536

  /// Orders by type and code.
  public static func < (a: MessageKind, b: MessageKind) -> Bool { a.number < b.number }
}

extension MessageKind: CustomStringConvertible {
  /// `3/13`.
  public var description: String { "\(type)/\(code)" }
}
