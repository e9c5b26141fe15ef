internal import Craft
internal import Wire

extension FramePattern {
  /// What in a frame isn't as the pattern requires, the side where it came included; empty if it matches.
  func differences(in candidate: Evaluator.Candidate) -> [FieldDifference] {
    let differences = differences(in: candidate.frame)
    guard let arm, arm != candidate.arm else { return differences }
    return [FieldDifference(field: "side", required: arm.rawValue, seen: candidate.arm.rawValue)]
      + differences
  }

  /// What in a frame isn't as the pattern requires; empty if it matches.
  ///
  /// Named layers are looked for in order; layers in between are don't-care.
  func differences(in frame: Dissection) -> [FieldDifference] {
    var result: [FieldDifference] = []
    var cursor = 0
    for layer in layers where layer.isAbsent && frame.layer(layer.kind) != nil {
      result.append(FieldDifference(field: layer.kind.rawValue, required: "absent", seen: "present"))
    }
    for layer in layers where !layer.isAbsent {
      switch layer.kind.rawValue {
      case "quoted":
        if let quoted = layer.quoted { result += quoted.differences(in: frame) }
      case "forwarded":
        if let forwarded = layer.forwarded { result += forwarded.differences(in: frame) }
      case "data":
        if let data = layer.data {
          result += data.differences(in: frame.layer(.data).map { Array($0.bytes) } ?? [])
        }
      case "trailer":
        if let data = layer.data { result += data.differences(in: Array(frame.trailer), named: "trailer") }
      default:
        guard let index = frame.layers[cursor...].firstIndex(where: { $0.kind == layer.kind }) else {
          // What must not be there may be missing with its layer.
          if layer.fields.isEmpty, !layer.lists.isEmpty, layer.lists.allSatisfy(\.isMetByNoLayer) { continue }
          let seen = frame.layers.map(\.kind.rawValue).joined(separator: ", ")
          result.append(
            FieldDifference(field: layer.kind.rawValue, required: "present", seen: "only \(seen)")
          )
          continue
        }
        result += layer.bound(to: frame).differences(in: frame.layers[index])
        cursor = index + 1
      }
    }
    return result
  }

  /// Whether it names a field that only single fragments have, so that fragments must not be put together first.
  var looksAtFragments: Bool {
    layers.contains { layer in
      layer.kind == .fragment
        || layer.fields.contains { ["more-fragments", "fragment-offset"].contains($0.name) }
    }
  }
}

extension LayerMatcher {
  /// The same with the values that a frame has in the fields with which others have to compare.
  fileprivate func bound(to frame: Dissection) -> LayerMatcher {
    var matcher = self
    matcher.fields = fields.map { field in
      field.bound { own in own.layer.flatMap { frame.layer($0)?.value(of: own.field) } }
    }
    return matcher
  }

  func differences(in view: LayerView) -> [FieldDifference] {
    lists.flatMap { $0.differences(in: view) }
      + fields.compactMap { matcher in
        let value = view.value(of: matcher.name)
        guard !matcher.predicate.accepts(value) else { return nil }
        let field =
          view.fields.first { $0.name == matcher.name }
          ?? Protocols.definition(of: kind)?.field(named: matcher.name)
        return FieldDifference(
          field: "\(kind).\(matcher.name)",
          required: matcher.predicate.text(for: field),
          seen: value.map { ValueText.text($0, for: field) } ?? "absent"
        )
      }
  }
}

extension FieldMatcher {
  /// The same with the value of the field with which this one has to compare, where there is such a value.
  func bound(_ value: (OwnField) -> FieldValue?) -> FieldMatcher {
    guard case .own(let own) = predicate, let value = value(own) else { return self }
    var matcher = self
    matcher.predicate = own.predicate(value)
    return matcher
  }
}

extension DataMatcher {
  func differences(in data: [UInt8], named name: String = "data") -> [FieldDifference] {
    switch self {
    case .equals(let required):
      guard data != required else { return [] }
      return [Self.difference(name, required: required, seen: data, exact: true)]
    case .startsWith(let required):
      guard !data.starts(with: required) else { return [] }
      return [Self.difference(name, required: required, seen: data, exact: false)]
    case .both(let first, let second):
      return first.differences(in: data) + second.differences(in: data)
    case .length(let predicate):
      guard !predicate.accepts(.number(UInt64(data.count))) else { return [] }
      return [
        FieldDifference(
          field: "\(name) length",
          required: predicate.text(for: nil),
          seen: "\(data.count) octets"
        )
      ]
    }
  }

  private static func difference(
    _ name: String,
    required: [UInt8],
    seen: [UInt8],
    exact: Bool
  ) -> FieldDifference {
    let at =
      zip(required, seen).enumerated().first { $1.0 != $1.1 }?.offset ?? min(required.count, seen.count)
    func excerpt(_ octets: [UInt8]) -> String {
      let tail = octets.dropFirst(at)
      let hex = ValueText.hex(tail.prefix(8)) + (tail.count > 8 ? "…" : "")
      return "\(octets.count) octets" + (hex.isEmpty ? ", nothing at \(at)" : ", at \(at): \(hex)")
    }
    return FieldDifference(
      field: name,
      required: (exact ? "" : "beginning with ") + excerpt(required),
      seen: excerpt(seen)
    )
  }
}

extension Predicate {
  /// Whether a value is as required; nil is a field which isn't there.
  func accepts(_ value: FieldValue?) -> Bool {
    switch self {
    case .any: return true
    case .absent: return value == nil
    // Only what is bound to a frame is ever asked.
    case .own: return false
    case .present: return value != nil
    case .not(let predicate): return value != nil && !predicate.accepts(value)
    case .oneOf(let predicates): return predicates.contains { $0.accepts(value) }
    case .equals(let required): return value == required
    case .range(let low, let high):
      guard let value, let v = value.orderKey(like: low), let a = low.orderKey, let b = high.orderKey else {
        return false
      }
      return !(v < a) && !(b < v)
    case .atLeast(let low):
      guard let value, let v = value.orderKey(like: low), let a = low.orderKey else { return false }
      return !(v < a)
    case .atMost(let high):
      guard let value, let v = value.orderKey(like: high), let b = high.orderKey else { return false }
      return !(b < v)
    }
  }
}

extension FieldValue {
  /// A key that orders values of one kind; nil for octets.
  fileprivate var orderKey: (UInt64, UInt64)? {
    switch self {
    case .number(let number): (0, number)
    case .mac(let address): (0, address.rawValue)
    case .ipv4(let address): (0, UInt64(address.rawValue))
    case .ipv6(let address): (address.high, address.low)
    case .octets: nil
    }
  }

  /// The key, if both are of one kind.
  fileprivate func orderKey(like other: FieldValue) -> (UInt64, UInt64)? {
    switch (self, other) {
    case (.number, .number), (.mac, .mac), (.ipv4, .ipv4), (.ipv6, .ipv6): orderKey
    default: nil
    }
  }
}
