extension PacketEncoder {
  /// Appends one part if it is given, or has entries by default.
  mutating func place(
    _ index: Int,
    of element: ElementTemplate,
    _ definition: ElementDefinition,
    start: Int,
    depth: Int
  ) throws(EncodingError) -> ElementPlace? {
    let part = definition.parts[index]
    let isOne = definition.parts.count { $0.key == part.key } == 1
    guard isOne || definition.holds(part.presence, in: bytes, from: start) else { return nil }
    let from = bytes.count
    var count = 1
    switch element.parts[part.key] {
    case nil:
      guard let fill = part.fill else { return nil }
      count = fill.byDefault
      let octets = part.kind == .entries ? count * part.layout.length : max(0, count - (from - start))
      bytes.append(contentsOf: repeatElement(0, count: octets))
    case .entries(let entries):
      count = entries.count
      for (index, entry) in entries.enumerated() {
        try place(
          entry,
          of: part,
          element.name,
          isLast: index == entries.count - 1,
          elementStart: start,
          definition
        )
      }
    case .octets(let octets):
      let head = try place([:], part.kind == .text ? part.layout : .none, of: element.name)
      bytes += octets
      align(part, from: from)
      let length = self.bytes.count - from
      compute(head) { $0 == .textLength ? length : 0 }
    case .names(let names):
      count = names.count
      for name in names {
        guard let octets = DomainName.octets(of: name) else {
          throw EncodingError(
            layer: LayerKind(rawValue: element.name),
            field: part.key,
            message: "'\(name)' is not a domain name"
          )
        }
        bytes += octets
      }
    case .packet(let layers, let truncate):
      try append(layers, depth: depth + 1)
      cut(truncate, from: from)
    }
    align(part, from: from)
    return ElementPlace(index: index, count: count, octets: bytes.count - from)
  }

  private mutating func align(_ part: ElementPart, from start: Int) {
    bytes.append(contentsOf: repeatElement(0, count: -(bytes.count - start) & (part.alignment - 1)))
  }

  /// Appends one entry, or the fields of a group.
  private mutating func place(
    _ entry: [String: FieldSetting],
    of part: ElementPart,
    _ name: String,
    isLast: Bool,
    elementStart: Int,
    _ definition: ElementDefinition
  ) throws(EncodingError) {
    let from = bytes.count
    let head = try place(entry, part.layout, of: name, except: part.kind == .address ? "address" : nil)
    var address: [UInt8] = []
    var family = 0
    switch part.kind {
    case .address:
      (address, family) = entry["address"]?.value?.addressOctets ?? ([], 0)
      bytes += address
    case .prefix: cut(definition.prefixOctets(in: bytes, from: elementStart), from: from)
    default: break
    }
    compute(head) { rule in
      switch rule {
      case .last: isLast ? 1 : 0
      case .family: family
      case .addressLength: address.count
      default: 0
      }
    }
  }
}

extension FieldSetting {
  /// The value that is given; nil for those in relation to the right one.
  var value: FieldValue? { if case .given(let value) = self { value } else { nil } }
}

extension FieldValue {
  /// The octets of an address and the number of its family [IANA "Address Family Numbers"].
  fileprivate var addressOctets: (octets: [UInt8], family: Int) {
    switch self {
    case .ipv4(let address): (address.octets, 1)
    case .ipv6(let address): (address.octets, 2)
    case .mac(let address): (address.octets, 16_389)
    case .octets(let octets): (octets, 0)
    case .number: ([], 0)
    }
  }
}

extension HeaderLayout {
  /// No fields at all.
  static let none = HeaderLayout([])
}

extension ElementDefinition {
  /// Whether a part is there, by the fields of the element which begins at an octet.
  func holds(_ presence: ElementPart.Presence, in bytes: [UInt8], from start: Int) -> Bool {
    switch presence {
    case .always: true
    case .flag(let name): number(name, in: bytes, from: start) == 1
    case .when(let name, let value): number(name, in: bytes, from: start) == value
    case .unless(let name, let value): number(name, in: bytes, from: start).map { $0 != value } ?? false
    }
  }

  /// Octets of an IPv6 prefix that the element's prefix length needs [RFC 4191 2.3].
  func prefixOctets(in bytes: [UInt8], from start: Int) -> Int {
    switch number("prefix-length", in: bytes, from: start) ?? 0 {
    case 0: 0
    case 1...64: 8
    default: 16
    }
  }

  /// The value of a field of the element which begins at an octet; nil if it isn't there.
  func number(_ name: String, in bytes: [UInt8], from start: Int) -> UInt64? {
    guard let index = layout.index(of: name) else { return nil }
    let slot = layout.slots[index]
    return slot.bitWidth <= 64 ? bytes.load(atBit: start * 8 + slot.bitOffset, width: slot.bitWidth) : nil
  }
}
