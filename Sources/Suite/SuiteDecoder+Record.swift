internal import Wire

extension SuiteDecoder {
  /// What can be measured besides the fields of layers, by subject.
  private static let measurableLengths = Dictionary(
    Grammar.measurements.compactMap { $0.name.components(around: ".") }.map { ($0, [$1]) },
    uniquingKeysWith: +
  )

  /// Decodes `record`: one measurement or a list, such as `[ipv4.ttl, quoted.length, answer.delay]`.
  mutating func measurements(_ tree: YAMLTree) -> [Measurement] {
    reader.texts(tree, "a measurement such as ipv4.ttl").compactMap { word -> Measurement? in
      let parts = word.value.split(separator: ".", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        reader.error(at: word.position, "'\(word.value)' names no layer and field, as ipv4.ttl does")
        return nil
      }
      let definition = Protocols.definition(of: LayerKind(rawValue: parts[0]))
      let properties = Self.measurableLengths[parts[0]] ?? definition?.fields.map(\.name)
      guard let properties, !properties.isEmpty else {
        let subjects = Self.measurableLengths.keys.sorted() + Grammar.Mapping.layer.names
        let hint = reader.hint(for: parts[0], among: subjects)
        reader.error(at: word.position, "'\(parts[0])' can't be measured\(hint)")
        return nil
      }
      guard properties.contains(parts[1]) else {
        let hint = reader.hint(for: parts[1], among: properties)
        reader.error(at: word.position, "'\(parts[0])' has no '\(parts[1])' to measure\(hint)")
        return nil
      }
      return Measurement(subject: parts[0], property: parts[1])
    }
  }
}
