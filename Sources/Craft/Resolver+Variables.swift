internal import Suite
internal import Wire

extension Resolver {
  func variable(
    _ path: [String],
    for field: Field?,
    at position: SourcePosition,
    depth: Int
  ) throws(CraftError) -> FieldValue {
    let name = path.first ?? ""
    if let binding = trial.bindings.first(where: { $0.name == name }) {
      try checkPath(path, atMost: 1, at: position)
      return try value(Expression(parsing: binding.value), for: field, at: position, depth: depth + 1)
    }
    if let host = endpoints.host(named: name) {
      guard let host else { throw .notApplicable(Self.absence(of: name)) }
      return try address(of: host, path: path, for: field, at: position)
    }
    switch name {
    case "id", "port":
      try checkPath(path, atMost: 1, at: position)
      return .number(UInt64(name == "id" ? endpoints.id : endpoints.port))
    case "repetition":
      try checkPath(path, atMost: 1, at: position)
      return .number(UInt64(repetition))
    case "case":
      try checkPath(path, atMost: 1, at: position)
      return .octets(Array(trial.id.utf8))
    case "computed":
      throw invalid(
        position,
        "'$computed' stands first in a length or checksum that is sent, as in `$computed + 4`"
      )
    case "fresh-prefix":
      let part = path.dropFirst().first
      try checkPath(path, atMost: part == "last" ? 2 : 1, at: position)
      return .ipv6(IPv6Address(high: endpoints.freshPrefix.high, low: part == "last" ? .max : 0))
    case "broadcast", "network":
      try checkPath(path, atMost: 1, at: position)
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
    if let connection = connections[name], path.count == 2, let number = connection.numbers[path[1]] {
      return .number(number)
    }
    guard let (packet, part) = packet(in: path) else {
      if connections[name] != nil {
        let parts = Grammar.connectionParts.map(\.name).joined(separator: ", ")
        throw invalid(position, "'$\(path.joined(separator: "."))' is nothing of a connection: \(parts)")
      }
      throw invalid(position, "no packet was sent or received before that '$\(name)' could mean")
    }
    return try value(of: part, in: packet, path: path, at: position)
  }

  /// The packet that a path begins with, and the rest of the path; nil if there is none of that name.
  private func packet(in path: [String]) -> (packet: EncodedPacket, part: ArraySlice<String>)? {
    if path.count > 1, let packet = packets[path[0] + "." + path[1]] { return (packet, path.dropFirst(2)) }
    return packets[path.first ?? ""].map { ($0, path.dropFirst()) }
  }

  /// The packet that an expression names; nil if it names none.
  func packet(_ expression: Expression) -> EncodedPacket? {
    guard case .variable(let path) = expression, let found = packet(in: path), found.part.isEmpty else {
      return nil
    }
    return found.packet
  }

  private func checkPath(_ path: [String], atMost count: Int, at position: SourcePosition) throws(CraftError)
  {
    guard path.count > count else { return }
    throw invalid(position, "'$\(path.prefix(count).joined(separator: "."))' has no part '\(path[count])'")
  }

  private static func absence(of name: String) -> String {
    switch name {
    case "far-tester", "far-target": "the target has no far side"
    case "far-stranger", "far-router":
      "Assay doesn't play this target's gateway on the far side ('gateway' in the target file)"
    case "stranger", "stranger2", "router":
      "Assay doesn't play this target's gateway ('gateway' in the target file)"
    default: "the target file leaves no second tester address"
    }
  }

  private func address(
    of host: Host,
    path: [String],
    for field: Field?,
    at position: SourcePosition
  ) throws(CraftError) -> FieldValue {
    try checkPath(path, atMost: 2, at: position)
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
    case "subnet-router-anycast":
      guard let address = host.ipv6 else { throw missing }
      return .ipv6(IPv6Address(high: address.high, low: 0))
    case "link-local-solicited-node":
      guard let address = host.linkLocal else { throw missing }
      return .ipv6(address.solicitedNodeMulticast)
    default:
      let parts = Grammar.hostParts.map(\.name).joined(separator: ", ")
      throw invalid(position, "'\(part)' is not a part of $\(path[0]): \(parts)")
    }
  }

  /// `$sent.icmpv4.identifier`, `$received.quote.udp.source-port`, `$sent.data`.
  private func value(
    of path: ArraySlice<String>,
    in packet: EncodedPacket,
    path whole: [String],
    at position: SourcePosition
  ) throws(CraftError) -> FieldValue {
    if path == ["data"] { return .octets(packet.trailingData) }
    if path == ["length"] { return .number(UInt64(packet.network.count)) }
    let isQuoted = path.first == "quote" && path.count > 1
    let rest = Array(isQuoted ? path.dropFirst() : path)
    let name = whole.dropLast(path.count).joined(separator: ".")
    let asksForGroup = rest.count == 3 && rest[2] == OwnField.group
    guard rest.count == 2 || asksForGroup else {
      throw invalid(
        position,
        "'$\(whole.joined(separator: "."))' must name a layer and a field, for example $\(name).ipv4.ttl"
      )
    }
    let kind = LayerKind(rawValue: rest[0])
    guard let span = packet.spans.first(where: { $0.kind == kind && ($0.depth > 0) == isQuoted }) else {
      throw invalid(position, "the packet '$\(name)' \(isQuoted ? "quotes" : "has") no layer '\(rest[0])'")
    }
    guard let value = packet.value(of: rest[1], in: span) else {
      throw invalid(position, "layer '\(rest[0])' of '$\(name)' has no field '\(rest[1])'")
    }
    guard asksForGroup else { return value }
    guard case .ipv6(let address) = value else {
      throw invalid(position, "layer '\(rest[0])' of '$\(name)' has no IPv6 address '\(rest[1])'")
    }
    return .ipv6(address.solicitedNodeMulticast)
  }
}
