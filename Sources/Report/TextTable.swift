/// A table in plain text, its columns aligned by spaces.
struct TextTable {
  /// How the cells of a column stand.
  enum Alignment { case left, right }

  /// The widest a column may be; longer cells are broken into lines.
  var columnLimit: Int
  var alignments: [Alignment]
  var rows: [[String]] = []

  /// Starts with a head row.
  init(_ head: [String], alignments: [Alignment]? = nil, columnLimit: Int = 64) {
    self.alignments = alignments ?? head.map { _ in .left }
    self.columnLimit = max(8, columnLimit)
    rows = [head]
  }

  /// The lines, without trailing spaces.
  var lines: [String] {
    let broken = rows.map { $0.map { $0.oneLine.broken(at: columnLimit) } }
    let widths = alignments.indices.map { column in
      broken.compactMap { column < $0.count ? $0[column].map(\.count).max() : nil }.max() ?? 0
    }
    return broken.flatMap { row in
      (0..<(row.map(\.count).max() ?? 1)).map { index in
        line(row.map { index < $0.count ? $0[index] : "" }, widths)
      }
    }
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var text = ""
    for ((cell, width), alignment) in zip(zip(cells, widths), alignments) {
      if !text.isEmpty || width == 0 { text += "  " }
      let space = String(repeating: " ", count: max(0, width - cell.count))
      text += alignment == .left ? cell + space : space + cell
    }
    while text.last == " " { text.removeLast() }
    return text
  }
}

extension String {
  /// The text in lines of at most `width` characters, broken at spaces where there are some.
  func broken(at width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ", omittingEmptySubsequences: true) {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? word : " " + word
      while line.count > width {
        lines.append(String(line.prefix(width)))
        line = String(line.dropFirst(width))
      }
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }

  /// The text broken at `width` columns and indented.
  func wrapped(indent: Int, width: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    return broken(at: max(20, width - indent)).map { margin + $0 }
  }
}
