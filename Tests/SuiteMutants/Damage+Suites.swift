import Craft
import Wire

/// Things that suites can have: lists, packets made of each other, aliases, variables, steps.
extension Damage {
  /// A list of elements in a layer that has one.
  func addElements(to pairs: inout [(key: String, value: Tree)], _ generator: inout SplitMix64) {
    let here = Hostile.elements.filter { entry in pairs.contains { $0.key == entry.layer } }
    guard let entry = (here.isEmpty ? Hostile.elements : here).randomElement(using: &generator) else {
      return
    }
    let count = [1, 2, 5, 40].randomElement(using: &generator) ?? 1
    let elements = Tree.list((0..<count).map { _ in Hostile.element(of: entry.list, &generator) })
    guard let place = pairs.firstIndex(where: { $0.key == entry.layer }) else {
      pairs.append((key: entry.key, value: elements))
      return
    }
    if entry.list.isLayer {
      pairs[place].value = elements
    } else {
      if pairs[place].value.pairs == nil { pairs[place].value = .mapping([]) }
      pairs[place].value[entry.key] = elements
    }
  }

  /// Named packets that are made of each other, in a circle or not.
  func addPackets(to document: inout Tree, _ generator: inout SplitMix64) {
    let kind = Bool.random(using: &generator) ? "packets" : "expectations"
    let count = Int.random(in: 1...12, using: &generator)
    let isCircle = Int.random(in: 0..<4, using: &generator) == 0
    var parts: [(key: String, value: Tree)] = []
    for number in 0..<count {
      var layers = [nodes.randomElement(using: &generator) ?? .scalar("ipv4"), .scalar("ipv4")].suffix(
        Int.random(in: 1...2, using: &generator)
      )
      let base = number > 0 ? number - 1 : isCircle ? count - 1 : nil
      if let base {
        let part = Tree.mapping([(key: "packet", value: .scalar("p\(base)"))])
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
          switch Int.random(in: 0..<3, using: &generator) {
          case 0: layers.append(part)
          case 1: layers.append(.mapping([(key: "quote", value: part)]))
          default:
            layers.append(
              .mapping([
                (key: "packet", value: .scalar("p\(base)")),
                (
                  key: "with", value: .list([nodes.randomElement(using: &generator) ?? .scalar("udp"), part])
                ),
              ])
            )
          }
        }
      }
      parts.append((key: "p\(number)", value: .list(Array(layers))))
    }
    document[kind] = .mapping(parts)
    let step = Tree.mapping([
      (key: kind == "packets" ? "send" : "expect", value: .scalar("p\(count - 1)"))
    ])
    add(step, to: &document, &generator)
    if Int.random(in: 0..<3, using: &generator) == 0 {
      document["include"] = .list(
        ["a.yaml", "b.yaml", "mutant.yaml", "none.yaml"].shuffled(using: &generator).map { .scalar($0) }
      )
    }
  }

  /// Nodes that stand in several places by reference, also within themselves.
  func addAliases(to document: inout Tree, _ generator: inout SplitMix64) {
    let count = document.count
    for level in 0..<Int.random(in: 1...5, using: &generator) {
      document.change(at: Int.random(in: 0..<count, using: &generator)) { $0 = .anchor("n\(level)", $0) }
      for _ in 0..<Int.random(in: 0...3, using: &generator) {
        document.change(at: Int.random(in: 0..<document.count, using: &generator)) { node in
          let copies = [1, 1, 1, 9].randomElement(using: &generator) ?? 1
          let alias = Tree.alias("n\(Int.random(in: 0...level, using: &generator))")
          node = copies == 1 ? alias : .list(Array(repeating: alias, count: copies))
        }
      }
    }
  }

  /// Variables with very many, or strange, values.
  func addVariables(to document: inout Tree, _ generator: inout SplitMix64) {
    let axes = (0..<Int.random(in: 1...6, using: &generator)).map { number -> (key: String, value: Tree) in
      let values = (0..<Int.random(in: 0...6, using: &generator)).map { _ in Hostile.value(&generator) }
      return (
        key: ["a", "b", "type", "length", "zip", "except", "v\(number)"].randomElement(using: &generator)
          ?? "a", value: .list(values)
      )
    }
    let vary = Bool.random(using: &generator) ? Tree.mapping(axes) : .list(axes.map { .mapping([$0]) })
    changeCase(of: &document, &generator) { $0["vary"] = vary }
  }

  /// A step of some kind, with values from everywhere.
  func addStep(to document: inout Tree, _ generator: inout SplitMix64) {
    let conversation =
      ["tcp-connect", "tcp-exchange", "tcp-close", "udp-exchange"].randomElement(using: &generator) ?? ""
    let parts = ["as", "on", "port", "to", "from", "mss", "expect", "data", "acknowledge", "how", "within"]
      .shuffled(using: &generator).prefix(Int.random(in: 0...5, using: &generator))
    var inner = parts.map { (key: $0, value: Hostile.value(&generator)) }
    inner += [(key: conversation == "tcp-connect" ? "as" : "on", value: .scalar("conn"))]
    inner += [(key: "port", value: .scalar("7"))]
    var seen: Set<String> = []
    inner = inner.reversed().filter { seen.insert($0.key).inserted }
    let keys = [
      "repeat", "every", "truncate", "pad", "corrupt", "fragment", "fragments", "times", "record", "within",
    ]
    let (key, value) =
      [
        (conversation, Tree.mapping(inner)),
        ("send", .list([nodes.randomElement(using: &generator) ?? .scalar("ipv4"), .scalar("icmpv4")])),
        (
          "expect",
          .mapping([(key: "any-of", value: .list([nodes.randomElement(using: &generator) ?? .scalar("")]))])
        ),
        (
          "expect",
          .mapping([(key: "sequence", value: .list([.list([.scalar("ipv4")]), .list([.scalar("ipv6")])]))])
        ),
      ].randomElement(using: &generator) ?? ("send", .scalar(""))
    var step = [(key: key, value: value)]
    for _ in 0..<Int.random(in: 0...2, using: &generator) {
      let key = keys.randomElement(using: &generator) ?? "pad"
      step.append(
        (key: key, value: values[key]?.randomElement(using: &generator) ?? Hostile.value(&generator))
      )
    }
    add(.mapping(step), to: &document, &generator)
  }

  private func add(_ step: Tree, to document: inout Tree, _ generator: inout SplitMix64) {
    let place = ["steps", "steps", "steps", "setup", "cleanup"].randomElement(using: &generator) ?? "steps"
    let share = Double.random(in: 0...1, using: &generator)
    changeCase(of: &document, &generator) { testCase in
      var steps = testCase[place]?.items ?? []
      steps.insert(step, at: Int(share * Double(steps.count)))
      testCase[place] = .list(steps)
    }
  }

  private func changeCase(
    of document: inout Tree,
    _ generator: inout SplitMix64,
    _ body: (inout Tree) -> Void
  ) {
    guard var cases = document["cases"]?.items, let place = cases.indices.randomElement(using: &generator)
    else {
      return
    }
    body(&cases[place])
    document["cases"] = .list(cases)
  }
}
