internal import Suite
internal import Wire

extension PacketBuilder {
  /// An earlier packet as an ICMP error quotes it, from its IP header on, with some fields changed.
  func quoted(_ packet: EncodedPacket, edits: [LayerSpecification]) throws(CraftError) -> [LayerTemplate] {
    let octets = Array(packet.network)
    return [LayerTemplate(.raw, body: octets)]
  }
}
