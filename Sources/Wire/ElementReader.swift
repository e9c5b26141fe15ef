/// What a part of a received element holds.
public enum ElementValue: Hashable, Sendable {
  /// Entries, each by its fields; a group is a single entry, and an address in it has the name `address`.
  case entries([[String: FieldValue]])
  /// Octets, or those of a text without its padding.
  case octets([UInt8])
  /// Domain names.
  case names([String])
}

/// Reads the octets of one element by its definition, as far as they are there.
struct ElementReader {
  /// A part with its octets, padding included.
  struct Part {
    var part: ElementPart
    var range: Range<Int>
    var value: ElementValue
  }

  let bytes: [UInt8]
  let range: Range<Int>
  let definition: ElementDefinition

  init(_ bytes: [UInt8], _ range: Range<Int>, _ definition: ElementDefinition) {
    self.bytes = bytes
    self.range = range
    self.definition = definition
  }

  /// The value of a field; nil if its octets aren't there.
  func value(of field: Field) -> FieldValue? { bytes.value(of: field, in: range) }

  private func number(_ name: String) -> UInt64? {
    guard let field = definition.field(named: name),
      range.lowerBound + (field.bitOffset + field.bitWidth + 7) / 8 <= range.upperBound
    else { return nil }
    return definition.number(name, in: bytes, from: range.lowerBound)
  }

  /// Octets that the element has by its own counts; nil if its fields aren't all there.
  var neededLength: Int? {
    guard range.count >= definition.layout.length else { return nil }
    return definition.parts.enumerated().reduce(definition.layout.length) { length, part in
      length + (saidOctets(of: part.offset) ?? 0)
    }
  }

  /// Octets that a part has by a count among the fields; nil if no field counts it.
  private func saidOctets(of place: Int) -> Int? {
    for case (let index, .element(let rule)) in definition.layout.computed {
      switch rule {
      case .count(place):
        let count = Int(number(definition.layout.fields[index].name) ?? 0)
        return count * definition.parts[place].layout.length
      case .words(place): return Int(number(definition.layout.fields[index].name) ?? 0) * 4
      default: continue
      }
    }
    return nil
  }

  /// The parts that are there, in wire order.
  func parts() -> [Part] {
    var cursor = range.lowerBound + definition.layout.length
    guard cursor <= range.upperBound else { return [] }
    var result: [Part] = []
    for (place, part) in definition.parts.enumerated() {
      guard definition.holds(part.presence, in: bytes, from: range.lowerBound) else { continue }
      let end = min(saidOctets(of: place).map { cursor + $0 } ?? range.upperBound, range.upperBound)
      guard let (value, used) = read(part, cursor..<end) else { continue }
      let next = min(cursor + (used + part.alignment - 1) & ~(part.alignment - 1), range.upperBound)
      result.append(Part(part: part, range: cursor..<max(cursor, next), value: value))
      cursor = max(cursor, next)
    }
    return result
  }

  /// The value of a part and the octets that it takes; nil if it isn't there.
  private func read(_ part: ElementPart, _ octets: Range<Int>) -> (value: ElementValue, used: Int)? {
    let size = part.layout.length
    switch part.kind {
    case .entries:
      let count = size == 0 ? 0 : octets.count / size
      let entries = (0..<count).map { entry(part, at: octets.lowerBound + $0 * size) }
      return (.entries(entries), count * size)
    case .group:
      guard octets.count >= size else { return nil }
      return (.entries([entry(part, at: octets.lowerBound)]), size)
    case .address:
      guard octets.count >= size else { return nil }
      return address(part, octets)
    case .prefix:
      guard [0, 8, 16].contains(octets.count) else { return nil }
      let prefix = Array(bytes[octets]) + [UInt8](repeating: 0, count: 16 - octets.count)
      return IPv6Address(octets: prefix).map { (.entries([[part.key: .ipv6($0)]]), octets.count) }
    case .octets, .packet: return (.octets(Array(bytes[octets])), octets.count)
    case .text:
      var text = octets
      if size == 1 {
        guard let length = octets.first.map({ Int(bytes[$0]) }), length > 0 else { return nil }
        text = octets.lowerBound + 1..<min(octets.lowerBound + length, octets.upperBound)
      }
      let end = bytes[text].lastIndex { $0 != 0 }.map { $0 + 1 } ?? text.lowerBound
      return (.octets(Array(bytes[text.lowerBound..<end])), text.upperBound - octets.lowerBound)
    case .names:
      if let names = DomainName.names(in: bytes[octets]) { return (.names(names), octets.count) }
      return (.octets(Array(bytes[octets])), octets.count)
    }
  }

  private func entry(_ part: ElementPart, at offset: Int) -> [String: FieldValue] {
    var values: [String: FieldValue] = [:]
    let range = offset..<min(offset + part.layout.length, self.range.upperBound)
    for field in part.fields { values[field.name] = bytes.value(of: field, in: range) }
    return values
  }

  /// A group of fields with an address of the family that they say.
  private func address(_ part: ElementPart, _ octets: Range<Int>) -> (value: ElementValue, used: Int)? {
    var values = entry(part, at: octets.lowerBound)
    let start = octets.lowerBound + part.layout.length
    let rest = bytes[start..<octets.upperBound]
    switch values["afi"] {
    case .number(1) where rest.count >= 4:
      values["address"] = bytes.ipv4Address(at: start).map { .ipv4($0) }
      return (.entries([values]), part.layout.length + 4)
    case .number(2) where rest.count >= 16:
      values["address"] = bytes.ipv6Address(at: start).map { .ipv6($0) }
      return (.entries([values]), part.layout.length + 16)
    case .number(16_389) where rest.count >= 6:
      values["address"] = MACAddress(octets: rest.prefix(6)).map { .mac($0) }
      return (.entries([values]), part.layout.length + 6)
    default:
      values["address"] = .octets(Array(rest))
      return (.entries([values]), octets.count)
    }
  }
}

extension [UInt8] {
  /// The value of a field of a header, or part of one, which lies in these octets; nil if it isn't all there.
  func value(of field: Field, in header: Range<Int>) -> FieldValue? {
    let bit = header.lowerBound * 8 + field.bitOffset
    guard bit + field.bitWidth <= header.upperBound * 8 else { return nil }
    if field.bitWidth > 64 {
      guard field.bitWidth == 128, let address = ipv6Address(at: bit >> 3) else { return nil }
      return .ipv6(address)
    }
    guard let number = load(atBit: bit, width: field.bitWidth) else { return nil }
    switch field.format {
    case .mac: return .mac(MACAddress(rawValue: number))
    case .ipv4: return .ipv4(IPv4Address(rawValue: UInt32(truncatingIfNeeded: number)))
    case .ipv6, .decimal, .hexadecimal, .flag: return .number(number)
    }
  }
}
