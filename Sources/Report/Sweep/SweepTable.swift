internal import Suite
internal import Sweep

/// The maps and ranges of a sweep in plain text.
struct SweepTable {
  /// Whether the terminal shows colours.
  var style: TerminalSummary.Style
  /// Columns that text is broken at.
  var width: Int

  /// Types in a line of the map.
  private static let columns = 64

  /// A picture: a cell for each type, and below it the ranges.
  func lines(of picture: SweepPicture) -> [String] {
    var table = TextTable(
      ["types/codes", "kinds", "fate"],
      alignments: [.left, .right, .left],
      columnLimit: max(40, width - 24)
    )
    for range in picture.map.ranges {
      table.rows.append([range.label, "\(range.count)", range.fate.text(picture.version)])
    }
    return [styled(picture.title, "1")] + map(picture.map) + [""] + table.lines.map { "  " + $0 }
  }

  /// A line of cells for each 64 types; lines without any asked type are left out.
  private func map(_ map: FateMap) -> [String] {
    let rows = FateRows(map)
    let ticks = stride(from: 0, to: Self.columns, by: 8).map { tick in
      "\(tick)" + String(repeating: " ", count: 8 - "\(tick)".count)
    }
    let lines = stride(from: 0, to: 256, by: Self.columns).compactMap { first -> String? in
      let types = first..<first + Self.columns
      guard types.contains(where: { rows.signs[$0] != nil }) else { return nil }
      let label = String(repeating: " ", count: 3 - "\(first)".count) + "\(first)"
      return "  \(label) " + types.map { cell(rows.signs[$0]) }.joined()
    }
    return ["      " + ticks.joined()] + lines
  }

  private func cell(_ signs: Set<FateSign>?) -> String {
    guard let signs, let first = signs.min(by: { $0.weight > $1.weight }) else { return " " }
    let letter: Character = signs.count > 1 ? "*" : first.letter
    guard style == .ansi else { return String(letter) }
    return "\u{1B}[48;5;\(first.terminalColour);38;5;231m\(letter)\u{1B}[0m"
  }

  /// What the signs mean.
  var legend: String {
    let signs = FateSign.allCases.map { "\(cell([$0])) \($0.rawValue)" }
    return "  a cell for each type:  " + signs.joined(separator: "  ") + "  * several by code"
  }

  private func styled(_ text: String, _ code: String) -> String {
    style == .ansi ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

/// Which fates the codes of each type met with.
struct FateRows {
  /// For each type its fates; nil: it wasn't asked.
  var signs = [Set<FateSign>?](repeating: nil, count: 256)

  init(_ map: FateMap) {
    for range in map.ranges {
      for type in range.types {
        signs[Int(type)] = (signs[Int(type)] ?? []).union([FateSign(range.fate)])
      }
    }
  }
}

extension FateSign {
  /// Which of several shows: what comes through before what doesn't.
  fileprivate var weight: Int {
    switch self {
    case .inconclusive: 5
    case .delivered: 4
    case .changed: 3
    case .rateLimited: 2
    case .rejected: 1
    case .dropped: 0
    }
  }
}
