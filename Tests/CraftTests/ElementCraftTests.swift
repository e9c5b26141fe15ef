import Craft
import Suite
import Testing
import Wire

/// Every element of every list, written in the suite language.
@Suite struct ElementCraftTests {
  /// A list of a layer.
  struct Place: Sendable, CustomTestStringConvertible {
    var kind: LayerKind
    var list: ElementList

    var testDescription: String { "\(kind).\(list.key)" }

    static let all = Protocols.all.flatMap { definition in
      definition.lists.map { Place(kind: definition.kind, list: $0) }
    }

    /// A packet with these elements, as a suite writes it.
    func layers(_ elements: String) -> String {
      let value = "[\(elements)]"
      switch kind {
      case .ipv4, .tcp:
        return (kind == .tcp ? "- ipv4\n" : "") + "- \(kind): { \(list.key): \(value) }"
      case .icmpv4: return "- ipv4\n- icmpv4: { type: router-advertisement, \(list.key): \(value) }"
      case .ndpOptions: return "- ipv6\n- icmpv6: { type: router-solicitation }\n- ndp-options: \(value)"
      case .mld:
        let type = list.key == "records" ? "143" : "130, query-interval: 1"
        return "- ipv6\n- icmpv6: { type: \(type) }\n- mld: { \(list.key): \(value) }"
      case .extensions:
        return
          "- ipv6\n- icmpv6: { type: time-exceeded }\n- quote: [ipv6]\n- extensions: { \(list.key): \(value) }"
      default: return "- ipv6\n- \(kind): { \(list.key): \(value) }"
      }
    }
  }

  private var number: UInt64 = 1

  private mutating func text(of field: Field) -> String {
    number = number &* 6_364_136_223_846_793_005 & 0x7fff_ffff_ffff + 1
    switch field.format {
    case .mac: return "\"\(MACAddress(rawValue: number))\""
    case .ipv4: return "\(IPv4Address(rawValue: UInt32(truncatingIfNeeded: number)))"
    case .ipv6: return "\"\(IPv6Address(high: 0x2001_0db8_0000_0000, low: number))\""
    case .decimal, .hexadecimal, .flag:
      return "\(field.bitWidth == 64 ? number : number & (1 << UInt64(field.bitWidth) - 1))"
    }
  }

  private mutating func entry(_ part: ElementPart) -> String {
    let fields = part.fields.filter { $0.byDefault != .computed }
    let address = part.kind == .address ? ["address: \"2001:db8::7\""] : []
    if part.onlyField != nil || part.kind == .address && fields.isEmpty {
      return fields.map { text(of: $0) }.joined()
    }
    return "{ \((fields.map { "\($0.name): \(text(of: $0))" } + address).joined(separator: ", ")) }"
  }

  private mutating func text(of part: ElementPart) -> String {
    switch part.kind {
    case .entries: return "[\(entry(part)), \(entry(part))]"
    case .group, .address: return entry(part)
    case .prefix: return "\"2001:db8:1:2:3:4:5:6\""
    case .octets: return "0a0b0c0d"
    case .text: return "eth0"
    case .names: return "[a.example, host]"
    case .packet: return "[ipv6, icmpv6]"
    }
  }

  @Test(arguments: Place.all) func `Every field of every element can be written and comes out`(_ place: Place)
    throws
  {
    var writer = self
    for definition in place.list.elements {
      var settings: [(key: String, text: String)] = []
      for field in definition.settableFields where field.byDefault != .computed {
        let isShape = ["flag", "prefix-length"].contains(field.name)
        settings.append((field.name, isShape ? field.name == "flag" ? "3" : "128" : writer.text(of: field)))
      }
      for part in definition.parts {
        switch part.presence {
        case .always, .flag, .unless: settings.append((part.key, writer.text(of: part)))
        case .when("c-type", 3): settings.append((part.key, writer.text(of: part)))
        case .when: continue
        }
      }
      if place.kind == .icmpv4 { settings.removeLast() }
      let fields = "{ \(settings.map { "\($0.key): \($0.text)" }.joined(separator: ", ")) }"
      let element =
        place.list.isNamed ? settings.isEmpty ? definition.name : "{ \(definition.name): \(fields) }" : fields
      let dissection = try dissected(place.layers(element))
      #expect(dissection.remarks == [], "\(element)")
      let view = try #require(dissection.layer(place.kind)?.elements.first, "\(element)")
      #expect(view.name == definition.name && view.isSound, "\(element)")
      for (key, text) in settings {
        if let field = definition.field(named: key) {
          let value = try #require(view.value(of: key), "\(key)")
          let plain = text.filter { $0 != "\"" }
          #expect(try field.value(ofLiteral: plain) == value, "\(definition.name).\(key)")
        } else {
          let part = try #require(view.parts.first { $0.part.key == key }, "\(definition.name).\(key)")
          #expect(!part.value.isEmpty)
          let shown = part.part.text(of: part.value)
          for word in text.split(whereSeparator: { " ,:{}[]\"".contains($0) })
          where part.part.kind == .entries {
            #expect(
              shown.contains(word) || part.part.fields.contains { $0.format == .ipv6 },
              "\(shown), \(text)"
            )
          }
        }
      }
    }
  }

  @Test(arguments: Place.all) func `Every element can be written by its name alone`(_ place: Place) throws {
    guard place.list.isNamed else { return }
    for definition in place.list.elements {
      let dissection = try dissected(place.layers(definition.name))
      #expect(dissection.remarks == [], "\(definition.name)")
      #expect(dissection.layer(place.kind)?.elements.first?.name == definition.name)
    }
  }

  @Test(arguments: Place.all) func `A fault goes out in every computed field`(_ place: Place) throws {
    for definition in place.list.elements + [place.list.literal].compactMap(\.self) {
      for field in definition.settableFields where field.byDefault == .computed {
        /// The field as it goes out if it is written so.
        func value(_ setting: String?) throws -> UInt64 {
          let number = definition.name.isEmpty ? place.list.framing == .object ? "class: 9" : "type: 94" : nil
          let settings = [number, setting.map { "\(field.name): \($0)" }].compactMap(\.self)
          let fields = "{ \(settings.joined(separator: ", ")) }"
          let isNamed = place.list.isNamed && !definition.name.isEmpty
          let frame = try #require(
            try sent(place.layers(isNamed ? "{ \(definition.name): \(fields) }" : fields)).first
          )
          let start = try #require(Dissection(frame).layer(place.kind)?.elements.first).range.lowerBound * 8
          return (start + field.bitOffset..<start + field.bitOffset + field.bitWidth).reduce(0) {
            value,
            bit in
            bit / 8 < frame.count ? value << 1 | UInt64(frame[bit / 8] >> UInt8(7 - bit % 8) & 1) : value
          }
        }
        let right = try value(nil)
        #expect(try value("wrong") != right, "\(definition.name).\(field.name)")
        #expect(try value("complement") != right, "\(definition.name).\(field.name)")
        #expect(try value("$computed + 1") == (right + 1) % (1 << UInt64(field.bitWidth)))
        #expect(try value("1") == 1)
      }
    }
  }
}
