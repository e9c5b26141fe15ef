extension Trial {
  /// Layers with those of the packets that this trial's variant chooses.
  package func chosen(_ layers: [LayerSpecification]) -> [LayerSpecification] {
    guard layers.contains(where: { $0.choice != nil }) else { return layers }
    return layers.flatMap { layer -> [LayerSpecification] in
      guard let choice = layer.choice else { return [layer] }
      let value = bindings.first { $0.name == choice.variable }?.value ?? ""
      return chosen(choice.layers[value] ?? [])
    }
  }
}
