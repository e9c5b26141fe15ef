/// Packets, expectations and defaults that a suite names once and uses often, its own and those of included files.
///
/// They stay trees until they are used: their variables mean what they mean at that place.
struct SharedParts {
  /// A named list of layers.
  struct Part {
    var tree: YAMLTree
    var position: SourcePosition
    /// Whether it comes from an included file, which serves other suites as well.
    var isIncluded: Bool
    var isUsed = false
  }

  /// What a name stands for.
  enum Kind: String {
    case packet, expectation

    /// The key under which a file has them.
    var key: String { self == .packet ? "packets" : "expectations" }
  }

  private var parts: [Kind: [String: Part]] = [.packet: [:], .expectation: [:]]
  /// Keys of layers that stand in every packet of their kind unless it says otherwise.
  var defaults: [Kind: [String: [(key: Located<String>, value: YAMLTree)]]] = [
    .packet: [:], .expectation: [:],
  ]
  /// The longest wait of expectations that don't say one.
  var within: TimeSpecification?

  /// The place of an earlier part of that name, if there is one; else the part is kept.
  mutating func add(_ part: Part, _ kind: Kind, named name: String) -> SourcePosition? {
    if let earlier = parts[kind]?[name] { return earlier.position }
    parts[kind]?[name] = part
    return nil
  }

  /// The layers that a name stands for; they count as used.
  mutating func use(_ kind: Kind, _ name: String) -> YAMLTree? {
    parts[kind]?[name]?.isUsed = true
    return parts[kind]?[name]?.tree
  }

  /// All names of a kind, in order.
  func names(of kind: Kind) -> [String] { (parts[kind] ?? [:]).keys.sorted() }

  /// Parts of the suite's own file that nothing uses, in order of their names.
  var unused: [(kind: Kind, name: String, position: SourcePosition)] {
    [Kind.packet, .expectation].flatMap { kind in
      (parts[kind] ?? [:]).filter { !$0.value.isUsed && !$0.value.isIncluded }
        .sorted { $0.key < $1.key }.map { (kind, $0.key, $0.value.position) }
    }
  }
}
