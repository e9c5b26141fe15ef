/// Steps that talk with a service of the target.
extension SuiteDecoder {
  mutating func connection(_ tree: YAMLTree) -> ConnectionSpecification? {
    let entries = parts(tree, .tcpConnect)
    guard let name = entries["as"].flatMap({ packetName($0.value) }),
      let port = entries["port"].flatMap({ expression($0.value, "'port'") })
    else { return nil }
    connections.insert(name)
    return ConnectionSpecification(
      name: name,
      port: port,
      to: entries["to"].flatMap { expression($0.value, "'to'") },
      from: entries["from"].flatMap { expression($0.value, "'from'") },
      mss: entries["mss"].flatMap { expression($0.value, "'mss'") },
      expected: entries["expect"].flatMap {
        reader.choice($0.value, "what may come of it", as: ConnectionSpecification.Outcome.self)
      },
      within: entries["within"].flatMap { reader.duration($0.value, "'within'") }
    )
  }

  mutating func exchange(_ tree: YAMLTree) -> ExchangeSpecification? {
    let entries = parts(tree, .tcpExchange)
    guard let connection = entries["on"].flatMap({ connectionName($0.value) }) else { return nil }
    let data = entries["data"].flatMap { octets($0.value) }
    var expected = data == nil ? ExchangeSpecification.Outcome.nothing : .acknowledged
    if let entry = entries["expect"] {
      switch entry.value.scalar {
      case "acknowledged": expected = .acknowledged
      case "echo": expected = .echo
      case let word? where !word.hasPrefix("$"):
        // A slip in a word must not be taken for data.
        let hint = reader.hint(for: word, among: ["acknowledged", "echo"])
        reader.error(
          at: entry.value.position,
          "'\(word.prefix(60))' is nothing to expect\(hint); data is written { text: … }"
        )
      default: octets(entry.value).map { expected = .octets($0) }
      }
      if data == nil, ["acknowledged", "echo"].contains(entry.value.scalar) {
        reader.error(
          at: entry.value.position,
          "'\(entry.value.scalar ?? "")' is no answer where no 'data' is sent"
        )
      }
    }
    var acknowledges: Bool?
    if let entry = entries["acknowledge"] {
      acknowledges = ["true": true, "false": false][entry.value.scalar ?? ""]
      if acknowledges == nil { reader.error(at: entry.value.position, "'acknowledge' is true or false") }
    }
    if entries["data"] == nil, entries["expect"] == nil, entries["acknowledge"] == nil {
      reader.error(at: tree.position, "an exchange sends 'data', or has something to 'expect'")
    }
    return ExchangeSpecification(
      connection: connection,
      data: data,
      expected: expected,
      acknowledges: acknowledges,
      within: entries["within"].flatMap { reader.duration($0.value, "'within'") }
    )
  }

  mutating func close(_ tree: YAMLTree) -> CloseSpecification? {
    let entries = parts(tree, .tcpClose)
    guard let connection = entries["on"].flatMap({ connectionName($0.value) }) else { return nil }
    let how = entries["how"].flatMap { reader.choice($0.value, "an end", as: ConnectionEnd.self) }
    return CloseSpecification(
      connection: connection,
      how: how ?? .fin,
      within: entries["within"].flatMap { reader.duration($0.value, "'within'") }
    )
  }

  mutating func datagram(_ tree: YAMLTree) -> DatagramExchange? {
    let entries = parts(tree, .udpExchange)
    guard let port = entries["port"].flatMap({ expression($0.value, "'port'") }) else { return nil }
    let data = entries["data"].flatMap { octets($0.value) }
    return DatagramExchange(
      port: port,
      to: entries["to"].flatMap { expression($0.value, "'to'") },
      from: entries["from"].flatMap { expression($0.value, "'from'") },
      data: data ?? .text("assay"),
      name: entries["as"].flatMap { packetName($0.value) },
      within: entries["within"].flatMap { reader.duration($0.value, "'within'") }
    )
  }

  /// The keys inside of `tcp-connect: { … }` and its like.
  private mutating func parts(
    _ tree: YAMLTree,
    _ step: Grammar.Mapping
  ) -> [String: (key: Located<String>, value: YAMLTree)] {
    guard let entry = reader.entries(tree, step)[step.stepWord],
      let parts = step.keys.first?.shape.mapping
    else { return [:] }
    return reader.entries(entry.value, parts)
  }

  /// Octets as in a `data` layer, or simply a text.
  private mutating func octets(_ tree: YAMLTree) -> DataSpecification? {
    if let text = tree.scalar, !text.hasPrefix("$") { return .text(text) }
    return data(tree)
  }

  private mutating func connectionName(_ tree: YAMLTree) -> String? {
    guard let name = reader.text(tree, "'on'") else { return nil }
    guard connections.contains(name) else {
      let hint = reader.hint(for: name, among: connections.sorted())
      reader.error(at: tree.position, "no connection '\(name)' was opened before\(hint)")
      return nil
    }
    return name
  }
}
