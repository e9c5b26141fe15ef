internal import Suite
internal import Wire

extension PacketBuilder {
  /// The octets of one option.
  func option(_ option: OptionSpecification, of kind: LayerKind) throws(CraftError) -> OptionTemplate {
    if option.name == "type" { return try literalOption(option) }
    switch kind {
    case .ipv4: return try ipv4Option(option)
    case .hopByHop, .destinationOptions: return try ipv6Option(option)
    default: return try neighborOption(option)
    }
  }

  /// `{ type: 0x9e, length: 2, data: 0000 }`.
  private func literalOption(_ option: OptionSpecification) throws(CraftError) -> OptionTemplate {
    var result = OptionTemplate(type: 0)
    result.type = try octet("type", of: option, default: 0)
    if option.arguments["length"] != nil { result.length = try octet("length", of: option, default: 0) }
    if let data = option.arguments["data"] {
      guard case .text(let text) = data.value, let octets = Self.octets(hex: text) else {
        throw resolver.invalid(data.position, "'data' is pairs of hexadecimal digits")
      }
      result.body = octets
    }
    return result
  }

  private func ipv4Option(_ option: OptionSpecification) throws(CraftError) -> OptionTemplate {
    switch option.name {
    case "end": return OptionTemplate(type: 0, hasLength: false)
    case "nop": return OptionTemplate(type: 1, hasLength: false)
    case "router-alert":
      let value = try number("value", of: option, default: 0)
      return OptionTemplate(type: 148, body: Self.bigEndian(value, octets: 2))
    case "stream-id":
      let value = try number("value", of: option, default: 0)
      return OptionTemplate(type: 136, body: Self.bigEndian(value, octets: 2))
    case "record-route":
      let slots = try number("slots", of: option, default: 3)
      let pointer = try octet("pointer", of: option, default: 4)
      return try withLength(
        option,
        OptionTemplate(type: 7, body: [pointer] + [UInt8](repeating: 0, count: slots * 4))
      )
    case "timestamp":
      let flag = try octet("flag", of: option, default: 0)
      let overflow = try octet("overflow", of: option, default: 0)
      let slots = try number("slots", of: option, default: 2)
      let pointer = try octet("pointer", of: option, default: 5)
      let slotLength = flag & 0x0f == 0 ? 4 : 8
      let head = [pointer, overflow << 4 | flag & 0x0f]
      let body = head + [UInt8](repeating: 0, count: slots * slotLength)
      return try withLength(option, OptionTemplate(type: 68, body: body))
    default:
      let pointer = try octet("pointer", of: option, default: 4)
      var body = [pointer]
      for address in option.list {
        let field = Field("address", bits: 0..<32, format: .ipv4, summary: "")
        let value = try resolver.value(address.value, for: field, at: address.position)
        guard case .ipv4(let hop) = value else {
          throw resolver.invalid(address.position, "a source route is a list of IPv4 addresses")
        }
        body += hop.octets
      }
      return OptionTemplate(type: option.name == "lsrr" ? 131 : 137, body: body)
    }
  }

  private func ipv6Option(_ option: OptionSpecification) throws(CraftError) -> OptionTemplate {
    switch option.name {
    case "pad1": return OptionTemplate(type: 0, hasLength: false)
    case "padn":
      // N counts the whole option, as it counts in alignment.
      let size = try number("value", of: option, default: 2)
      return OptionTemplate(type: 1, body: [UInt8](repeating: 0, count: max(0, size - 2)))
    case "router-alert":
      return OptionTemplate(
        type: 5,
        body: Self.bigEndian(try number("value", of: option, default: 0), octets: 2)
      )
    default:
      return OptionTemplate(
        type: 0xc2,
        body: Self.bigEndian(try number("value", of: option, default: 65_536), octets: 4)
      )
    }
  }

  private func neighborOption(_ option: OptionSpecification) throws(CraftError) -> OptionTemplate {
    switch option.name {
    case "mtu":
      let mtu = try number("value", of: option, default: 1500)
      return OptionTemplate(type: 5, body: [0, 0] + Self.bigEndian(mtu, octets: 4))
    case "nonce":
      return OptionTemplate(
        type: 14,
        body: Self.bigEndian(try number("value", of: option, default: 1), octets: 6)
      )
    default:
      var mac = resolver.endpoints.tester.mac
      if let argument = option.arguments["value"] {
        let field = Field("address", bits: 0..<48, format: .mac, summary: "")
        if case .mac(let given) = try resolver.value(argument.value, for: field, at: argument.position) {
          mac = given
        }
      }
      return OptionTemplate(type: option.name == "source-link-layer" ? 1 : 2, body: mac.octets)
    }
  }

  private func withLength(
    _ option: OptionSpecification,
    _ template: OptionTemplate
  ) throws(CraftError) -> OptionTemplate {
    var template = template
    if option.arguments["length"] != nil { template.length = try octet("length", of: option, default: 0) }
    return template
  }

  private func number(
    _ name: String,
    of option: OptionSpecification,
    default value: Int
  ) throws(CraftError) -> Int {
    guard let argument = option.arguments[name] else { return value }
    return try resolver.number(argument)
  }

  private func octet(
    _ name: String,
    of option: OptionSpecification,
    default value: UInt8
  ) throws(CraftError) -> UInt8 {
    let number = try number(name, of: option, default: Int(value))
    guard let octet = UInt8(exactly: number) else {
      throw resolver.invalid(option.position, "'\(name)' must fit one octet, not \(number)")
    }
    return octet
  }

  private static func bigEndian(_ value: Int, octets: Int) -> [UInt8] {
    (0..<octets).map { UInt8(truncatingIfNeeded: value >> ((octets - 1 - $0) * 8)) }
  }

  private static func octets(hex text: String) -> [UInt8]? {
    let digits = text.compactMap(\.hexDigitValue)
    guard digits.count == text.count, digits.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }
}
