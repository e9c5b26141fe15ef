extension Grammar {
  /// What a value looks like.
  package indirect enum Shape: Sendable {
    /// A word, a number or a text.
    case scalar(Scalar)
    /// One of these words.
    case choice([String])
    /// One of several shapes.
    case either([Shape])
    /// A list with at least so many items.
    case list(Shape, least: Int)
    /// A mapping whose keys the author chooses, at least and at most so many.
    case freeKeys(Shape, least: Int, most: Int?)
    /// A mapping of the table.
    case keys(@Sendable () -> Mapping)
    /// A shape that has a name.
    case named(@Sendable () -> Phrase)
    /// Nothing at all: `key:`.
    case empty

    /// A list of at least one item.
    static func list(of item: Shape) -> Shape { .list(item, least: 1) }
    /// A mapping whose keys the author chooses.
    static func freeKeys(_ value: Shape) -> Shape { .freeKeys(value, least: 0, most: nil) }
    /// One item alone, or a list of them.
    static func oneOrList(of item: Shape) -> Shape { .either([item, .list(item, least: 1)]) }
    /// A mapping of the table; it may contain itself.
    static func mapping(_ mapping: @autoclosure @escaping @Sendable () -> Mapping) -> Shape { .keys(mapping) }
    /// A shape that has a name; it may contain itself.
    static func phrase(_ phrase: @autoclosure @escaping @Sendable () -> Phrase) -> Shape { .named(phrase) }
    /// The words of an enumeration.
    static func choice<Word: RawRepresentable & CaseIterable>(
      of type: Word.Type
    ) -> Shape where Word.RawValue == String {
      .choice(type.allCases.map(\.rawValue))
    }

    /// Any text.
    static var text: Shape { .scalar(.text) }
    /// A number, a name, a variable, arithmetic.
    static var expression: Shape { .scalar(.expression) }
    /// A whole number.
    static var number: Shape { .scalar(.number) }
    /// A time with its unit.
    static var duration: Shape { .scalar(.duration) }
    /// A time with its unit, or a variable.
    static var time: Shape { .either([.scalar(.duration), .expression]) }
  }
}

extension Grammar.Shape {
  /// The shapes of which a value has one; most often the shape alone.
  var forms: [Grammar.Shape] { if case .either(let forms) = self { forms.flatMap(\.forms) } else { [self] } }

  /// The first mapping of the table among its forms.
  var mapping: Grammar.Mapping? {
    forms.lazy.compactMap { form in if case .keys(let mapping) = form { mapping() } else { nil } }.first
  }
}
