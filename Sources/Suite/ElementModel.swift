/// A list of a layer: its options, objects, records or addresses.
public struct ListSpecification: Sendable {
  /// The list's key in the table of its layer.
  public var key: String
  /// Its elements in order.
  public var elements: [ElementSpecification]
}

/// One element of a list, by name, by its fields, or by octets.
public struct ElementSpecification: Sendable {
  /// The element's name in its list; empty for one by its numbers, or by octets alone.
  public var name: String
  /// Where it begins in its file.
  public var position: SourcePosition
  /// The fields that are said, in the order of the file.
  public var fields: [(name: String, value: Located<Expression>)]
  /// What follows the fields, by key, in the order of the file.
  public var parts: [(key: String, value: PartSpecification)]
  /// Octets that are kept of it.
  public var truncate: Located<Expression>?
}

/// What follows the fields of an element.
public enum PartSpecification: Sendable {
  case entries([EntrySpecification])
  /// So many entries or octets in all, zeros behind those that are given.
  case fill(Located<Expression>)
  case octets(DataSpecification)
  case names([Located<Expression>])
  /// A packet, as in a `quote` layer.
  case packet(LayerSpecification)
}

/// One entry of a part: the fields that are said, in the order of the file.
public struct EntrySpecification: Sendable {
  /// Where it begins in its file.
  public var position: SourcePosition
  /// The fields that are said.
  public var fields: [(name: String, value: Located<Expression>)]
}

/// What must be seen of a list.
public struct ListPattern: Sendable {
  /// What the list must be.
  public enum Demand: Sendable {
    /// Not a single octet of it.
    case absent
    /// At least one element.
    case present
    /// These elements in this order, others before, between and behind them are don't-care.
    case elements([ElementPattern])
  }

  /// The list's key in the table of its layer.
  public var key: String
  /// Where it begins in its file.
  public var position: SourcePosition
  /// What the list must be.
  public var demand: Demand
  /// How many elements there must be, padding not counted.
  public var count: Located<ValuePattern>?
}

/// A pattern over one element.
public struct ElementPattern: Sendable {
  /// The element's name in its list; empty for one by its numbers.
  public var name: String
  /// Where it begins in its file.
  public var position: SourcePosition
  /// The fields named, in the order of the file; others are don't-care.
  public var fields: [(name: String, pattern: ValuePattern, position: SourcePosition)]
  /// The parts named, in the order of the file; others are don't-care.
  public var parts: [(key: String, pattern: PartPattern, position: SourcePosition)]
}

/// A pattern over a part of an element.
public enum PartPattern: Sendable {
  case absent
  case present
  /// These entries and no others, or as the first ones.
  case entries([EntryPattern], areFirst: Bool)
  /// So many entries.
  case count(ValuePattern)
  case octets(DataPattern)
  case names([Located<Expression>])
}

/// A pattern over one entry of a part.
public struct EntryPattern: Sendable {
  /// Where it begins in its file.
  public var position: SourcePosition
  /// The fields named, in the order of the file; others are don't-care.
  public var fields: [(name: String, pattern: ValuePattern, position: SourcePosition)]
}
