internal import Wire

extension ReferenceDevice {
  /// Answers requests for the own address, and learns from messages that are meant for it [RFC 826].
  mutating func receiveARP(_ message: [UInt8]) {
    guard message.count >= 28, message.number16(0) == 1, message.number16(2) == 0x0800,
      message.octet(4) == 6, message.octet(5) == 4
    else { return }
    let sender = message.ipv4(14)
    let mac = message.mac(8)
    guard message.ipv4(24) == configuration.ipv4, !mac.isMulticast, !mac.isZero, sender != configuration.ipv4
    else { return }
    if sender != .unspecified {
      for packet in neighbors4.learn(sender, mac) { emit(packet, etherType: 0x0800, to: mac) }
    }
    if message.number16(6) == 1 { emitARP(2, to: mac, target: sender, targetMAC: mac) }
  }

  /// Asks all stations who has an address.
  mutating func askFor(_ address: IPv4Address) {
    emitARP(1, to: .broadcast, target: address, targetMAC: MACAddress(rawValue: 0))
  }

  /// Repeats the questions that nobody answered.
  mutating func askAgain4() {
    for question in neighbors4.due(at: now).sorted(by: { $0.address < $1.address }) {
      askFor(question.address)
    }
  }

  private mutating func emitARP(
    _ operation: UInt16,
    to frame: MACAddress,
    target: IPv4Address,
    targetMAC: MACAddress
  ) {
    var message: [UInt8] = [0, 1, 8, 0, 6, 4]
    message.append16(operation)
    message += configuration.mac.octets + configuration.ipv4.octets + targetMAC.octets + target.octets
    emit(message, etherType: 0x0806, to: frame)
  }
}
