import Craft

/// Damages documents: keys swapped, doubled and lost, values replaced, nodes that refer to each other.
struct Damage {
  /// The values of each key in all bundled suites, and all nodes of them.
  private(set) var values: [String: [Tree]] = [:]
  private(set) var nodes: [Tree] = []
  private let keys: [String]

  init(_ documents: [Tree]) {
    var values: [String: [Tree]] = [:]
    var nodes: [Tree] = []
    func visit(_ tree: Tree) {
      if nodes.count < 20_000, tree.count < 60 { nodes.append(tree) }
      for pair in tree.pairs ?? [] where pair.key != "cases" {
        values[pair.key, default: []].append(pair.value)
      }
      tree.children.forEach(visit)
    }
    documents.forEach(visit)
    keys = values.keys.sorted() + Hostile.keys
    self.values = values
    self.nodes = nodes
  }

  /// One change somewhere in a document.
  func change(_ document: inout Tree, _ generator: inout SplitMix64) {
    switch Int.random(in: 0..<16, using: &generator) {
    case 0: addPackets(to: &document, &generator)
    case 1: addAliases(to: &document, &generator)
    case 2: addVariables(to: &document, &generator)
    case 3: addStep(to: &document, &generator)
    default:
      let place = Int.random(in: 0..<document.count, using: &generator)
      document.change(at: place) { damage(&$0, &generator) }
    }
  }

  /// A change after which the document is likely to be a suite still: a key says what it says elsewhere.
  func changeGently(_ document: inout Tree, _ generator: inout SplitMix64) {
    for _ in 0..<20 {
      let place = Int.random(in: 0..<document.count, using: &generator)
      var isDone = false
      document.change(at: place) { node in
        guard case .mapping(var pairs) = node, let place = pairs.indices.randomElement(using: &generator)
        else {
          return
        }
        let key = pairs[place].key
        guard !Self.names.contains(key) else { return }
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: addElements(to: &pairs, &generator)
        case 1...5: pairs[place].value = values[key]?.randomElement(using: &generator) ?? .scalar("1")
        default:
          if pairs[place].value.items == nil { pairs[place].value = .scalar(Hostile.scalar(&generator)) }
        }
        node = .mapping(pairs)
        isDone = true
      }
      if isDone { return }
    }
  }

  /// Keys whose values other parts of a file rely on.
  private static let names: Set<String> = ["suite", "id", "vary", "as", "requirement", "packets", "defaults"]

  private func damage(_ node: inout Tree, _ generator: inout SplitMix64) {
    switch node {
    case .mapping(var pairs) where !pairs.isEmpty:
      damage(&pairs, &generator)
      node = .mapping(pairs)
    case .list(var items):
      let place = items.isEmpty ? 0 : Int.random(in: 0..<items.count, using: &generator)
      switch Int.random(in: 0..<6, using: &generator) {
      case 0 where !items.isEmpty: items.remove(at: place)
      case 1 where !items.isEmpty:
        let copies = [1, 2, 30, 600].randomElement(using: &generator) ?? 1
        items.insert(contentsOf: Array(repeating: items[place], count: copies), at: place)
      case 2: items.shuffle(using: &generator)
      case 3: items.insert(nodes.randomElement(using: &generator) ?? .scalar(""), at: place)
      case 4: items.insert(Hostile.value(&generator), at: place)
      default: items = []
      }
      node = .list(items)
    default: node = replacement(&generator)
    }
  }

  private func damage(_ pairs: inout [(key: String, value: Tree)], _ generator: inout SplitMix64) {
    let place = Int.random(in: 0..<pairs.count, using: &generator)
    let other = Int.random(in: 0..<pairs.count, using: &generator)
    let key = pairs[place].key
    switch Int.random(in: 0..<12, using: &generator) {
    case 0: (pairs[place].value, pairs[other].value) = (pairs[other].value, pairs[place].value)
    case 1: pairs.append(pairs[place])
    case 2: pairs.remove(at: place)
    case 3: pairs[place].key = keys.randomElement(using: &generator) ?? ""
    case 4:
      let key = keys.randomElement(using: &generator) ?? ""
      pairs.append(
        (key: key, value: values[key]?.randomElement(using: &generator) ?? Hostile.value(&generator))
      )
    case 5: addElements(to: &pairs, &generator)
    case 6...9:
      // What the key says elsewhere is often right, and goes on to be crafted.
      pairs[place].value = values[key]?.randomElement(using: &generator) ?? replacement(&generator)
    default: pairs[place].value = replacement(&generator)
    }
  }

  private func replacement(_ generator: inout SplitMix64) -> Tree {
    switch Int.random(in: 0..<12, using: &generator) {
    case 0: nodes.randomElement(using: &generator) ?? .scalar("")
    case 1: Hostile.nest(&generator)
    case 2: .list([])
    case 3: .mapping([])
    default: Hostile.value(&generator)
    }
  }
}
