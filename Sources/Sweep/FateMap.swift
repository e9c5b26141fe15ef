/// The fates of all types and codes of one slice.
public struct FateMap: Hashable, Sendable {
  /// The distinct fates, in the order in which they came up.
  public private(set) var fates: [Fate] = []
  /// For each kind the place of its fate, or 255: it wasn't asked.
  private var places = [UInt8](repeating: FateMap.notAsked, count: MessageKind.count)

  private static let notAsked: UInt8 = 255
  /// More distinct fates than this aren't told apart.
  public static let mostFates = 254

  /// Nothing was asked.
  public init() {}

  /// The fate of a kind; nil: it wasn't asked.
  ///
  /// When there are too many distinct fates already, a new one is kept as a conflict.
  public subscript(_ kind: MessageKind) -> Fate? {
    get {
      let place = places[kind.number]
      return place == Self.notAsked ? nil : fates[Int(place)]
    }
    set {
      guard let newValue else {
        places[kind.number] = Self.notAsked
        return
      }
      places[kind.number] = place(of: newValue)
    }
  }

  private mutating func place(of fate: Fate) -> UInt8 {
    if let place = fates.firstIndex(of: fate) { return UInt8(place) }
    if fates.count >= Self.mostFates {
      // Keeps one place for this.
      if let place = fates.firstIndex(of: .inconclusive(.conflict)) { return UInt8(place) }
      if fates.count > Self.mostFates { return UInt8(Self.mostFates) }
      fates.append(.inconclusive(.conflict))
      return UInt8(fates.count - 1)
    }
    fates.append(fate)
    return UInt8(fates.count - 1)
  }

  /// How many kinds were asked.
  public var askedCount: Int { places.count { $0 != Self.notAsked } }

  /// How many kinds have each fate, the most frequent first.
  public var counts: [(fate: Fate, count: Int)] {
    var numbers = [Int](repeating: 0, count: fates.count)
    for place in places where place != Self.notAsked { numbers[Int(place)] += 1 }
    return zip(fates, numbers).enumerated().filter { $0.element.1 > 0 }
      .sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }
      .map { (fate: $0.element.0, count: $0.element.1) }
  }

  /// The kinds that were asked, in order, with their fates.
  public var entries: some Sequence<(kind: MessageKind, fate: Fate)> {
    places.enumerated().lazy.filter { $0.element != Self.notAsked }.map { place in
      (kind: MessageKind(number: UInt16(place.offset)), fate: fates[Int(place.element)])
    }
  }

  /// Rectangles of one fate each that together make the map: runs of codes, over as many types in a row as have the same runs.
  public var ranges: [FateRange] {
    var rows: [(types: ClosedRange<UInt8>, runs: [Run])] = []
    for type in UInt8.min...UInt8.max {
      let runs = runs(of: type)
      if let last = rows.last, last.runs == runs {
        rows[rows.count - 1].types = last.types.lowerBound...type
      } else {
        rows.append((type...type, runs))
      }
    }
    return rows.flatMap { row in
      row.runs.map { FateRange(types: row.types, codes: $0.codes, fate: fates[Int($0.place)]) }
    }
  }

  /// Neighbouring codes of one fate.
  private struct Run: Equatable {
    var codes: ClosedRange<UInt8>
    var place: UInt8
  }

  private func runs(of type: UInt8) -> [Run] {
    var runs: [Run] = []
    for code in UInt8.min...UInt8.max {
      let place = places[MessageKind(type: type, code: code).number]
      if let last = runs.last, last.place == place, last.codes.upperBound &+ 1 == code {
        runs[runs.count - 1].codes = last.codes.lowerBound...code
      } else if place != Self.notAsked {
        runs.append(Run(codes: code...code, place: place))
      }
    }
    return runs
  }
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
    return range.count == 1
      ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
  }

  /// Kinds as few labels, in order: `3/4, 8/*, 11/0-1`.
  public static func labels(_ kinds: some Sequence<MessageKind>) -> [String] {
    var map = FateMap()
    for kind in kinds { map[kind] = .delivered }
    return map.ranges.map(\.label)
  }
}
