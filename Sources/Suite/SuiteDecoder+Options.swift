internal import Wire

extension SuiteDecoder {
  /// Arguments of the options that have a name, by layer.
  ///
  /// An empty list means no argument, `value` a single unnamed one, `list` a list of addresses.
  static func optionArguments(of kind: LayerKind) -> [String: [String]] {
    switch kind {
    case .ipv4:
      [
        "nop": [], "end": [], "router-alert": ["value"], "record-route": ["slots", "pointer", "length"],
        "timestamp": ["flag", "slots", "pointer", "overflow", "length"], "lsrr": ["list", "pointer"],
        "ssrr": ["list", "pointer"], "stream-id": ["value"],
      ]
    case .hopByHop, .destinationOptions:
      ["pad1": [], "padn": ["value"], "router-alert": ["value"], "jumbo": ["value"]]
    case .ndpOptions:
      ["source-link-layer": ["value"], "target-link-layer": ["value"], "mtu": ["value"], "nonce": ["value"]]
    default:
      [:]
    }
  }

  mutating func options(_ tree: YAMLTree, of kind: LayerKind) -> [OptionSpecification] {
    guard let items = tree.sequence else {
      reader.error(at: tree.position, "options must be a list, not \(tree.kindName)")
      return []
    }
    return items.compactMap { option($0, of: kind) }
  }

  private mutating func option(_ tree: YAMLTree, of kind: LayerKind) -> OptionSpecification? {
    let table = Self.optionArguments(of: kind)
    var option = OptionSpecification(name: "", position: tree.position, arguments: [:], list: [])
    if let pairs = tree.mapping, pairs.contains(where: { $0.key.value == "type" }) {
      let entries = reader.entries(tree, of: "an option", keys: ["type", "length", "data"])
      option.name = "type"
      for (name, entry) in entries {
        option.arguments[name] = expression(entry.value, "'\(name)'")
      }
      return option
    }
    guard let name = tree.scalar ?? tree.mapping?.first?.key.value, let arguments = table[name] else {
      let found = tree.scalar ?? tree.mapping?.first?.key.value ?? tree.kindName
      let hint = reader.hint(for: found, among: table.keys.sorted() + ["{ type: N, data: hex }"])
      reader.error(at: tree.position, "unknown option '\(found)' of \(kind)\(hint)")
      return nil
    }
    option.name = name
    guard let pairs = tree.mapping, let value = pairs.first?.value else { return option }
    if pairs.count > 1 {
      let second = pairs[1].key
      reader.error(at: second.position, "an option is one key; put '\(second.value)' into an item of its own")
    }
    if let items = value.sequence, arguments.contains("list") {
      option.list = items.compactMap { expression($0, "an address") }
    } else if value.scalar != nil, arguments.contains("value") {
      option.arguments["value"] = expression(value, "the value of '\(name)'")
    } else if value.mapping == nil || arguments.allSatisfy({ $0 == "value" }) {
      let wanted =
        if arguments.contains("list") {
          "a list of addresses"
        } else {
          arguments.isEmpty ? "no value" : arguments == ["value"] ? "one value" : "a mapping"
        }
      reader.error(at: value.position, "'\(name)' takes \(wanted), not \(value.kindName)")
    } else {
      let keys =
        arguments.filter { $0 != "value" && $0 != "list" } + (arguments.contains("list") ? ["addresses"] : [])
      for (key, entry) in reader.entries(value, of: "'\(name)'", keys: keys) {
        if key == "addresses" {
          option.list = (entry.value.sequence ?? [entry.value]).compactMap { expression($0, "an address") }
        } else {
          option.arguments[key] = expression(entry.value, "'\(key)'")
        }
      }
    }
    return option
  }
}
