public import Suite

/// What became otherwise from one sweep to another.
public struct SweepComparison: Sendable {
  /// Kinds whose fate changed, in one rectangle.
  public struct Change: Hashable, Sendable {
    /// The slice.
    public var slice: SweepSlice
    /// The types.
    public var types: ClosedRange<UInt8>
    /// The codes of each.
    public var codes: ClosedRange<UInt8>
    /// What their fate was.
    public var before: Fate
    /// What it is.
    public var after: Fate

    /// `3/0-15`.
    public var label: String { KindText.label(types, codes) }

    /// How many kinds it has.
    public var count: Int { types.count * codes.count }

    /// `IPv4 inbound, unsolicited: 3/4 was delivered, is dropped`.
    public var text: String {
      "\(slice.title): \(label) was \(before.text(slice.version)), is \(after.text(slice.version))"
    }
  }

  /// Proved changes, in the order of slices, types and codes.
  public private(set) var changes: [Change] = []
  /// What can't be compared, since one of the two fates is inconclusive.
  public private(set) var undecided: [Change] = []
  /// Slices which only one of the sweeps has: how many it takes to compare all.
  public private(set) var onlyBefore: [SweepSlice] = []
  /// Slices that the earlier sweep doesn't have.
  public private(set) var onlyAfter: [SweepSlice] = []
  /// How many slices both have.
  public private(set) var comparedCount = 0

  /// Compares what both have.
  public init(before: [SliceResult], after: [SliceResult]) {
    for result in after {
      guard let earlier = before.first(where: { $0.slice == result.slice }) else {
        onlyAfter.append(result.slice)
        continue
      }
      comparedCount += 1
      for change in Self.differences(result.slice, earlier.map, result.map) {
        if change.before.isInconclusive || change.after.isInconclusive {
          undecided.append(change)
        } else {
          changes.append(change)
        }
      }
    }
    onlyBefore = before.map(\.slice).filter { slice in !after.contains { $0.slice == slice } }
  }

  /// Kinds of which both maps have a fate, and not the same one.
  private static func differences(_ slice: SweepSlice, _ before: FateMap, _ after: FateMap) -> [Change] {
    var grid = KindGrid()
    var pairs: [[Fate]] = []
    for entry in after.entries {
      guard let earlier = before[entry.kind], !earlier.isSame(as: entry.fate) else { continue }
      let pair = [earlier, entry.fate]
      let place = pairs.firstIndex(of: pair) ?? pairs.count
      if place == pairs.count { pairs.append(pair) }
      grid.numbers[entry.kind.number] = UInt16(truncatingIfNeeded: place + 1)
    }
    return grid.rectangles.map { rectangle in
      let pair = pairs[Int(rectangle.number) - 1]
      return Change(
        slice: slice,
        types: rectangle.types,
        codes: rectangle.codes,
        before: pair[0],
        after: pair[1]
      )
    }
  }
}

extension Fate {
  /// Whether nothing is proved.
  public var isInconclusive: Bool { if case .inconclusive = self { true } else { false } }
}
