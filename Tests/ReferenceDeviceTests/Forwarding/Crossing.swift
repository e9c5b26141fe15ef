import Capture
import Link
import ReferenceDevice
import Wire

/// A frame on one side of a device.
struct ArmFrame {
  let arm: Arm
  let bytes: [UInt8]
}

/// A tester on both sides of a device in virtual time, which answers for all addresses that somebody has, and writes
/// down what comes.
struct Crossing {
  let link: SimulatedLink
  /// Everything that came from the device, with what isn't an answer.
  private(set) var received: [ArmFrame] = []
  /// Whether advertisements to everybody count as answers.
  var seesAdvertisements = false

  init(_ device: ForwardingDevice) {
    link = SimulatedLink(to: device)
  }

  /// Does what a passage says; returns what came but for neighbor resolution.
  mutating func exchange(_ passage: Passage) throws -> [ArmFrame] {
    seesAdvertisements = passage.seesAdvertisements
    var answers: [ArmFrame] = []
    for step in passage.steps {
      switch step {
      case .send(let frame): answers += try run(sending: frame, for: .milliseconds(10))
      case .wait(let time): answers += try run(sending: nil, for: time)
      }
    }
    return try answers + run(sending: nil, for: .seconds(1))
  }

  private mutating func run(sending frame: ArmFrame?, for wait: Duration) throws -> [ArmFrame] {
    if let frame { try link.send([frame.bytes], at: frame.arm) }
    let deadline = link.now() + wait
    var answers: [ArmFrame] = []
    while link.now() < deadline {
      var batch: [ArmFrame] = []
      try link.receive(until: deadline) { batch.append(ArmFrame(arm: $0.arm, bytes: $0.bytes)) }
      for frame in batch where Array(frame.bytes[6..<12]) == Places.device(frame.arm).octets {
        received.append(frame)
        if let reply = Self.neighborReply(to: frame) {
          try link.send([reply], at: frame.arm)
        } else if isAnswer(frame.bytes) {
          answers.append(frame)
        }
      }
    }
    return answers
  }

  private func isAnswer(_ frame: [UInt8]) -> Bool {
    let dissection = Dissection(frame)
    if dissection.layer(.arp) != nil { return seesAdvertisements }
    let isAdvertisement =
      dissection.layer(.icmpv4)?.number("type") == 9 || dissection.layer(.icmpv6)?.number("type") == 134
    if isAdvertisement, !seesAdvertisements { return false }
    return dissection.layer(.icmpv6)?.number("type") != 135
  }

  /// Answers for whoever is asked for, if somebody has the address.
  private static func neighborReply(to frame: ArmFrame) -> [UInt8]? {
    let dissection = Dissection(frame.bytes)
    let device = Places.device(frame.arm)
    if let arp = dissection.layer(.arp), arp.number("operation") == 1,
      case .ipv4(let wanted)? = arp.value(of: "target-ip"), case .ipv4(let asker)? = arp.value(of: "sender-ip"),
      let mac = Places.mac(of: wanted, frame.arm)
    {
      return device.octets + mac.octets + [8, 6, 0, 1, 8, 0, 6, 4, 0, 2] + mac.octets + wanted.octets
        + device.octets + asker.octets
    }
    guard let icmp = dissection.layer(.icmpv6), icmp.number("type") == 135,
      case .ipv6(let wanted)? = icmp.value(of: "target"), let mac = Places.mac(of: wanted, frame.arm),
      case .ipv6(let asker)? = dissection.layer(.ipv6)?.value(of: "source")
    else { return nil }
    let ip: [String: FieldSetting] = [
      "source": .given(.ipv6(wanted)), "destination": .given(.ipv6(asker)), "hop-limit": .given(.number(255)),
    ]
    let advertisement: [String: FieldSetting] = [
      "type": .given(.number(136)), "solicited": .given(.number(1)), "override": .given(.number(1)),
      "target": .given(.ipv6(wanted)),
    ]
    let packet = PacketTemplate([
      LayerTemplate(.ethernet, fields: ["source": .given(.mac(mac)), "destination": .given(.mac(device))]),
      LayerTemplate(.ipv6, fields: ip), LayerTemplate(.icmpv6, fields: advertisement),
      LayerTemplate(.ndpOptions, lists: ["options": [.literal(type: 2, data: mac.octets)]]),
    ])
    return try? packet.encode().bytes
  }
}
