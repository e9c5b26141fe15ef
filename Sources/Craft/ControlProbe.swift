public import Suite
public import Wire

/// The plain echo which shows that the target is alive and the path works.
public struct ControlProbe: Hashable, Sendable {
  /// Its IP version.
  public var family: Family
  /// Who asks.
  public var tester: Host
  /// Who must answer.
  public var target: Host
  /// Identifier of the echoes; differs from the trial's own.
  public var identifier: UInt16

  /// The octets that every control probe carries.
  public static let data: [UInt8] = Array("assay control probe: please answer".utf8)

  /// Puts the parts together.
  public init(family: Family, tester: Host, target: Host, identifier: UInt16) {
    self.family = family
    self.tester = tester
    self.target = target
    self.identifier = identifier
  }

  /// The request with that sequence number, from the Ethernet header on.
  public func request(sequence: UInt16) -> [UInt8] {
    encoded(type: "echo-request", from: tester, to: target, sequence: sequence)
  }

  /// The layers of the request or reply; nil when a party has no address of the family.
  private func encoded(type: String, from: Host, to: Host, sequence: UInt16) -> [UInt8] {
    let ethernet = LayerTemplate(
      .ethernet,
      fields: ["source": .given(.mac(from.mac)), "destination": .given(.mac(to.mac))]
    )
    var network: LayerTemplate
    var icmp: LayerTemplate
    switch family {
    case .ipv4:
      guard let source = from.ipv4, let destination = to.ipv4 else { return [] }
      network = LayerTemplate(
        .ipv4,
        fields: ["source": .given(.ipv4(source)), "destination": .given(.ipv4(destination))]
      )
      icmp = LayerTemplate(.icmpv4, fields: ["type": .given(.number(8))])
    case .ipv6:
      guard let source = from.ipv6, let destination = to.ipv6 else { return [] }
      network = LayerTemplate(
        .ipv6,
        fields: ["source": .given(.ipv6(source)), "destination": .given(.ipv6(destination))]
      )
      icmp = LayerTemplate(.icmpv6, fields: ["type": .given(.number(128))])
    }
    icmp.fields["identifier"] = .given(.number(UInt64(identifier)))
    icmp.fields["sequence"] = .given(.number(UInt64(sequence)))
    let data = LayerTemplate(.data, body: Self.data)
    return (try? PacketTemplate([ethernet, network, icmp, data]).encode().bytes) ?? []
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
