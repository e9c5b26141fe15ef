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
    if self == .v6 { return type < 128 }
    return switch type {
    case 3...5, 11, 12, 31, 40: true
    default: false
    }
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
  /// What tells its probes from plain ones; nil: nothing, and it has all types and codes.
  public var variant: ProbeVariant?

  /// Puts the parts together.
  public init(
    _ version: IPVersion,
    _ direction: SweepDirection,
    _ state: SweepState,
    variant: ProbeVariant? = nil
  ) {
    self.version = version
    self.direction = direction
    self.state = state
    self.variant = variant
  }

  /// `ipv4.inbound.related-udp`, stable from run to run.
  public var id: String {
    "ipv\(version.rawValue).\(direction.rawValue).\(state.rawValue)" + (variant.map { ".\($0.name)" } ?? "")
  }

  /// `IPv4 inbound, related-udp`.
  public var title: String {
    "\(version.title) \(direction.rawValue), \(state.rawValue)" + (variant.map { ", \($0.text)" } ?? "")
  }

  /// The probes that it asks, in order.
  public var kinds: [MessageKind] {
    let types = variant?.types ?? Set(UInt8.min...UInt8.max)
    let codes = variant?.codes ?? Set(UInt8.min...UInt8.max)
    return types.filter { state.has($0, version) }.sorted().flatMap { type in
      codes.sorted().map { MessageKind(type: type, code: $0) }
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

/// Probes with fields that others haven't, for a rule that speaks of these.
public struct ProbeVariant: Hashable, Codable, Sendable {
  /// The rule's name.
  public var name: String
  /// Their types.
  public var types: Set<UInt8>
  /// Their codes.
  public var codes: Set<UInt8>
  /// What they have.
  public var fields: [ProbeField]

  /// Puts the parts together.
  public init(name: String, types: Set<UInt8>, codes: Set<UInt8>, fields: [ProbeField]) {
    self.name = name
    self.types = types
    self.codes = codes
    self.fields = fields
  }

  /// `ipv4.ttl 1, icmpv4.mtu 68`.
  public var text: String { fields.map { "\($0.layer).\($0.field) \($0.value)" }.joined(separator: ", ") }
}

/// A field of probes besides type and code.
public struct ProbeField: Hashable, Codable, Sendable {
  /// The layer: `ipv4`, `ipv6`, `icmpv4` or `icmpv6`.
  public var layer: String
  /// The field.
  public var field: String
  /// Its value.
  public var value: UInt64

  /// Puts the parts together.
  public init(layer: String, field: String, value: UInt64) {
    self.layer = layer
    self.field = field
    self.value = value
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
