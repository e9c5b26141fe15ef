import Capture
import Suite
import Wire

@testable import Sweep

/// Hosts, routes and frames that tests share.
enum Sample {
  static let near = SweepHost(
    arm: .near,
    mac: MACAddress(rawValue: 0x02a5_5a00_0001),
    ipv4: IPv4Address("192.0.2.16"),
    ipv6: IPv6Address("2001:db8:1::1:0")
  )
  static let far = SweepHost(
    arm: .far,
    mac: MACAddress(rawValue: 0x02a5_5b00_0001),
    ipv4: IPv4Address("198.51.100.16"),
    ipv6: IPv6Address("2001:db8:2::1:0")
  )
  static let gateway = MACAddress(rawValue: 0x06a5_5a00_0001)
  static let farGateway = MACAddress(rawValue: 0x06a5_5a00_0101)
  static let tag = SweepTag(run: 7, part: 17, purpose: .probe)
  static let witnessTag = SweepTag(run: 7, part: 1, purpose: .witness)
  static let witnessSender = MACAddress(rawValue: 0x02a5_5a00_0009)

  /// Outbound probes, whose errors quote a datagram from the far host.
  static func factory(_ version: IPVersion) throws -> ProbeFactory {
    let form = ProbeForm(
      identifier: 0xa511,
      identifierOfType: [14: 0x1234],
      quoted: try quoted(version),
      gateway: near.ipv4 ?? .unspecified,
      tag: tag
    )
    return try ProbeFactory(route(version), form)
  }

  static func route(_ version: IPVersion) -> ProbeRoute {
    ProbeRoute(
      version: version,
      sender: near,
      receiver: far,
      gatewayMAC: gateway,
      destination: far.address(version) ?? .number(0)
    )
  }

  static func quoted(_ version: IPVersion) throws -> [UInt8] {
    let ip = LayerTemplate(
      version == .v4 ? .ipv4 : .ipv6,
      fields: [
        "source": .given(far.address(version) ?? .number(0)),
        "destination": .given(near.address(version) ?? .number(0)),
      ]
    )
    let data = LayerTemplate(.data, body: SweepTag(run: 7, part: 17, purpose: .flow).octets)
    return try PacketTemplate([ip, LayerTemplate(.udp), data]).encode().bytes
  }

  /// The probe by way of the encoder, all of its ICMP message but the checksum given as octets.
  static func encoded(_ kind: MessageKind, _ factory: ProbeFactory) throws -> [UInt8] {
    let version = factory.route.version
    let isIPv4 = version == .v4
    let number = UInt64(kind.number)
    let ethernet = LayerTemplate(
      .ethernet,
      fields: ["source": .given(.mac(near.mac)), "destination": .given(.mac(gateway))]
    )
    var ip: [String: FieldSetting] = [
      "source": .given(near.address(version) ?? .number(0)),
      "destination": .given(far.address(version) ?? .number(0)),
      isIPv4 ? "protocol" : "next-header": .given(.number(isIPv4 ? 1 : 58)),
    ]
    ip[isIPv4 ? "identification" : "flow-label"] = .given(
      .number(isIPv4 ? number : number << 4 | UInt64(tag.part & 15))
    )
    var tag = tag
    tag.number = UInt32(kind.number)
    let body =
      version.quotes(kind.type) ? try quoted(version) : tag.octets + (16..<36).map { UInt8($0) }
    var message = [kind.type, kind.code, 0, 0] + factory.form.rest(kind, version).octets + body
    var pseudoHeader: UInt64 = 0
    if !isIPv4, let source = near.ipv6, let destination = far.ipv6 {
      pseudoHeader = Checksum.pseudoHeader(
        source: source,
        destination: destination,
        protocol: 58,
        length: message.count
      )
    }
    let checksum = Checksum.internet(message, adding: pseudoHeader)
    (message[2], message[3]) = (UInt8(checksum >> 8), UInt8(truncatingIfNeeded: checksum))
    return try PacketTemplate([
      ethernet, LayerTemplate(isIPv4 ? .ipv4 : .ipv6, fields: ip), LayerTemplate(.raw, body: message),
    ]).encode().bytes
  }

  /// A frame after the target has forwarded it to the far side: other Ethernet addresses, a hop less.
  static func forwarded(_ frame: [UInt8], to host: SweepHost = far) -> [UInt8] {
    var frame = frame
    frame.replaceSubrange(0..<12, with: host.mac.octets + farGateway.octets)
    if frame[12] == 0x08 {
      frame[22] -= 1
      mendHeader(&frame)
    } else {
      frame[21] -= 1
    }
    return frame
  }

  /// Sets the checksum of the IPv4 header right.
  static func mendHeader(_ frame: inout [UInt8], at offset: Int = 14) {
    (frame[offset + 10], frame[offset + 11]) = (0, 0)
    let checksum = Checksum.internet(frame[offset..<offset + 20])
    (frame[offset + 10], frame[offset + 11]) = (UInt8(checksum >> 8), UInt8(truncatingIfNeeded: checksum))
  }

  static func captured(_ frame: [UInt8], at arm: Arm) -> CapturedFrame {
    CapturedFrame(time: Timestamp(nanoseconds: 1), arm: arm, bytes: frame)
  }
}
