/// What files for Assay may say: every mapping, its keys and the shapes of their values, as one table.
///
/// The decoder takes its key lists from it, `assay schema` writes it as JSON Schema and as reference. A new key is one
/// row in `Grammar+….swift` and its decoding in `SuiteDecoder+….swift`; a new mapping is one static constant, reached
/// from a row with `.mapping(.name)`. Layers, fields and options come from the protocol tables of `Wire`.
package enum Grammar {
  /// One key of a mapping.
  package struct Key: Sendable {
    /// The key as written.
    package let name: String
    /// What its value looks like.
    package let shape: Shape
    /// Whether the mapping must have it.
    package let isRequired: Bool
    /// One line, shown by editors and in the reference.
    package let summary: String
    /// A value as one would write it; nil where the shape says it all.
    package let example: String?
    /// A key without which this one makes no sense, and what that one tells.
    package let needs: (key: String, why: String)?
    /// A key which can't stand beside this one.
    package let excludes: String?

    init(
      _ name: String,
      _ shape: Shape,
      required: Bool = false,
      _ summary: String,
      example: String? = nil,
      needs: (key: String, why: String)? = nil,
      excludes: String? = nil
    ) {
      self.name = name
      self.shape = shape
      self.isRequired = required
      self.summary = summary
      self.example = example
      self.needs = needs
      self.excludes = excludes
    }
  }

  /// A mapping: which keys it has.
  package final class Mapping: Sendable {
    /// Its name in the JSON Schema and the reference, for example `fragment-rule`.
    package let name: String
    /// What it is called in messages, for example `'send'` or `an alternative`.
    package let title: String
    /// One line, shown in the reference.
    package let summary: String
    /// Its keys in the order of the reference; of a step, the first one says which step it is.
    package let keys: [Key]
    /// Keys of which exactly one must be there; empty: no such rule.
    package let exactlyOne: [String]
    /// What is said when none or several of `exactlyOne` are there; nil for words made of the names.
    package let otherwise: String?
    /// What values of keys that the author chooses look like; nil where there are no such keys.
    package let others: Shape?
    /// The layer whose fields or options these are; nil for other mappings.
    package let layer: String?

    private let places: [String: Int]

    init(
      _ name: String,
      title: String,
      _ summary: String,
      exactlyOne: [String] = [],
      otherwise: String? = nil,
      others: Shape? = nil,
      layer: String? = nil,
      _ keys: [Key]
    ) {
      self.name = name
      self.title = title
      self.summary = summary
      self.keys = keys
      self.exactlyOne = exactlyOne
      self.otherwise = otherwise
      self.others = others
      self.layer = layer
      self.places = Dictionary(
        keys.enumerated().map { ($1.name, $0) },
        uniquingKeysWith: { first, _ in first }
      )
    }

    /// A mapping of one key, whichever.
    convenience init(
      oneOf name: String,
      title: String,
      _ summary: String,
      layer: String? = nil,
      _ keys: [Key]
    ) {
      self.init(name, title: title, summary, exactlyOne: keys.map(\.name), layer: layer, keys)
    }

    /// The key of that name.
    package subscript(name: String) -> Key? { places[name].map { keys[$0] } }

    /// The names of its keys.
    package var names: [String] { keys.map(\.name) }
  }

  /// A shape with a name of its own, because it stands in many places or within itself.
  package final class Phrase: Sendable {
    /// Its name in the JSON Schema and the reference, for example `packet`.
    package let name: String
    /// One line, shown in the reference.
    package let summary: String
    /// What it looks like.
    package let shape: Shape

    init(_ name: String, _ summary: String, _ shape: Shape) {
      self.name = name
      self.summary = summary
      self.shape = shape
    }
  }
}
