/// A list that a layer carries behind its fixed header: options, objects, records, addresses.
///
/// Encoding, decoding, the suite language, expectations, hex dumps and the JSON Schema all read these tables, so that
/// an element is described in one place.
public struct ElementList: Sendable {
  /// The key under which suites write the list, for example `options`.
  public let key: String
  /// What one element is called in messages, for example `option`.
  public let noun: String
  /// One line of explanation with its source.
  public let summary: String
  /// How elements say where they end.
  public let framing: ElementFraming
  /// The elements that have a name; a list of like elements has a single one, whose name suites leave out.
  public let elements: [ElementDefinition]
  /// An element given by its numbers, `{ type: 94, length: 4, data: 0102 }`; nil for lists of like elements.
  public let literal: ElementDefinition?
  /// The list is all that its layer says, so that suites write it in place of the layer's fields.
  public let isLayer: Bool
  /// The values of the layer's type field for which the list is there; empty: for all.
  public let types: [UInt8]

  init(
    _ key: String,
    of noun: String,
    framing: ElementFraming,
    isLayer: Bool = false,
    types: [UInt8] = [],
    summary: String,
    literal: ElementDefinition?,
    _ elements: [ElementDefinition]
  ) {
    self.key = key
    self.noun = noun
    self.framing = framing
    self.isLayer = isLayer
    self.types = types
    self.summary = summary
    self.literal = literal
    self.elements = elements
    places = Dictionary(elements.enumerated().map { ($1.name, $0) }) { first, _ in first }
  }

  /// The place in `elements` of each name.
  private let places: [String: Int]

  /// Whether suites write elements by name; else each is written by its fields, or by its only value.
  public var isNamed: Bool { literal != nil }

  /// The definition of an element by name; the empty name means the literal form.
  public func definition(named name: String) -> ElementDefinition? {
    name.isEmpty ? literal : places[name].map { elements[$0] }
  }

  /// The names of the numbers that tell elements apart.
  public var names: NameTable {
    NameTable(pairs: elements.compactMap { element in element.number.map { (element.name, $0) } })
  }
}

/// One kind of element: its fields, and what follows them.
public struct ElementDefinition: Sendable {
  /// The name in suites and reports, for example `record-route`; empty for the literal form.
  public let name: String
  /// One line of explanation with its source.
  public let summary: String
  /// What follows the fields, in wire order; of several parts with one key, the fields say which is there.
  public let parts: [ElementPart]
  /// The key which a value without a key sets: `{ mtu: 1280 }` sets the field `mtu` of the option `mtu`.
  public let argument: String?
  /// The values that tell the element from others of its list: `type`, or `class` and `c-type`.
  public let identity: [Identity]

  /// A field whose value tells elements apart.
  public struct Identity: Sendable, Hashable {
    /// The field's name.
    public let field: String
    /// The value which it has in this kind of element.
    public let value: UInt64
  }

  /// The fields in wire order, from the first octet of the element on, its type and length among them.
  public var fields: [Field] { layout.fields }

  /// Octets of the fields.
  public var length: Int { layout.length }

  /// The field of this name.
  public func field(named name: String) -> Field? { layout.index(of: name).map { layout.fields[$0] } }

  /// Fields that a suite may set: all but those which tell the element from others.
  public var settableFields: [Field] {
    fields.filter { field in !identity.contains { $0.field == field.name } }
  }

  /// The number that tells the element from others: its type or class; nil where nothing does.
  public var number: UInt64? { identity.first?.value }

  /// All keys that a suite may write, in wire order, without `truncate`.
  public var keys: [String] {
    var seen: Set<String> = []
    return (settableFields.map(\.name) + parts.flatMap { [$0.key] + ($0.fill.map { [$0.key] } ?? []) })
      .filter { seen.insert($0).inserted }
  }

  let layout: HeaderLayout

  init(
    _ name: String,
    _ rows: [FieldRow],
    identifiedBy names: [String] = [],
    parts: [ElementPart] = [],
    argument: String? = nil,
    summary: String
  ) {
    self.name = name
    self.parts = parts
    self.argument = argument
    self.summary = summary
    let layout = HeaderLayout(rows)
    self.layout = layout
    identity = layout.fields.compactMap { field in
      guard names.contains(field.name), case .constant(let value) = field.byDefault else { return nil }
      return Identity(field: field.name, value: value)
    }
  }
}

/// What follows the fields of an element: repeated entries, octets, a text, names, a packet.
public struct ElementPart: Sendable {
  /// How the octets of the part are made.
  public enum Kind: Sendable, Hashable {
    /// Any number of entries with the same fields; with a single field each, suites write bare values.
    case entries
    /// One group of fields; with a single field, suites write a bare value.
    case group
    /// A group of fields and an address of the family that they say.
    case address
    /// An IPv6 address of which only 0, 8 or 16 octets are there, as the prefix length needs.
    case prefix
    /// Octets as they are.
    case octets
    /// A text, filled up with zeros.
    case text
    /// Domain names in wire form.
    case names
    /// A packet.
    case packet
  }

  /// When the part is there.
  public enum Presence: Sendable, Hashable {
    /// Always, even if it is empty.
    case always
    /// While a flag of the element is set; the encoder sets it if the part is given.
    case flag(String)
    /// While a field has this value.
    case when(String, UInt64)
    /// While a field doesn't have this value.
    case unless(String, UInt64)
  }

  /// Empty entries or octets by number: `slots: 3`.
  public struct Fill: Sendable, Hashable {
    /// The key in suites.
    public let key: String
    /// How many there are if neither the number nor the part is given.
    public let byDefault: Int
    /// The numbers that make sense.
    public let range: ClosedRange<Int>
  }

  /// The key in suites.
  public let key: String
  /// How its octets are made.
  public let kind: Kind
  /// When it is there.
  public let presence: Presence
  /// Empty entries by number, or for `octets`: octets of the whole element.
  public let fill: Fill?
  /// The octets of the part are filled up with zeros to a multiple of this.
  public let alignment: Int
  /// One line of explanation with its source.
  public let summary: String
  /// The fields of each entry or group, from its first octet on.
  public var fields: [Field] { layout.fields }

  let layout: HeaderLayout

  init(
    _ key: String,
    _ kind: Kind,
    _ rows: [FieldRow] = [],
    presence: Presence = .always,
    fill: Fill? = nil,
    alignment: Int = 1,
    summary: String
  ) {
    self.key = key
    self.kind = kind
    self.presence = presence
    self.fill = fill
    self.alignment = alignment
    self.summary = summary
    layout = HeaderLayout(rows)
  }

  /// The name of the only field of an entry, which suites leave out; nil if there are several.
  public var onlyField: Field? {
    switch kind {
    case .entries, .group: fields.count == 1 ? fields.first : nil
    case .prefix: fields.first
    default: nil
    }
  }
}
