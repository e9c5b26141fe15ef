/// Writes layers line by line and keeps count of the octets written, so that none is left out.
struct HexDump {
  /// A layer to be written.
  struct Item {
    var view: LayerView
    var depth: Int
  }

  /// Octets on a line of fields.
  static let width = 8

  let bytes: [UInt8]
  var remarks: [Remark] = []
  private(set) var text = ""
  private var cursor = 0
  private var margin = ""

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Writes the layers, and as plain octets what lies between and behind them.
  mutating func write(_ items: [Item]) {
    for (index, item) in items.enumerated() {
      writeGap(to: item.view.header.lowerBound)
      margin = String(repeating: "  ", count: item.depth)
      heading(item)
      let stop = items[(index + 1)...].first { $0.view.kind == .quote || $0.depth > item.depth }
      write(item.view, until: stop?.view.header.lowerBound ?? bytes.count)
    }
    writeGap(to: bytes.count)
    for remark in remarks { text += "! \(remark.text)\n" }
  }

  private mutating func writeGap(to end: Int) {
    guard cursor < end else { return }
    text += "\(margin)padding, \(octets(cursor..<end))\n"
    plain(cursor..<end)
  }

  private mutating func heading(_ item: Item) {
    let view = item.view
    let types = view.kind == .icmpv4 ? ICMPv4.types : view.kind == .icmpv6 ? ICMPv6.types : nil
    let name = view.number("type").flatMap { types?.name(of: $0) }.map { " " + $0 } ?? ""
    let range = view.kind == .quote ? view.payload : view.header
    text += "\(margin)\(view.kind.shortTitle)\(name), \(octets(range))\n"
  }

  private func octets(_ range: Range<Int>) -> String {
    switch range.count {
    case 0: "no octets"
    case 1: "octet \(range.lowerBound)"
    default: "octets \(range.lowerBound) to \(range.upperBound - 1)"
    }
  }

  private mutating func write(_ view: LayerView, until stop: Int) {
    switch view.kind {
    case .quote: cursor = max(cursor, view.payload.lowerBound)
    case .data, .raw, .trailer: plain(view.header)
    default:
      fields(view)
      elements(view, until: stop)
      if cursor < min(view.header.upperBound, stop) { plain(cursor..<min(view.header.upperBound, stop)) }
      cursor = max(cursor, min(view.header.upperBound, stop))
    }
  }

  /// Writes fields; those which share octets stand under each other beside them.
  private mutating func fields(_ view: LayerView) {
    var written = view.header.lowerBound * 8
    var open = written
    for field in view.fields {
      let start = view.header.lowerBound * 8 + field.bitOffset
      let end = start + field.bitWidth
      guard start >= written, end <= view.header.upperBound * 8, let value = view.value(of: field) else {
        continue
      }
      let note = "\(field.name) = \(field.text(of: value))"
      if start >= open {
        let range = start / 8..<groupEnd(view, from: start) / 8
        line(range, note)
        open = range.upperBound * 8
      } else {
        line(nil, note)
      }
      written = end
    }
    cursor = max(cursor, (written + 7) / 8)
  }

  /// The bit where a run of fields that starts on a whole octet ends on one again.
  private func groupEnd(_ view: LayerView, from bit: Int) -> Int {
    var end = bit
    for field in view.fields where view.header.lowerBound * 8 + field.bitOffset == end {
      end += field.bitWidth
      if end & 7 == 0 { return min(end, view.header.upperBound * 8) }
    }
    return min((end + 7) & ~7, view.header.upperBound * 8)
  }

  private mutating func elements(_ view: LayerView, until stop: Int) {
    for element in view.elements where element.range.lowerBound < stop && element.definition != nil {
      line(element.range.lowerBound..<min(element.range.upperBound, stop), element.description)
    }
  }

  /// Writes octets with a note beside the first line of them.
  private mutating func line(_ range: Range<Int>?, _ note: String) {
    guard let range, !range.isEmpty else {
      text += margin + String(repeating: " ", count: 8 + 3 * Self.width + 1) + note + "\n"
      return
    }
    for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.width) {
      let part = start..<min(start + Self.width, range.upperBound)
      row(part, width: Self.width, start == range.lowerBound ? note : "")
    }
    cursor = max(cursor, range.upperBound)
  }

  /// Writes octets with their characters beside them.
  private mutating func plain(_ range: Range<Int>) {
    for start in stride(from: range.lowerBound, to: range.upperBound, by: 16) {
      let part = start..<min(start + 16, range.upperBound)
      let characters = bytes[part].map { (0x20...0x7e).contains($0) ? Character(UnicodeScalar($0)) : "." }
      row(part, width: 16, "|\(String(characters))|")
    }
    cursor = max(cursor, range.upperBound)
  }

  /// One line: the offset of its first octet, the octets, and a note in a column of its own.
  private mutating func row(_ range: Range<Int>, width: Int, _ note: String) {
    let octets = bytes[range].map { hexadecimalText(UInt64($0), digits: 2) }.joined(separator: " ")
    text += "\(margin)  \(hexadecimalText(UInt64(range.lowerBound), digits: 4))  \(octets)"
    if !note.isEmpty { text += String(repeating: " ", count: 3 * (width - range.count) + 2) + note }
    text += "\n"
  }
}
