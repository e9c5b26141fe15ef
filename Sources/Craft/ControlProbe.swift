public import Suite
public import Wire

/// The plain echo which shows that the target is alive and the path works.
public struct ControlProbe: Hashable, Sendable {
  /// Its IP version.
  public let family: Family
  /// Who asks.
  public let tester: Host
  /// Who must answer.
  public let target: Host
  /// Whether it goes through the target to a persona on the far side, which answers it.
  public let isThrough: Bool
  /// Identifier of the echoes; differs from the trial's own.
  public let identifier: UInt16
  /// All requests but for their sequence numbers; nil when a party has no address of the family.
  private let requests: PreparedPacket?

  /// The octets that every control probe carries.
  public static let data: [UInt8] = Array("assay control probe: please answer".utf8)

  /// Puts the parts together.
  public init(family: Family, tester: Host, target: Host, identifier: UInt16) {
    self.init(family: family, tester: tester, target: target, identifier: identifier, isThrough: false)
  }

  /// A probe that goes through a target to a persona on its far side.
  public init(family: Family, tester: Host, through target: Host, to peer: Host, identifier: UInt16) {
    var hop = peer
    hop.mac = target.mac
    self.init(family: family, tester: tester, target: hop, identifier: identifier, isThrough: true)
  }

  private init(family: Family, tester: Host, target: Host, identifier: UInt16, isThrough: Bool) {
    self.family = family
    self.tester = tester
    self.target = target
    self.identifier = identifier
    self.isThrough = isThrough
    requests = Self.requests(family, tester, target, identifier)
  }

  /// The request with that sequence number, from the Ethernet header on; empty when a party has no address of the family.
  public func request(sequence: UInt16) -> [UInt8] { requests?.encode(UInt64(sequence)) ?? [] }

  private static func requests(
    _ family: Family,
    _ tester: Host,
    _ target: Host,
    _ identifier: UInt16
  ) -> PreparedPacket? {
    func fields(_ source: FieldValue, _ destination: FieldValue) -> [String: FieldSetting] {
      ["source": .given(source), "destination": .given(destination)]
    }
    let network: LayerTemplate
    var icmp: LayerTemplate
    switch family {
    case .ipv4:
      guard let source = tester.ipv4, let destination = target.ipv4 else { return nil }
      network = LayerTemplate(.ipv4, fields: fields(.ipv4(source), .ipv4(destination)))
      icmp = LayerTemplate(.icmpv4, fields: ["type": .given(.number(8))])
    case .ipv6:
      guard let source = tester.ipv6, let destination = target.ipv6 else { return nil }
      network = LayerTemplate(.ipv6, fields: fields(.ipv6(source), .ipv6(destination)))
      icmp = LayerTemplate(.icmpv6, fields: ["type": .given(.number(128))])
    }
    icmp.fields["identifier"] = .given(.number(UInt64(identifier)))
    let ethernet = LayerTemplate(.ethernet, fields: fields(.mac(tester.mac), .mac(target.mac)))
    let packet = PacketTemplate([ethernet, network, icmp, LayerTemplate(.data, body: data)])
    return try? PreparedPacket(packet, varying: [.init(layer: 2, "sequence")])
  }

  /// The sequence number of a request of this probe, octet for octet; nil for any other frame.
  public func sequence(ofRequest bytes: [UInt8], _ frame: Dissection) -> UInt16? {
    guard let icmp = frame.layer(family == .ipv4 ? .icmpv4 : .icmpv6),
      icmp.number("identifier") == UInt64(identifier), let number = icmp.number("sequence")
    else { return nil }
    let sequence = UInt16(truncatingIfNeeded: number)
    return request(sequence: sequence) == bytes ? sequence : nil
  }

  /// The sequence number of a control reply of this probe; nil for any other frame.
  public func sequence(ofReply frame: Dissection) -> UInt16? {
    let type: UInt64
    let icmp: LayerView
    switch family {
    case .ipv4:
      guard let ip = frame.layer(.ipv4), let layer = frame.layer(.icmpv4),
        ip.value(of: "source") == target.ipv4.map({ .ipv4($0) }),
        ip.value(of: "destination") == tester.ipv4.map({ .ipv4($0) })
      else { return nil }
      (type, icmp) = (0, layer)
    case .ipv6:
      guard let ip = frame.layer(.ipv6), let layer = frame.layer(.icmpv6),
        ip.value(of: "source") == target.ipv6.map({ .ipv6($0) }),
        ip.value(of: "destination") == tester.ipv6.map({ .ipv6($0) })
      else { return nil }
      (type, icmp) = (129, layer)
    }
    guard icmp.number("type") == type, icmp.number("code") == 0,
      icmp.number("identifier") == UInt64(identifier), let sequence = icmp.number("sequence"),
      frame.layer(.data).map({ Array($0.bytes) }) == Self.data, frame.remarks.isEmpty
    else { return nil }
    return UInt16(truncatingIfNeeded: sequence)
  }
}
