/// What must be seen of a list, with all values known.
public struct ListMatcher: Sendable {
  /// What the list must be.
  public enum Demand: Sendable {
    /// Not a single octet of it.
    case absent
    /// At least one element.
    case present
    /// These elements in this order, others before, between and behind them are don't-care.
    case elements([ElementMatcher])
  }

  /// The list's key in the table of its layer.
  public var key: String
  /// What the list must be.
  public var demand: Demand
  /// How many elements there must be, padding not counted.
  public var count: Predicate?
}

/// A pattern over one element, with all values known.
public struct ElementMatcher: Sendable {
  /// The element's name in its list; empty for one by its numbers, or by octets.
  public var name: String
  /// The fields named; others are don't-care.
  public var fields: [FieldMatcher]
  /// The parts named; others are don't-care.
  public var parts: [(key: String, matcher: PartMatcher)]
}

/// A pattern over a part of an element, with all values known.
public enum PartMatcher: Sendable {
  case absent
  case present
  /// These entries and no others, or as the first ones.
  case entries([[FieldMatcher]], areFirst: Bool)
  /// So many entries.
  case count(Predicate)
  case octets(DataMatcher)
  case names([String])
}
