internal import Link
internal import Wire

/// The frame around a packet.
struct FrameHeader: Hashable {
  var source: MACAddress
  var destination: MACAddress
}

extension ReferenceDevice {
  /// Takes a frame that is for this station.
  mutating func receiveFrame(_ frame: [UInt8]) {
    guard frame.count >= 14 else { return }
    let header = FrameHeader(source: frame.mac(6), destination: frame.mac(0))
    guard header.destination == configuration.mac || header.destination.isMulticast else { return }
    let packet = frame.octets(from: 14)
    switch frame.number16(12) {
    case 0x0800: receiveIPv4(packet, header)
    case 0x0806: receiveARP(packet)
    case 0x86dd: receiveIPv6(packet, header)
    default: return
    }
  }

  /// Puts a packet into a frame of at least 60 octets; the padding is zeros.
  mutating func emit(_ packet: [UInt8], etherType: UInt16, to destination: MACAddress) {
    var frame = destination.octets + configuration.mac.octets
    frame.append16(etherType)
    frame += packet
    frame += [UInt8](repeating: 0, count: max(0, 60 - frame.count))
    output.append(Emission(delay: emissionDelay, frame: frame))
  }
}
