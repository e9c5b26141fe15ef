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
      guard let text = resolver.fault(data.value), let octets = [UInt8](hex: text) else {
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
      return OptionTemplate(type: 148, body: try bigEndian("value", octets: 2, of: option, default: 0))
    case "stream-id":
      return OptionTemplate(type: 136, body: try bigEndian("value", octets: 2, of: option, default: 0))
    case "record-route":
      let slots = Int(try octet("slots", of: option, default: 3))
      let pointer = try octet("pointer", of: option, default: 4)
      return try withLength(
        option,
        OptionTemplate(type: 7, body: [pointer] + [UInt8](repeating: 0, count: slots * 4))
      )
    case "timestamp":
      let flag = try octet("flag", of: option, default: 0)
      let overflow = try octet("overflow", of: option, default: 0)
      let slots = Int(try octet("slots", of: option, default: 2))
      let pointer = try octet("pointer", of: option, default: 5)
      let slotLength = flag == 0 ? 4 : 8
      guard flag < 16, overflow < 16 else {
        throw resolver.invalid(option.position, "'flag' and 'overflow' have four bits each")
      }
      let head = [pointer, overflow << 4 | flag]
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
      guard (2...257).contains(size) else {
        throw resolver.invalid(
          option.position,
          "'padn' takes 2 to 257 octets in all, not \(size); see 'pad1'"
        )
      }
      return OptionTemplate(type: 1, body: [UInt8](repeating: 0, count: size - 2))
    case "router-alert":
      return OptionTemplate(type: 5, body: try bigEndian("value", octets: 2, of: option, default: 0))
    default:
      return OptionTemplate(type: 0xc2, body: try bigEndian("value", octets: 4, of: option, default: 65_536))
    }
  }

  private func neighborOption(_ option: OptionSpecification) throws(CraftError) -> OptionTemplate {
    switch option.name {
    case "mtu":
      return OptionTemplate(
        type: 5,
        body: [0, 0] + (try bigEndian("value", octets: 4, of: option, default: 1500))
      )
    case "nonce":
      return OptionTemplate(type: 14, body: try bigEndian("value", octets: 6, of: option, default: 1))
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

  /// An argument in network order, which fits so many octets.
  private func bigEndian(
    _ name: String,
    octets: Int,
    of option: OptionSpecification,
    default value: UInt64
  ) throws(CraftError) -> [UInt8] {
    var number = value
    if let argument = option.arguments[name] {
      let field = Field(option.name, bits: 0..<octets * 8, summary: "")
      guard case .number(let given) = try resolver.value(argument.value, for: field, at: argument.position)
      else {
        throw resolver.invalid(argument.position, "'\(option.name)' takes a number")
      }
      number = given
    }
    return (0..<octets).map { UInt8(truncatingIfNeeded: number >> UInt64((octets - 1 - $0) * 8)) }
  }
}
