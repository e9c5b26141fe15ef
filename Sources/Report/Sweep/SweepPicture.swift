internal import Suite
internal import Sweep

/// A map to be drawn: one slice, or several that belong together and have no kind of message in common.
struct SweepPicture {
  /// What it shows.
  var title: String
  /// The fates.
  var map: FateMap
  /// The version of ICMP.
  var version: IPVersion
  /// Slices that it shows.
  var slices: [SliceResult]
  /// Further slices that look the same.
  var alike: [SweepSlice] = []

  /// All pictures of a sweep: what comes unasked, what belongs to a conversation, and what deviates from that by its kind.
  static func all(of result: SweepResult) -> [SweepPicture] {
    var pictures: [SweepPicture] = []
    var done: Set<SweepSlice> = []
    for swept in result.slices where swept.skipped == nil && done.insert(swept.slice).inserted {
      var picture = SweepPicture(
        title: swept.slice.title,
        map: swept.map,
        version: swept.slice.version,
        slices: [swept]
      )
      if swept.slice.variant == nil, swept.slice.state == .established {
        picture.add(relatedOf: swept.slice, in: result, &done)
      }
      pictures.append(picture)
    }
    return pictures
  }

  /// Errors about conversations beside what belongs to conversations: of the kinds of errors those that look alike.
  private mutating func add(
    relatedOf slice: SweepSlice,
    in result: SweepResult,
    _ done: inout Set<SweepSlice>
  ) {
    let related = [SweepState.relatedUDP, .relatedTCP, .relatedEcho].compactMap { state in
      result[SweepSlice(slice.version, slice.direction, state)].flatMap { $0.skipped == nil ? $0 : nil }
    }
    guard let first = related.first else { return }
    map = map.filled(from: first.map)
    slices.append(first)
    alike = related.dropFirst().filter { $0.map == first.map }.map(\.slice)
    done.formUnion([first.slice] + alike)
    let states = ([first.slice] + alike).map(\.state.rawValue).joined(separator: ", ")
    title = "\(slice.title) and \(states)"
  }
}

/// How fates are drawn: a sign where there is no colour, and a colour.
enum FateSign: String, CaseIterable {
  case delivered, changed, rejected, dropped
  case rateLimited = "rate-limited"
  case inconclusive

  init(_ fate: Fate) {
    switch fate {
    case .delivered: self = .delivered
    case .changed: self = .changed
    case .rejected: self = .rejected
    case .dropped: self = .dropped
    case .rateLimited: self = .rateLimited
    case .inconclusive: self = .inconclusive
    }
  }

  /// The sign in a map of letters.
  var letter: Character {
    switch self {
    case .delivered: "+"
    case .changed: "~"
    case .rejected: "x"
    case .dropped: "."
    case .rateLimited: "%"
    case .inconclusive: "?"
    }
  }

  /// The ground of a cell in a terminal of 256 colours.
  var terminalColour: Int {
    switch self {
    case .delivered: 35
    case .changed: 38
    case .rejected: 172
    case .dropped: 239
    case .rateLimited: 98
    case .inconclusive: 160
    }
  }
}
