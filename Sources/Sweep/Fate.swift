public import Suite
internal import Wire

/// What became of a probe.
public indirect enum Fate: Hashable, Sendable {
  /// It came out on the other side as it went in; hop count, and the checksum over it, aside.
  case delivered
  /// It came out with these fields rewritten, those of the packet that it quotes beginning with `quoted `.
  case changed([String])
  /// It was sent back with an error.
  case rejected(Rejection)
  /// It vanished, which is proved: see ``SliceEvidence``.
  case dropped
  /// What becomes of it depends on how many others went before: so many a second meet with the other fate, the rest vanishes.
  case rateLimited(perSecond: Double?, Fate)
  /// Nothing is proved.
  case inconclusive(Doubt)

  /// The error that a probe was refused with.
  public struct Rejection: Hashable, Sendable {
    /// The error's type and code.
    public var kind: MessageKind
    /// The address that it came from.
    public var source: String
    /// Fields of the probe that the error quotes otherwise than they were sent.
    public var misquoted: [String]

    /// Puts the parts together.
    public init(_ kind: MessageKind, from source: String, misquoted: [String] = []) {
      self.kind = kind
      self.source = source
      self.misquoted = misquoted
    }
  }

  /// Why nothing is proved.
  public enum Doubt: String, Hashable, Codable, Sendable, CaseIterable {
    /// It vanished, but so does everything else, or there was nothing that is known to pass.
    case noWitness = "no-witness"
    /// It vanished on a path that loses frames, not often enough to prove anything.
    case lossyPath = "lossy-path"
    /// The capture lost frames while it was asked.
    case captureLost = "capture-lost"
    /// It was never seen leaving as it was crafted.
    case notSent = "not-sent"
    /// A rate limit let too few through to tell those it holds for from those that are dropped.
    case rateLimit = "rate-limit"
    /// It met with several fates.
    case conflict
    /// The sweep ended before.
    case interrupted
  }

  /// The fate's name alone.
  public var name: String {
    switch self {
    case .delivered: "delivered"
    case .changed: "changed"
    case .rejected: "rejected"
    case .dropped: "dropped"
    case .rateLimited: "rate-limited"
    case .inconclusive: "inconclusive"
    }
  }

  /// All names, in the order of reports.
  public static let names = ["delivered", "changed", "rejected", "dropped", "rate-limited", "inconclusive"]

  /// Whether it is the same fate to somebody who looks for changes: measured rates differ a little each time.
  public func isSame(as other: Fate) -> Bool {
    switch (self, other) {
    case (.rateLimited(let one, let inner), .rateLimited(let two, let otherInner)):
      guard inner.isSame(as: otherInner) else { return false }
      guard let one, let two, one > 0, two > 0 else { return one == nil || two == nil }
      return max(one, two) / min(one, two) <= Self.rateTolerance
    default: return self == other
    }
  }

  /// Rates that differ by no more than this factor count as the same.
  static let rateTolerance = 1.5

  /// The fate in words; types are those of a version of ICMP.
  public func text(_ version: IPVersion) -> String {
    switch self {
    case .delivered, .dropped: name
    case .changed(let fields): "changed (\(fields.joined(separator: ", ")))"
    case .rejected(let rejection): "rejected by \(rejection.text(version))"
    case .rateLimited(let rate, let inner):
      "rate-limited ("
        + [
          rate.map { "about \(Self.rounded($0))/s" } ?? "to less than can be measured",
          inner == .delivered ? nil : inner.text(version),
        ].compactMap(\.self).joined(separator: ", ") + ")"
    case .inconclusive(let doubt): "inconclusive (\(doubt.rawValue))"
    }
  }

  /// A rate as people say it: two digits that count.
  static func rounded(_ rate: Double) -> String {
    guard rate.isFinite, rate > 0, rate < 1e12 else { return "0" }
    if rate < 10 {
      let tenths = Int((rate * 10).rounded())
      return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
    var unit = 1.0
    while rate / unit >= 100 { unit *= 10 }
    return "\(Int((rate / unit).rounded() * unit))"
  }
}

extension Fate.Rejection {
  /// `3/13 (destination-unreachable, communication-prohibited) from 192.0.2.1`.
  public func text(_ version: IPVersion) -> String {
    let definition = version == .v4 ? Protocols.definition(of: .icmpv4) : Protocols.definition(of: .icmpv6)
    let codes = definition?.variants.first { $0.types.contains(kind.type) }?.fields
      .first { $0.name == "code" }?.names
    let names = [
      version.typeNames.name(of: UInt64(kind.type)), codes?.name(of: UInt64(kind.code)),
    ].compactMap(\.self)
    let title = names.isEmpty ? "\(kind)" : "\(kind) (\(names.joined(separator: ", ")))"
    let errors = misquoted.isEmpty ? "" : ", misquoting \(misquoted.joined(separator: ", "))"
    return "\(title) from \(source)\(errors)"
  }
}
