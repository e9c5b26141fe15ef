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
    if let icmp = frame.layer(.icmpv4), icmp.number("type") == 10 { return "router discovery" }
    return frame.layer(.ipv4) == nil && frame.layer(.ipv6) == nil ? "not IP" : nil
  }

  /// Whether a step of the plan looks for this background protocol, so that it counts after all.
  static func isNamed(_ frame: Dissection, by plan: TrialPlan) -> Bool {
    plan.patterns.contains { pattern in
      if frame.layer(.arp) != nil { return pattern.names(.arp) }
      guard let type = frame.layer(.icmpv6)?.number("type") else { return false }
      return pattern.layers.contains { layer in
        layer.kind == .icmpv6
          && layer.fields.contains {
            $0.name == "type" && $0.predicate.accepts(.number(type)) && $0.predicate != .any
          }
      }
    }
  }
}

extension TrialPlan {
  /// All patterns of its expectations and prohibitions.
  var patterns: [FramePattern] {
    steps.flatMap { step -> [FramePattern] in
      switch step {
      case .forbid(let pattern): [pattern]
      case .expect(let expectation):
        switch expectation.kind {
        case .packet(let pattern, _): [pattern]
        case .allOf(let patterns): patterns
        case .anyOf(let alternatives): alternatives.compactMap(\.pattern)
        case .nothing: []
        }
      case .send, .wait, .control: []
      }
    }
  }
}
