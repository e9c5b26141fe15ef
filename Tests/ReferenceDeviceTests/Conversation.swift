import Capture
import Link
import ReferenceDevice
import Wire

/// A tester that sends frames to a device in virtual time, answers for its own addresses and the gateway's, and
/// writes down what comes back.
struct Conversation {
  static let mac = MACAddress(rawValue: 0x02a5_5a00_0001)
  static let gatewayMAC = MACAddress(rawValue: 0x02a5_5aff_00fe)
  static let target = MACAddress(rawValue: 0x0200_0000_0101)
  static let ipv4 = IPv4Address(rawValue: 0xc000_0210)
  static let ipv6 = IPv6Address(high: 0x2001_0db8_0001_0000, low: 0x1_0000)

  let link: SimulatedLink
  /// Everything that came from the device, neighbor resolution included.
  private(set) var received: [[UInt8]] = []

  init(_ device: ReferenceDevice, faults: LinkFaults = LinkFaults()) {
    link = SimulatedLink(to: device, faults: faults)
  }

  /// Sends frames one after the other, and waits; returns what came back but for neighbor resolution.
  mutating func exchange(_ frames: [[UInt8]], wait: Duration = .seconds(1)) throws -> [[UInt8]] {
    var answers: [[UInt8]] = []
    for frame in frames { answers += try run(sending: [frame], for: .milliseconds(10)) }
    return try answers + run(sending: [], for: wait)
  }

  private mutating func run(sending frames: [[UInt8]], for wait: Duration) throws -> [[UInt8]] {
    try link.send(frames)
    let deadline = link.now() + wait
    var answers: [[UInt8]] = []
    while link.now() < deadline {
      var batch: [[UInt8]] = []
      try link.receive(until: deadline) { batch.append($0.bytes) }
      for frame in batch where frame.starts(with: Self.target.octets.reversed()) || Self.isFromTarget(frame) {
        received.append(frame)
        if let reply = Self.neighborReply(to: frame) {
          try link.send([reply])
        } else if !Self.isResolution(frame) {
          answers.append(frame)
        }
      }
    }
    return answers
  }

  private static func isFromTarget(_ frame: [UInt8]) -> Bool { Array(frame[6..<12]) == target.octets }

  private static func isResolution(_ frame: [UInt8]) -> Bool {
    let dissection = Dissection(frame)
    return dissection.layer(.arp) != nil || dissection.layer(.icmpv6)?.number("type") == 135
  }

  /// Answers for whoever is asked for: the gateway by its own address, everybody else by the tester's.
  private static func neighborReply(to frame: [UInt8]) -> [UInt8]? {
    let dissection = Dissection(frame)
    if let arp = dissection.layer(.arp), arp.number("operation") == 1,
      case .ipv4(let wanted)? = arp.value(of: "target-ip"), wanted != IPv4Address(rawValue: 0xc000_0201)
    {
      let speaker = wanted.rawValue == 0xc000_02fe ? gatewayMAC : mac
      return target.octets + speaker.octets + [8, 6, 0, 1, 8, 0, 6, 4, 0, 2] + speaker.octets + wanted.octets
        + target.octets + [192, 0, 2, 1]
    }
    guard let icmp = dissection.layer(.icmpv6), icmp.number("type") == 135,
      case .ipv6(let wanted)? = icmp.value(of: "target"),
      case .ipv6(let asker)? = dissection.layer(.ipv6)?.value(of: "source")
    else { return nil }
    let speaker = wanted.low == 0xa55a_00fe ? gatewayMAC : mac
    let packet = PacketTemplate([
      LayerTemplate(
        .ethernet,
        fields: ["source": .given(.mac(speaker)), "destination": .given(.mac(target))]
      ),
      LayerTemplate(
        .ipv6,
        fields: [
          "source": .given(.ipv6(wanted)), "destination": .given(.ipv6(asker)),
          "hop-limit": .given(.number(255)),
        ]
      ),
      LayerTemplate(
        .icmpv6,
        fields: [
          "type": .given(.number(136)), "solicited": .given(.number(1)), "override": .given(.number(1)),
          "target": .given(.ipv6(wanted)),
        ]
      ),
      LayerTemplate(.ndpOptions, lists: ["options": [.literal(type: 2, data: speaker.octets)]]),
    ])
    return try? packet.encode().bytes
  }
}
