import Capture
import Link
import Wire

/// A router in a few lines: it passes IPv4 packets on from one side to the other, right by default.
struct PassingDevice: SimulatedDevice {
  static let near = MACAddress(rawValue: 0x0200_0000_0101)
  static let far = MACAddress(rawValue: 0x0200_0000_0201)

  /// What becomes of a packet besides control probes.
  enum Treatment { case pass, keepTTL, drop, reject, dropEverything, copyBack }

  var treatment = Treatment.pass
  var nextWake: Timestamp? { nil }

  mutating func wake(at _: Timestamp) -> [Emission] { [] }
  mutating func receive(_ frame: [UInt8], at time: Timestamp) -> [Emission] {
    receive(frame, from: .near, at: time)
  }

  mutating func receive(_ frame: [UInt8], from arm: Arm, at _: Timestamp) -> [Emission] {
    let dissection = Dissection(frame)
    guard let ip = dissection.layer(.ipv4), case .ipv4(let destination)? = ip.value(of: "destination"),
      case .ipv4(let source)? = ip.value(of: "source")
    else { return [] }
    let isEcho = dissection.layer(.icmpv4) != nil
    let other: Arm = arm == .near ? .far : .near
    var packet = Array(frame[14...])
    if treatment != .keepTTL || isEcho { packet[8] -= 1 }
    packet.replaceSubrange(10..<12, with: [0, 0])
    let checksum = Checksum.internet(packet[..<20])
    packet.replaceSubrange(10..<12, with: [UInt8(checksum >> 8), UInt8(checksum & 0xff)])
    let passed = Emission(frame: header(to: destination, at: other) + packet, at: other)
    if isEcho { return treatment == .dropEverything ? [] : [passed] }
    switch treatment {
    case .pass, .keepTTL: return [passed]
    case .drop, .dropEverything: return []
    case .copyBack: return [passed, Emission(frame: header(to: source, at: arm) + frame[14...], at: arm)]
    case .reject: return [Emission(frame: rejection(of: frame, to: source), at: arm)]
    }
  }

  private func header(to address: IPv4Address, at arm: Arm) -> [UInt8] {
    // Personas: 192.0.2.16 is number 0 of the near side, 198.51.100.16 of the far one.
    let number = UInt64(address.rawValue & 0xff) - 16
    let persona = MACAddress(rawValue: (arm == .near ? 0x02a5_5a00_0000 : 0x02a5_5b00_0000) + number)
    return persona.octets + (arm == .near ? Self.near : Self.far).octets + [8, 0]
  }

  private func rejection(of frame: [UInt8], to source: IPv4Address) -> [UInt8] {
    let own = IPv4Address(rawValue: 0xc000_0201)
    let packet = PacketTemplate([
      LayerTemplate(.ipv4, fields: ["source": .given(.ipv4(own)), "destination": .given(.ipv4(source))]),
      LayerTemplate(.icmpv4, fields: ["type": .given(.number(3)), "code": .given(.number(13))]),
      LayerTemplate(.quote, quoted: [LayerTemplate(.raw, body: Array(frame[14...]))]),
    ])
    return header(to: source, at: .near) + ((try? packet.encode().bytes) ?? [])
  }
}
