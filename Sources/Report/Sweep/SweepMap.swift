internal import Suite
internal import Sweep

/// A picture of all types and codes: a row for each type, a column for each code.
struct SweepMap {
  private let picture: SweepPicture
  private let changed: [SweepComparison.Change]

  /// - Parameters:
  ///   - picture: What to draw.
  ///   - changed: What to mark as changed.
  init(_ picture: SweepPicture, changed: [SweepComparison.Change] = []) {
    self.picture = picture
    self.changed = changed
  }

  private static let ticks = [0, 32, 64, 96, 128, 160, 192, 224, 255]

  /// The picture as SVG; each rectangle says what it is when it is pointed at.
  var svg: String {
    let ranges = picture.map.ranges.map { range in
      rectangle(range.types, range.codes, class: "f-\(FateSign(range.fate).rawValue)") {
        "\(range.label) \(range.fate.text(picture.version))"
      }
    }
    let marks = changed.map { change in
      rectangle(change.types, change.codes, class: "changed") { change.text }
    }
    let axes = Self.ticks.flatMap { tick in
      [
        "<text x=\"-4\" y=\"\(tick + 3)\" class=\"type\">\(tick)</text>",
        "<text x=\"\(tick)\" y=\"-4\" class=\"code\">\(tick)</text>",
      ]
    }
    return """
      <svg viewBox="-34 -24 294 284" role="img" aria-label="\(Markup("Map of \(picture.title)").renderText)">
      <text x="-30" y="-14" class="axis">type ↓ code →</text>
      <rect width="256" height="256" class="empty"/>
      \((ranges + marks + axes).joined(separator: "\n"))
      </svg>
      """
  }

  private func rectangle(
    _ types: ClosedRange<UInt8>,
    _ codes: ClosedRange<UInt8>,
    class name: String,
    _ text: () -> String
  ) -> String {
    "<rect x=\"\(codes.lowerBound)\" y=\"\(types.lowerBound)\" width=\"\(codes.count)\" height=\"\(types.count)\" "
      + "class=\"\(name)\"><title>\(Markup(text()).renderText)</title></rect>"
  }
}

extension SweepHTML {
  /// Colours of fates that also those can tell apart who see no red or no green; changes have a frame.
  static let style = """

    :root { --delivered: #2a9d6f; --changed: #3d7fc4; --rejected: #e08a2e; --dropped: #454b52; --rate-limited: #9467bd;
      --inconclusive: #d62f2f; }
    @media (prefers-color-scheme: dark) { :root { --delivered: #35b583; --changed: #5b9be0; --rejected: #eda04a;
      --dropped: #59616b; --rate-limited: #ab86d1; --inconclusive: #ef5b5b; } }
    .legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1.5rem 0 0; padding: 0; list-style: none; font-size: .9rem; }
    .swatch { display: inline-block; width: .8em; height: .8em; margin-right: .45em; border-radius: 2px; vertical-align: -.05em; }
    .f-delivered { fill: var(--delivered); background: var(--delivered); }
    .f-changed { fill: var(--changed); background: var(--changed); }
    .f-rejected { fill: var(--rejected); background: var(--rejected); }
    .f-dropped { fill: var(--dropped); background: var(--dropped); }
    .f-rate-limited { fill: var(--rate-limited); background: var(--rate-limited); }
    .f-inconclusive { fill: var(--inconclusive); background: var(--inconclusive); }
    .pair { display: grid; grid-template-columns: minmax(16rem, 24rem) minmax(0, 1fr); gap: 1.5rem; align-items: start; margin-top: .75rem; }
    svg { width: 100%; height: auto; }
    svg rect { shape-rendering: crispEdges; }
    svg rect:hover { opacity: .7; }
    .empty { fill: var(--calm-ground); }
    .changed { fill: none; stroke: var(--bad); stroke-width: 1.5; pointer-events: all; }
    svg text { font: 9px ui-monospace, monospace; fill: var(--soft); }
    svg .type { text-anchor: end; }
    svg .code { text-anchor: middle; }
    cite { color: var(--soft); font-size: .85rem; }
    @media (max-width: 48rem) { .pair { grid-template-columns: 1fr; } }

    """
}
