internal import Suite
internal import Wire

/// A field that came out otherwise than it went in.
struct FieldDifference: Hashable, Sendable {
  /// For example `ipv4.source`, or `quoted udp.source-port`.
  var name: String
  var sent: String
  var seen: String

  /// What differs between a frame that was sent and what came out of it: in the packet and in the one that it quotes.
  ///
  /// Hop counts aren't looked at, nor are the frames themselves. Checksums count only where they are wrong for what they
  /// cover: a rewritten field needs another one.
  static func between(_ sent: Dissection, _ seen: Dissection) -> [FieldDifference] {
    let outer = differences(packet(sent.layers), packet(seen.layers), isQuoted: false)
    let quoted = differences(sent.quote, seen.quote, isQuoted: true)
    let wrong = seen.remarks.filter { $0.kind == .checksum }.map { remark in
      FieldDifference(
        name: (remark.isQuoted ? "quoted " : "") + "\(remark.layer).checksum",
        sent: "right",
        seen: "wrong"
      )
    }
    let known = Set(sent.remarks.filter { $0.kind == .checksum }.map { "\($0.isQuoted) \($0.layer)" })
    return outer + quoted
      + zip(wrong, seen.remarks.filter { $0.kind == .checksum }).filter {
        !known.contains("\($1.isQuoted) \($1.layer)")
      }.map(\.0)
  }

  /// The layers of the packet itself, without the frame around it.
  private static func packet(_ layers: [LayerView]) -> [LayerView] {
    layers.filter { ![.ethernet, .vlan, .quote, .trailer].contains($0.kind) }
  }

  private static func differences(
    _ sent: [LayerView],
    _ seen: [LayerView],
    isQuoted: Bool
  ) -> [FieldDifference] {
    let prefix = isQuoted ? "quoted " : ""
    let kinds = (sent.map(\.kind), seen.map(\.kind))
    if kinds.0 != kinds.1 {
      func text(_ kinds: [LayerKind]) -> String {
        kinds.isEmpty ? "nothing" : kinds.map(\.rawValue).joined(separator: " ")
      }
      return [FieldDifference(name: prefix + "layers", sent: text(kinds.0), seen: text(kinds.1))]
    }
    return zip(sent, seen).flatMap { one, other in
      fields(one, other).map {
        FieldDifference(name: prefix + $0.name, sent: $0.sent, seen: $0.seen)
      }
    }
  }

  private static let uncounted: Set<String> = ["ttl", "hop-limit", "header-checksum", "checksum"]

  private static func fields(_ sent: LayerView, _ seen: LayerView) -> [FieldDifference] {
    if sent.kind == .data || sent.kind == .raw {
      return sent.bytes.elementsEqual(seen.bytes)
        ? [] : [FieldDifference(name: sent.kind.rawValue, sent: octets(sent), seen: octets(seen))]
    }
    if sent.bytes.elementsEqual(seen.bytes) { return [] }
    var found: [FieldDifference] = []
    var end = 0
    for field in sent.fields {
      // Second names of bits that had one already.
      guard field.bitOffset >= end else { continue }
      end = field.bitOffset + field.bitWidth
      guard !uncounted.contains(field.name) else { continue }
      let (one, other) = (sent.value(of: field), seen.value(of: field.name))
      if one != other {
        found.append(
          FieldDifference(
            name: "\(sent.kind).\(field.name)",
            sent: one.map { field.text(of: $0) } ?? "absent",
            seen: other.map { field.text(of: $0) } ?? "absent"
          )
        )
      }
    }
    return found
  }

  private static func octets(_ view: LayerView) -> String {
    let shown = view.bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: " ")
    return "\(view.bytes.count) octets (\(shown)\(view.bytes.count > 8 ? " …" : ""))"
  }
}
