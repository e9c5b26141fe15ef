internal import Wire

extension Fragmenter {
  /// Prepares an encoded packet for cutting; nil if it holds no IP header.
  init?(_ packet: EncodedPacket, identification: UInt32, checksum: FieldSetting?) {
    let start = packet.networkOffset
    guard let network = packet.spans.first(where: { $0.kind == .ipv4 || $0.kind == .ipv6 }) else {
      return nil
    }
    link = Array(packet.bytes[..<start])
    self.packet = Array(packet.network)
    trailer = Array(packet.bytes[packet.network.endIndex...])
    isIPv6 = network.kind == .ipv6
    var end = network.range.upperBound
    var nextHeader = network.range.lowerBound + 6
    if isIPv6 {
      // Hop-by-hop and routing headers stay in front of every fragment [RFC 8200 4.5].
      for span in packet.spans.drop(while: { $0.kind != .ipv6 }).dropFirst() {
        guard span.kind == .hopByHop || span.kind == .routing else { break }
        nextHeader = span.range.lowerBound
        end = span.range.upperBound
      }
    }
    headerLength = end - start
    nextHeaderOffset = nextHeader - start
    self.identification = identification
    self.checksum = checksum
  }
}
