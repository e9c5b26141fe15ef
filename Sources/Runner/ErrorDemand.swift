internal import Craft
internal import Suite
internal import Wire

/// How many ICMP errors a trial may draw, by the address that they would go to.
///
/// Each datagram counts that isn't a plain query or ICMP error, also where the case expects silence: an exhausted budget
/// would make a forbidden error look like obedience.
struct ErrorDemand: Equatable {
  /// Sources of such datagrams, with their number.
  private(set) var peers: [FieldValue: Int] = [:]

  var isEmpty: Bool { peers.isEmpty }

  /// How many go to the address that gets the most.
  var mostToOnePeer: Int { peers.values.max() ?? 0 }

  /// What may draw an error in the steps of a plan.
  init(of plan: TrialPlan) {
    var fragmented: Set<[FieldValue]> = []
    for step in plan.steps {
      switch step {
      case .send(let stimulus):
        for frame in stimulus.frames { add(Dissection(frame.bytes), &fragmented) }
      case .connect(let connection): add(Dissection(connection.opening.bytes), &fragmented)
      case .expect, .forbid, .wait, .control, .exchange, .close: continue
      }
    }
  }

  private mutating func add(_ frame: Dissection, _ fragmented: inout Set<[FieldValue]>) {
    guard !frame.isPlain, let ip = frame.layers.first(where: { $0.kind == .ipv4 || $0.kind == .ipv6 }),
      let source = ip.value(of: "source")
    else { return }
    // The fragments of one datagram draw one error, if any.
    if let mark = frame.fragmentMark {
      let key = [source, ip.value(of: "destination") ?? source, mark]
      guard fragmented.insert(key).inserted else { return }
    }
    peers[source, default: 0] += 1
  }
}

extension Dissection {
  /// Whether it is a right query or ICMP error without anything that could be wrong or too much in it.
  ///
  /// Errors about errors are forbidden above all else [RFC 1122 3.2.2], and who sends them is seen before a budget is used up.
  fileprivate var isPlain: Bool {
    guard remarks.allSatisfy(\.isQuoted), layers.first?.kind == .ethernet else { return false }
    switch layers.dropFirst().first?.kind {
    case .arp: return true
    case .ipv4:
      guard let ip = layer(.ipv4), ip.header.count == 20, ip.number("ttl") ?? 0 > 0,
        ip.number("fragment-offset") == 0, ip.number("more-fragments") == 0, let icmp = layer(.icmpv4)
      else { return false }
      return [3, 4, 5, 8, 11, 12, 13, 15, 17].contains(icmp.number("type") ?? 0)
    case .ipv6:
      guard layers.count > 2, layers[2].kind == .icmpv6 else { return false }
      return [1, 2, 3, 4, 128, 133, 134, 135, 136, 137].contains(layers[2].number("type") ?? 0)
    default: return false
    }
  }

  /// What the fragments of one datagram have in common; nil if it is no fragment.
  var fragmentMark: FieldValue? {
    if let header = layer(.fragment) { return header.value(of: "identification") }
    guard let ip = layer(.ipv4),
      ip.number("more-fragments") == 1 || ip.number("fragment-offset") ?? 0 > 0
    else { return nil }
    return ip.value(of: "identification")
  }
}

extension TestCase {
  /// Whether it sends anything but plain echo requests, as far as can be told before it is crafted.
  var mayDrawErrors: Bool {
    (setup + steps + cleanup).contains { step in
      switch step.action {
      case .send(let stimulus): !stimulus.isPlainEcho
      case .connect, .datagram: true
      case .expect, .forbid, .wait, .control, .exchange, .close: false
      }
    }
  }
}

extension Stimulus {
  private static let plainFields: [LayerKind: Set<String>] = [
    .ipv4: ["source", "destination", "ttl", "tos", "identification"],
    .ipv6: ["source", "destination", "hop-limit", "traffic-class", "flow-label"],
    .icmpv4: ["type", "identifier", "sequence"], .icmpv6: ["type", "identifier", "sequence"], .data: [],
  ]

  fileprivate var isPlainEcho: Bool {
    guard truncate == nil, pad == nil, corruptions.isEmpty, fragmentation == nil else { return false }
    return layers.allSatisfy { layer in
      guard let plain = Self.plainFields[layer.kind], layer.lists.isEmpty, layer.choice == nil,
        layer.truncate == nil, layer.count == nil
      else { return false }
      return layer.fields.allSatisfy { name, value in
        plain.contains(name) && (name != "type" || value.value == .text("echo-request"))
      }
    }
  }
}

extension QueuedTrial {
  /// Whether it sends packets of a version of IP.
  func concerns(_ family: Family) -> Bool {
    let kinds: Set<LayerKind> = family == .ipv4 ? [.ipv4, .icmpv4] : [.ipv6, .icmpv6]
    let testCase = trial.testCase
    return (testCase.setup + testCase.steps + testCase.cleanup).contains { step in
      guard case .send(let stimulus) = step.action else { return false }
      return stimulus.layers.contains { kinds.contains($0.kind) }
    }
  }
}
