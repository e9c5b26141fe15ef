internal import Craft
internal import Wire

/// Frames that a target sends on its own account: never counted, unless a step names their kind.
enum Noise {
  /// What background protocol a frame belongs to; nil if it isn't background.
  static func name(of frame: Dissection) -> String? {
    if frame.layer(.arp) != nil { return "address resolution" }
    if let icmp = frame.layer(.icmpv6), let type = icmp.number("type") {
      switch type {
      case 130...132, 143, 151...153: return "multicast listener discovery"
      case 133, 134: return "router discovery"
      case 135, 136: return "neighbour discovery"
      default: return nil
      }
    }
    if let ip = frame.layer(.ipv4), ip.number("protocol") == 2 { return "group management" }
    if let icmp = frame.layer(.icmpv4), [9, 10].contains(icmp.number("type")) { return "router discovery" }
    return frame.layer(.ipv4) == nil && frame.layer(.ipv6) == nil ? "not IP" : nil
  }

  /// Whether a step of the plan looks for this background protocol, or asks for it, so that it counts after all.
  static func isNamed(_ frame: Dissection, by plan: TrialPlan) -> Bool {
    if frame.layer(.icmpv4)?.number("type") == 9, plan.solicitsRouters { return true }
    return plan.patterns.contains { pattern in
      pattern.layers.contains { layer in
        if frame.layer(.arp) != nil { return layer.kind == .arp }
        switch layer.kind {
        case .icmpv4, .icmpv6:
          let message = frame.layer(layer.kind)
          return layer.spells("type", as: message?.number("type")) && layer.asks(for: message)
        case .ipv4:
          let number = frame.layer(.ipv4)?.number("protocol")
          return number == 2 && layer.spells("protocol", as: number)
        default: return false
        }
      }
    }
  }
}

extension LayerMatcher {
  /// Whether it may mean a neighbour solicitation: one for another address than it says is the target's own business, which
  /// asks its neighbours from time to time whether they are still there.
  fileprivate func asks(for message: LayerView?) -> Bool {
    guard let message, message.kind == .icmpv6, message.number("type") == 135,
      let address = message.value(of: "target")
    else { return true }
    return fields.allSatisfy { $0.name != "target" || $0.predicate.accepts(address) }
  }

  /// Whether it asks for this value of a field in so many words; a condition that happens to accept it doesn't count.
  fileprivate func spells(_ field: String, as number: UInt64?) -> Bool {
    guard let number else { return false }
    return fields.contains { $0.name == field && $0.predicate.spells(.number(number)) }
  }
}

extension Predicate {
  fileprivate func spells(_ value: FieldValue) -> Bool {
    switch self {
    case .equals, .range: accepts(value)
    case .oneOf(let all): all.contains { $0.spells(value) }
    case .not, .atLeast, .atMost, .any, .present, .absent, .own: false
    }
  }
}

extension TrialPlan {
  /// Whether one of its packets is an ICMPv4 router solicitation [RFC 1256 4].
  fileprivate var solicitsRouters: Bool {
    steps.contains { step in
      guard case .send(let stimulus) = step else { return false }
      return stimulus.frames.contains { Dissection($0.bytes).layer(.icmpv4)?.number("type") == 10 }
    }
  }

  /// All patterns of its expectations and prohibitions.
  var patterns: [FramePattern] {
    steps.flatMap { step -> [FramePattern] in
      switch step {
      case .forbid(let pattern): [pattern]
      case .expect(let expectation):
        switch expectation.kind {
        case .packet(let pattern, _): [pattern]
        case .allOf(let patterns), .sequence(let patterns): patterns
        case .anyOf(let alternatives): alternatives.compactMap(\.pattern)
        case .nothing: []
        }
      case .send, .wait, .control, .connect, .exchange, .close: []
      }
    }
  }
}
