internal import Suite
internal import Sweep
internal import Wire

/// A picture of all types and codes: a row for each type with a name, and one for neighbours without that look the same; a wide
/// column for each of the first codes, which are those that have a meaning, and narrow ones for all others.
struct SweepMap {
  private let picture: SweepPicture
  private let changed: [SweepComparison.Change]
  private let ranges: [FateRange]

  /// - Parameters:
  ///   - picture: What to draw.
  ///   - changed: What to mark as changed.
  init(_ picture: SweepPicture, changed: [SweepComparison.Change] = []) {
    self.picture = picture
    self.changed = changed
    ranges = picture.map.ranges
  }

  /// Codes with a wide column, and how wide these and the others are.
  private static let wideCodes = 16
  private static let wide = 12.0
  private static let narrow = 0.4
  private static let rowHeight = 12
  private static let labelWidth = 172
  private static let headHeight = 16

  /// Types that share a row.
  private struct Row {
    var types: ClosedRange<UInt8>
    var name: String
  }

  /// The rows, from the top.
  private var rows: [Row] {
    var rows: [Row] = []
    // Types that ranges keep together look the same.
    let starts = Set(ranges.map(\.types.lowerBound) + changed.map(\.types.lowerBound))
    let ends = Set((ranges.map(\.types.upperBound) + changed.map(\.types.upperBound)).map { Int($0) + 1 })
    for type in UInt8.min...UInt8.max {
      let name = picture.version.typeNames.name(of: UInt64(type)) ?? ""
      let isNew = starts.contains(type) || ends.contains(Int(type))
      if let last = rows.last, last.name.isEmpty, name.isEmpty, !isNew {
        rows[rows.count - 1].types = last.types.lowerBound...type
      } else {
        rows.append(Row(types: type...type, name: name))
      }
    }
    return rows.filter { row in ranges.contains { $0.types.contains(row.types.lowerBound) } }
  }

  /// The picture as SVG; each rectangle says what it is when it is pointed at.
  var svg: String {
    let rows = rows
    let width = Double(Self.labelWidth) + Self.x(256)
    let height = Self.headHeight + rows.count * Self.rowHeight
    var lines = (0..<Self.wideCodes).map { code in
      "<text x=\"\(Self.decimal(Self.x(code) + Self.wide / 2))\" y=\"11\" class=\"code\">\(code)</text>"
    }
    let middle = Self.decimal((Self.x(Self.wideCodes) + Self.x(256)) / 2)
    lines.append("<text x=\"\(middle)\" y=\"11\" class=\"code\">16-255</text>")
    for (place, row) in rows.enumerated() {
      let top = Self.headHeight + place * Self.rowHeight
      let label = [KindText.label(row.types, 0...255).dropLast(2) + "", row.name].filter { !$0.isEmpty }
      lines.append(
        "<text x=\"-6\" y=\"\(top + 9)\" class=\"type\">\(Markup(label.joined(separator: " ")).renderText)</text>"
      )
      for range in ranges where range.types.contains(row.types.lowerBound) {
        lines.append(
          rectangle(range.codes, top, class: "f-\(FateSign(range.fate).rawValue)") {
            "\(KindText.label(row.types, range.codes)) \(row.name): \(range.fate.text(picture.version))"
          }
        )
      }
      for change in changed where change.types.contains(row.types.lowerBound) {
        lines.append(rectangle(change.codes, top, class: "changed") { change.text })
      }
    }
    return """
      <svg viewBox="-\(Self.labelWidth) 0 \(Self.decimal(width + 2)) \(height)" role="img" \
      aria-label="\(Markup("Map of \(picture.title)").renderText)">
      \(lines.joined(separator: "\n"))
      </svg>
      """
  }

  /// Where a code's column begins.
  private static func x(_ code: Int) -> Double {
    code <= wideCodes ? Double(code) * wide : Double(wideCodes) * wide + Double(code - wideCodes) * narrow
  }

  private func rectangle(
    _ codes: ClosedRange<UInt8>,
    _ top: Int,
    class name: String,
    _ text: () -> String
  ) -> String {
    let (left, right) = (Self.x(Int(codes.lowerBound)), Self.x(Int(codes.upperBound) + 1))
    return "<rect x=\"\(Self.decimal(left))\" y=\"\(top)\" width=\"\(Self.decimal(right - left))\" "
      + "height=\"\(Self.rowHeight - 1)\" class=\"\(name)\"><title>\(Markup(text()).renderText)</title></rect>"
  }

  /// A length with one decimal.
  private static func decimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}

extension SweepHTML {
  /// Colours of fates that also those can tell apart who see no red or no green; changes have a frame.
  static let style = """

    :root { --delivered: #2a9d6f; --changed: #3d7fc4; --rejected: #e08a2e; --dropped: #4a5058; --rate-limited: #9467bd;
      --inconclusive: #d62f2f; }
    @media (prefers-color-scheme: dark) { :root { --delivered: #35b583; --changed: #5b9be0; --rejected: #eda04a;
      --dropped: #565e68; --rate-limited: #ab86d1; --inconclusive: #ef5b5b; } }
    .legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1.5rem 0 0; padding: 0; list-style: none; font-size: .9rem; }
    .swatch { display: inline-block; width: .8em; height: .8em; margin-right: .45em; border-radius: 2px; vertical-align: -.05em; }
    .f-delivered { fill: var(--delivered); background: var(--delivered); }
    .f-changed { fill: var(--changed); background: var(--changed); }
    .f-rejected { fill: var(--rejected); background: var(--rejected); }
    .f-dropped { fill: var(--dropped); background: var(--dropped); }
    .f-rate-limited { fill: var(--rate-limited); background: var(--rate-limited); }
    .f-inconclusive { fill: var(--inconclusive); background: var(--inconclusive); }
    .pair { display: grid; grid-template-columns: minmax(20rem, 32rem) minmax(0, 1fr); gap: 1.5rem; align-items: start; margin-top: .75rem; }
    svg { width: 100%; height: auto; }
    svg rect:hover { opacity: .7; }
    .changed { fill: none; stroke: var(--bad); stroke-width: 2; pointer-events: all; }
    svg text { font: 8px ui-monospace, monospace; fill: var(--soft); }
    svg .type { text-anchor: end; }
    svg .code { text-anchor: middle; }
    cite { color: var(--soft); font-size: .85rem; }
    @media (max-width: 60rem) { .pair { grid-template-columns: 1fr; } }

    """
}
