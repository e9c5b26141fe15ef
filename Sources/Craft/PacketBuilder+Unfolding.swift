internal import Suite

extension PacketBuilder {
  /// The most layers of one packet.
  private static let layerLimit = 10_000

  /// The layers as they stand in the packet: those of packets that the variant chooses, and those that stand several times
  /// one behind the other.
  func unfolded(_ layers: [LayerSpecification]) throws(CraftError) -> [LayerSpecification] {
    let layers = resolver.trial.chosen(layers)
    guard layers.contains(where: { $0.count != nil }) else { return layers }
    var result: [LayerSpecification] = []
    for layer in layers {
      var count = 1
      if let times = layer.count { count = try resolver.number(times) }
      guard result.count + count <= Self.layerLimit else {
        throw resolver.invalid(layer.position, "the packet has more than \(Self.layerLimit) layers")
      }
      result += Array(repeating: layer, count: count)
    }
    return result
  }
}
