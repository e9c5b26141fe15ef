internal import Suite

extension Fate: Codable {
  private enum Key: String, CodingKey {
    case fate, fields, type, code, from, misquoted, perSecond, of, because
  }

  /// Reads what ``encode(to:)`` wrote.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let name = try container.decode(String.self, forKey: .fate)
    switch name {
    case "delivered": self = .delivered
    case "dropped": self = .dropped
    case "changed": self = .changed(try container.decode([String].self, forKey: .fields))
    case "rejected":
      let kind = MessageKind(
        type: try container.decode(UInt8.self, forKey: .type),
        code: try container.decode(UInt8.self, forKey: .code)
      )
      self = .rejected(
        Rejection(
          kind,
          from: try container.decode(String.self, forKey: .from),
          misquoted: try container.decodeIfPresent([String].self, forKey: .misquoted) ?? []
        )
      )
    case "rate-limited":
      let inner = try container.decode(Fate.self, forKey: .of)
      guard [Self.names[0], Self.names[1]].contains(inner.name) else {
        throw DecodingError.dataCorruptedError(
          forKey: .of,
          in: container,
          debugDescription: "only what comes out can be rate-limited"
        )
      }
      self = .rateLimited(perSecond: try container.decodeIfPresent(Double.self, forKey: .perSecond), inner)
    case "inconclusive": self = .inconclusive(try container.decode(Doubt.self, forKey: .because))
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .fate,
        in: container,
        debugDescription: "'\(name)' is no fate"
      )
    }
  }

  /// Writes the fate as an object: its name, and what belongs to it.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .fate)
    switch self {
    case .delivered, .dropped: break
    case .changed(let fields): try container.encode(fields, forKey: .fields)
    case .rejected(let rejection):
      try container.encode(rejection.kind.type, forKey: .type)
      try container.encode(rejection.kind.code, forKey: .code)
      try container.encode(rejection.source, forKey: .from)
      if !rejection.misquoted.isEmpty { try container.encode(rejection.misquoted, forKey: .misquoted) }
    case .rateLimited(let rate, let inner):
      try container.encodeIfPresent(rate, forKey: .perSecond)
      try container.encode(inner, forKey: .of)
    case .inconclusive(let doubt): try container.encode(doubt, forKey: .because)
    }
  }
}
