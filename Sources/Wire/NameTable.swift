/// Names and numbers of one field's values, both ways.
public struct NameTable: Sendable, Hashable {
  private let numberOf: [String: UInt64]
  private let nameOf: [UInt64: String]

  /// Builds the table; the first name of a number is the one printed, further ones are aliases.
  public init(_ entries: KeyValuePairs<String, UInt64>) { self.init(pairs: entries.map { ($0, $1) }) }

  init(pairs: [(String, UInt64)]) {
    var numbers: [String: UInt64] = [:]
    var names: [UInt64: String] = [:]
    for (name, number) in pairs {
      numbers[name] = number
      if names[number] == nil { names[number] = name }
    }
    numberOf = numbers
    nameOf = names
  }

  /// The number that a name stands for.
  public func number(named name: String) -> UInt64? { numberOf[name] }

  /// The name printed for a number.
  public func name(of number: UInt64) -> String? { nameOf[number] }

  /// All names, sorted by number and name.
  public var names: [String] { numberOf.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map(\.key) }
}
