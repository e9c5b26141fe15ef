internal import Wire

/// Packets whose names are values of `vary`.
extension SuiteDecoder {
  /// Packets that variables name may hold others of the kind, so deep.
  private static let choiceNesting = 4

  /// The layers of the packet that a variable of `vary` names, for each of its values; `nothing` is no layer at all.
  mutating func choice(
    of variable: Located<String>,
    in tree: YAMLTree,
    isQuoted: Bool
  ) -> LayerSpecification? {
    note([variable.value], at: variable.position)
    guard let values = axisValues[variable.value] else {
      if knownVariables.contains(variable.value) {
        reader.error(
          at: variable.position,
          "'$\(variable.value)' names no packet: only a variable of 'vary' can"
        )
      }
      return nil
    }
    guard choiceDepth < Self.choiceNesting else {
      reader.error(
        at: variable.position,
        "packets that '$\(variable.value)' names choose others too deep, or in a circle"
      )
      stopUnfolding()
      return nil
    }
    choiceDepth += 1
    defer { choiceDepth -= 1 }
    var options: [String: [LayerSpecification]] = [:]
    for value in values.sorted() {
      options[value] = value == "nothing" ? [] : layers(tree.naming(value), isQuoted: isQuoted)
    }
    var layer = LayerSpecification(LayerKind(rawValue: "packet"), at: tree.position)
    layer.choice = LayerChoice(variable: variable.value, layers: options)
    return layer
  }
}

extension YAMLTree {
  /// The variable that names a packet: `$x`, or `packet: $x`.
  var packetVariable: Located<String>? {
    let reference = mapping?.first { $0.key.value == "packet" }?.value ?? self
    guard let text = reference.scalar, text.hasPrefix("$"), text.count > 1 else { return nil }
    return Located(String(text.dropFirst()), at: reference.position)
  }

  /// The same with a packet's name in place of the variable.
  fileprivate func naming(_ name: String) -> YAMLTree {
    guard let pairs = mapping else { return YAMLTree(content: .scalar(name), position: position) }
    let entries = pairs.map { key, value in
      Entry(
        key: key,
        value: key.value == "packet" ? YAMLTree(content: .scalar(name), position: value.position) : value
      )
    }
    return YAMLTree(content: .mapping(entries), position: position)
  }
}
