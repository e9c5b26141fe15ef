public import Suite

/// The fates of all types and codes of one slice.
public struct FateMap: Hashable, Sendable {
  /// The distinct fates, in the order in which they came up.
  public private(set) var fates: [Fate] = []
  /// For each kind the place of its fate plus one; 0: it wasn't asked.
  private var grid = KindGrid()
  private var places: [Fate: UInt16] = [:]

  /// Nothing was asked.
  public init() {}

  /// The fate of a kind; nil: it wasn't asked.
  public subscript(_ kind: MessageKind) -> Fate? {
    get {
      let number = grid.numbers[kind.number]
      return number == 0 ? nil : fates[Int(number) - 1]
    }
    set { grid.numbers[kind.number] = newValue.map { number(of: $0) } ?? 0 }
  }

  private mutating func number(of fate: Fate) -> UInt16 {
    if let known = places[fate] { return known }
    // There are never more fates than kinds.
    fates.append(fate)
    let number = UInt16(truncatingIfNeeded: fates.count)
    places[fate] = number
    return number
  }

  /// How many kinds were asked.
  public var askedCount: Int { grid.numbers.count { $0 != 0 } }

  /// How many kinds have each fate, the most frequent first.
  public var counts: [(fate: Fate, count: Int)] {
    var numbers = [Int](repeating: 0, count: fates.count + 1)
    for number in grid.numbers { numbers[Int(number)] += 1 }
    return fates.enumerated().map { (fate: $0.element, count: numbers[$0.offset + 1], place: $0.offset) }
      .filter { $0.count > 0 }
      .sorted { ($1.count, $0.place) < ($0.count, $1.place) }
      .map { (fate: $0.fate, count: $0.count) }
  }

  /// The kinds that were asked, in order, with their fates.
  public var entries: [(kind: MessageKind, fate: Fate)] {
    grid.numbers.enumerated().compactMap { place in
      place.element == 0
        ? nil : (kind: MessageKind(number: UInt16(place.offset)), fate: fates[Int(place.element) - 1])
    }
  }

  /// Rectangles of one fate each that together make the map: runs of codes, over as many types in a row as have the same runs.
  public var ranges: [FateRange] {
    grid.rectangles.map { FateRange(types: $0.types, codes: $0.codes, fate: fates[Int($0.number) - 1]) }
  }

  /// This map, and the fates of another one where it has none.
  public func filled(from other: FateMap) -> FateMap {
    var map = self
    for (kind, fate) in other.entries where map[kind] == nil { map[kind] = fate }
    return map
  }

  /// Whether two maps have the same fates at the same places.
  public static func == (a: FateMap, b: FateMap) -> Bool {
    a.ranges == b.ranges
  }

  /// Feeds the fates.
  public func hash(into hasher: inout Hasher) { hasher.combine(ranges) }
}

/// A rectangle of types and codes that met with one fate.
public struct FateRange: Hashable, Sendable {
  /// The types.
  public var types: ClosedRange<UInt8>
  /// The codes of each.
  public var codes: ClosedRange<UInt8>
  /// Their fate.
  public var fate: Fate

  /// Puts the parts together.
  public init(types: ClosedRange<UInt8>, codes: ClosedRange<UInt8>, fate: Fate) {
    self.types = types
    self.codes = codes
    self.fate = fate
  }

  /// How many kinds it has.
  public var count: Int { types.count * codes.count }

  /// `3/0-15`, `5/*`, `44-255/*`.
  public var label: String { KindText.label(types, codes) }
}

/// How types and codes are written.
public enum KindText {
  /// `3/0-15`, `5/*`, `44-255/*`.
  public static func label(_ types: ClosedRange<UInt8>, _ codes: ClosedRange<UInt8>) -> String {
    "\(bounds(types, whole: false))/\(bounds(codes, whole: true))"
  }

  private static func bounds(_ range: ClosedRange<UInt8>, whole: Bool) -> String {
    if whole, range == 0...255 { return "*" }
    return range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
  }

  /// Kinds as few labels, in order: `3/4, 8/*, 11/0-1`.
  public static func labels(_ kinds: some Sequence<MessageKind>) -> [String] {
    var grid = KindGrid()
    for kind in kinds { grid.numbers[kind.number] = 1 }
    return grid.rectangles.map { label($0.types, $0.codes) }
  }
}
