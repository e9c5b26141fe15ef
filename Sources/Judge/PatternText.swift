internal import Craft
internal import Wire

/// Patterns in words: `icmpv4 with type 0 (echo-reply), code 0; data of 8 octets`.
extension FramePattern {
  /// The pattern in words.
  var text: String {
    layers.map(\.text).joined(separator: "; ") + (arm.map { " on the \($0.rawValue) side" } ?? "")
  }
}

extension LayerMatcher {
  /// More conditions than this help nobody in a sentence.
  private static let limit = 8

  fileprivate var text: String {
    if isAbsent { return "no \(kind)" }
    if let forwarded { return "forwarded: \(forwarded.text)" }
    if let quoted { return "quoted: \(quoted.text)" }
    if let data { return "\(kind) \(data.text)" }
    var conditions = fields.map { "\($0.name) \($0.predicate.text(for: field(named: $0.name)))" }
    conditions += lists.map { "\($0.key) \($0.text)" }
    guard !conditions.isEmpty else { return kind.rawValue }
    let rest = conditions.count > Self.limit ? " and \(conditions.count - Self.limit) more" : ""
    return "\(kind) with \(conditions.prefix(Self.limit).joined(separator: ", "))\(rest)"
  }

  /// The field of that name in the form that the pattern's type and code give the header.
  private func field(named name: String) -> Field? {
    let definition = Protocols.definition(of: kind)
    func octet(_ name: String) -> UInt8? {
      guard case .equals(.number(let number))? = fields.first(where: { $0.name == name })?.predicate else {
        return nil
      }
      return UInt8(exactly: number)
    }
    let form = definition?.fields(type: octet("type"), code: octet("code"))
    return form?.first { $0.name == name } ?? definition?.field(named: name)
  }
}

extension DataMatcher {
  fileprivate var text: String {
    switch self {
    case .equals(let octets): octets.isEmpty ? "of no octets" : Self.text(octets)
    case .startsWith(let octets): "beginning with \(Self.text(octets))"
    case .both(let first, let second): "\(first.text), \(second.text)"
    case .length(let predicate): "of \(predicate.text(for: nil)) octets"
    }
  }

  private static func text(_ octets: [UInt8]) -> String {
    let shown = ValueText.hex(octets.prefix(8)) + (octets.count > 8 ? " …" : "")
    return "\(octets.count == 1 ? "1 octet" : "\(octets.count) octets") \(shown)"
  }
}

extension QuotedMatcher {
  fileprivate var text: String {
    var conditions = ["the invoking packet of \(packet.count) octets"]
    if atLeast > 0 { conditions.append("at least \(atLeast) octets behind its IP header") }
    if let atMostTotal { conditions.append("the error at most \(atMostTotal) octets long") }
    if let asMuchAsFits { conditions.append("as much as fits \(asMuchAsFits) octets") }
    if !unchangedExcept.isEmpty {
      conditions.append("unchanged but for \(unchangedExcept.joined(separator: ", "))")
    }
    return conditions.joined(separator: ", ")
  }
}

extension ForwardedMatcher {
  fileprivate var text: String {
    let except =
      unchangedExcept.isEmpty ? "" : ", unchanged but for \(unchangedExcept.joined(separator: ", "))"
    return "the packet of \(packet.count) octets that was sent, one hop on\(except)"
  }
}

extension ListMatcher {
  fileprivate var text: String {
    let number = count.map { "\($0.text(for: nil)) in all" }
    switch demand {
    case .absent: return "absent"
    case .present: return number ?? "present"
    case .elements(let elements):
      let names = elements.map { $0.name.isEmpty ? "one by its numbers" : $0.name }
      return "with \((names + [number].compactMap(\.self)).joined(separator: ", "))"
    }
  }
}
