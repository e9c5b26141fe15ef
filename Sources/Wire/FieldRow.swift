/// One row of a protocol's table, before its place in the header is known: rows follow each other.
struct FieldRow {
  var name: String
  var width: Int
  var format: Field.Format = .decimal
  var byDefault: Field.Default = .constant(0)
  var names: NameTable?
  var rule: ComputedRule?
  /// The bit at which a second name for part of the header begins; nil for the next free bit.
  var overlayBit: Int?
  var summary: String

  static func number(
    _ name: String,
    _ width: Int,
    is value: UInt64 = 0,
    names: NameTable? = nil,
    _ summary: String
  ) -> FieldRow {
    FieldRow(name: name, width: width, byDefault: .constant(value), names: names, summary: summary)
  }

  static func hexadecimal(
    _ name: String,
    _ width: Int,
    is value: UInt64 = 0,
    names: NameTable? = nil,
    _ summary: String
  ) -> FieldRow {
    FieldRow(
      name: name,
      width: width,
      format: .hexadecimal,
      byDefault: .constant(value),
      names: names,
      summary: summary
    )
  }

  static func flag(_ name: String, is value: Bool = false, _ summary: String) -> FieldRow {
    FieldRow(name: name, width: 1, format: .flag, byDefault: .constant(value ? 1 : 0), summary: summary)
  }

  static func computed(
    _ name: String,
    _ width: Int,
    _ rule: ComputedRule,
    format: Field.Format = .decimal,
    names: NameTable? = nil,
    _ summary: String
  ) -> FieldRow {
    FieldRow(
      name: name,
      width: width,
      format: format,
      byDefault: .computed,
      names: names,
      rule: rule,
      summary: summary
    )
  }

  static func checksum(_ rule: ComputedRule, named name: String = "checksum", _ summary: String) -> FieldRow {
    computed(name, 16, rule, format: .hexadecimal, summary)
  }

  static func mac(_ name: String, _ summary: String) -> FieldRow {
    FieldRow(name: name, width: 48, format: .mac, byDefault: .address, summary: summary)
  }

  static func ipv4(_ name: String, _ summary: String) -> FieldRow {
    FieldRow(name: name, width: 32, format: .ipv4, byDefault: .address, summary: summary)
  }

  static func ipv6(_ name: String, _ summary: String) -> FieldRow {
    FieldRow(name: name, width: 128, format: .ipv6, byDefault: .address, summary: summary)
  }

  /// An address which is zero unless it is given, whoever speaks with whom.
  static func ipv4(_ name: String, is value: UInt64, _ summary: String) -> FieldRow {
    FieldRow(name: name, width: 32, format: .ipv4, byDefault: .constant(value), summary: summary)
  }

  /// An address which is zero unless it is given, whoever speaks with whom.
  static func ipv6(_ name: String, is value: UInt64, _ summary: String) -> FieldRow {
    FieldRow(name: name, width: 128, format: .ipv6, byDefault: .constant(value), summary: summary)
  }

  /// A second name for bits which other rows hold; where a template sets both, this one wins.
  func overlaying(bit: Int) -> FieldRow {
    var row = self
    row.overlayBit = bit
    return row
  }
}
