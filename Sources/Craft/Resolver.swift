internal import Suite
internal import Wire

/// Works out expressions: what a literal, name or variable means for a given field of a given trial.
struct Resolver {
  let trial: Trial
  let endpoints: Endpoints
  let capabilities: [String: String]
  /// Packets sent by earlier steps, by name; `sent` is the latest.
  var packets: [String: EncodedPacket] = [:]

  /// A failure with the place in the suite.
  func invalid(_ position: SourcePosition, _ message: String) -> CraftError {
    let variant = trial.variant.isEmpty ? "" : " (variant \(trial.variant))"
    return .invalid(Diagnostic(at: position, message + variant))
  }

  /// The value of an expression for a field.
  func value(
    _ expression: Expression,
    for field: Field?,
    at position: SourcePosition,
    depth: Int = 0
  ) throws(CraftError) -> FieldValue {
    guard depth < 8 else { throw invalid(position, "the variables refer to each other in a circle") }
    switch expression {
    case .text(let text):
      return try literal(text, for: field, at: position)
    case .variable(let path):
      return try variable(path, for: field, at: position, depth: depth)
    case .sum(let a, let b):
      return try combine(a, b, for: field, at: position, depth: depth, "+") { $0.addingReportingOverflow($1) }
    case .difference(let a, let b):
      return try combine(a, b, for: field, at: position, depth: depth, "-") {
        $0.subtractingReportingOverflow($1)
      }
    case .product(let a, let b):
      return try combine(a, b, for: field, at: position, depth: depth, "*") {
        $0.multipliedReportingOverflow(by: $1)
      }
    }
  }

  /// The word that an expression comes to, if it is nothing but a word or a variant's.
  func word(_ expression: Expression) -> String? {
    switch expression {
    case .text(let text): text
    case .variable(let path) where path.count == 1: trial.bindings.first { $0.name == path[0] }?.value
    default: nil
    }
  }

  /// A whole number that isn't a field's: a length, a count.
  func number(_ expression: Located<Expression>) throws(CraftError) -> Int {
    let result = try value(expression.value, for: nil, at: expression.position)
    guard case .number(let number) = result, let small = Int(exactly: number), small <= 1 << 24 else {
      throw invalid(expression.position, "expected a whole number, not \(result)")
    }
    return small
  }

  private func combine(
    _ a: Expression,
    _ b: Expression,
    for field: Field?,
    at position: SourcePosition,
    depth: Int,
    _ sign: String,
    _ operation: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
  ) throws(CraftError) -> FieldValue {
    let left = try value(a, for: field, at: position, depth: depth + 1)
    let right = try value(b, for: nil, at: position, depth: depth + 1)
    guard case .number(let n) = right, let count = Int64(exactly: n) else {
      throw invalid(position, "'\(sign)' needs a number on its right")
    }
    switch left {
    case .number(let m):
      guard let start = Int64(exactly: m) else { break }
      let (result, overflow) = operation(start, count)
      guard !overflow, result >= 0 else {
        throw invalid(position, "\(m) \(sign) \(n) is not a non-negative number")
      }
      return .number(UInt64(result))
    case .ipv4(let address) where sign != "*":
      let step = UInt32(truncatingIfNeeded: count)
      return .ipv4(
        IPv4Address(rawValue: sign == "+" ? address.rawValue &+ step : address.rawValue &- step)
      )
    case .ipv6(let address) where sign != "*":
      let low = sign == "+" ? address.low &+ UInt64(count) : address.low &- UInt64(count)
      return .ipv6(IPv6Address(high: address.high, low: low))
    default: break
    }
    throw invalid(position, "'\(sign)' works on numbers and addresses only")
  }

  /// What a word means for a field; without a field it is a number.
  private func literal(_ text: String, for field: Field?, at position: SourcePosition) throws(CraftError)
    -> FieldValue
  {
    guard let field else {
      if let number = UInt64(literal: text) { return .number(number) }
      if let address = IPv4Address(text) { return .ipv4(address) }
      if let address = IPv6Address(text) { return .ipv6(address) }
      if let address = MACAddress(text) { return .mac(address) }
      throw invalid(position, "'\(text)' is not a number")
    }
    switch field.format {
    case .mac:
      if text == "broadcast" { return .mac(.broadcast) }
      if let address = MACAddress(text) { return .mac(address) }
      throw invalid(position, "'\(text)' is not an Ethernet address for '\(field.name)'")
    case .ipv4:
      if let address = IPv4Address(text) ?? WellKnownAddresses.ipv4[text] { return .ipv4(address) }
      throw invalid(position, "'\(text)' is not an IPv4 address for '\(field.name)'")
    case .ipv6:
      if let address = IPv6Address(text) ?? WellKnownAddresses.ipv6[text] { return .ipv6(address) }
      throw invalid(position, "'\(text)' is not an IPv6 address for '\(field.name)'")
    case .decimal, .hexadecimal, .flag:
      if let number = UInt64(literal: text) {
        if field.bitWidth < 64, number >> UInt64(field.bitWidth) != 0 {
          throw invalid(position, "\(text) doesn't fit the \(field.bitWidth) bits of '\(field.name)'")
        }
        return .number(number)
      }
      if let number = field.names?.number(named: text) { return .number(number) }
      if let flag = ["true": 1, "false": 0][text] { return .number(UInt64(flag)) }
      let names = field.names?.names ?? []
      let hint = names.isEmpty ? "" : "; it has these names: \(names.prefix(40).joined(separator: ", "))"
      throw invalid(position, "'\(text)' is neither a number nor a name of '\(field.name)'\(hint)")
    }
  }

  private func variable(
    _ path: [String],
    for field: Field?,
    at position: SourcePosition,
    depth: Int
  ) throws(CraftError) -> FieldValue {
    let name = path.first ?? ""
    if let binding = trial.bindings.first(where: { $0.name == name }) {
      return try value(Expression(parsing: binding.value), for: field, at: position, depth: depth + 1)
    }
    if let host = endpoints.host(named: name) {
      guard let host else { throw .notApplicable(Self.absence(of: name)) }
      return try address(of: host, path: path, for: field, at: position)
    }
    switch name {
    case "id": return .number(UInt64(endpoints.id))
    case "port": return .number(UInt64(endpoints.port))
    case "broadcast", "network":
      guard let address = name == "broadcast" ? endpoints.broadcast : endpoints.network else {
        throw .notApplicable("the target has no IPv4 network")
      }
      return .ipv4(address)
    case "capability":
      let capability = path.dropFirst().joined(separator: ".")
      guard let text = capabilities[capability], text != "false" else {
        throw .notApplicable("the target doesn't claim '\(capability)'")
      }
      return try literal(text, for: field, at: position)
    default: break
    }
    guard let packet = packets[name] else {
      throw invalid(position, "'$\(name)' is not known here: no packet of that name was sent before")
    }
    return try part(of: packet, path: path, at: position)
  }

  private static func absence(of name: String) -> String {
    switch name {
    case "stranger", "router": "Assay doesn't play this target's gateway ('gateway' in the target file)"
    default: "the target file leaves no second tester address"
    }
  }

  private func address(
    of host: Host,
    path: [String],
    for field: Field?,
    at position: SourcePosition
  ) throws(CraftError) -> FieldValue {
    let part: String
    switch (path.count > 1 ? path[1] : nil, field?.format) {
    case (let explicit?, _): part = explicit
    case (nil, .mac): part = "mac"
    case (nil, .ipv6): part = "ipv6"
    case (nil, _): part = "ipv4"
    }
    let missing = CraftError.notApplicable("there is no \(part) address of $\(path[0]) on this network")
    switch part {
    case "mac": return .mac(host.mac)
    case "ipv4":
      guard let address = host.ipv4 else { throw missing }
      return .ipv4(address)
    case "ipv6":
      guard let address = host.ipv6 else { throw missing }
      return .ipv6(address)
    case "link-local":
      guard let address = host.linkLocal else { throw missing }
      return .ipv6(address)
    case "solicited-node":
      guard let address = host.ipv6 else { throw missing }
      return .ipv6(address.solicitedNodeMulticast)
    default:
      throw invalid(
        position,
        "'\(part)' is not a part of $\(path[0]): mac, ipv4, ipv6, link-local, solicited-node"
      )
    }
  }

  /// `$sent.icmpv4.identifier`, `$sent.data`.
  private func part(of packet: EncodedPacket, path: [String], at position: SourcePosition) throws(CraftError)
    -> FieldValue
  {
    if path.count == 2, path[1] == "data" { return .octets(packet.trailingData) }
    guard path.count == 3 else {
      throw invalid(
        position,
        "'$\(path.joined(separator: "."))' must name a layer and a field, for example $sent.ipv4.ttl"
      )
    }
    let kind = LayerKind(rawValue: path[1])
    guard let span = packet.spans.first(where: { $0.kind == kind }) else {
      throw invalid(position, "the packet '$\(path[0])' has no layer '\(path[1])'")
    }
    guard let value = packet.value(of: path[2], in: span) else {
      throw invalid(position, "layer '\(path[1])' of '$\(path[0])' has no field '\(path[2])'")
    }
    return value
  }
}

/// Addresses that have names in suites.
enum WellKnownAddresses {
  static let ipv4: [String: IPv4Address] = [
    "broadcast": IPv4Address(rawValue: 0xffff_ffff),
    "all-hosts": IPv4Address(rawValue: 0xe000_0001),
    "all-routers": IPv4Address(rawValue: 0xe000_0002),
    "unspecified": IPv4Address(rawValue: 0),
    "loopback": IPv4Address(rawValue: 0x7f00_0001),
  ]
  static let ipv6: [String: IPv6Address] = [
    "all-nodes": IPv6Address(high: 0xff02_0000_0000_0000, low: 1),
    "all-routers": IPv6Address(high: 0xff02_0000_0000_0000, low: 2),
    "unspecified": IPv6Address(high: 0, low: 0),
    "loopback": IPv6Address(high: 0, low: 1),
  ]
}
