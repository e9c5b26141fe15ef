import Foundation

/// A rule set for nft made by chance, and what it does to ICMPv4: the truth that sweeps are held against.
struct SweepRules: Sendable {
  enum Action: String, Sendable, CaseIterable { case accept, drop, reject }

  /// One rule: some types and codes, what becomes of them.
  struct Rule: Equatable, Sendable {
    var types: ClosedRange<Int>
    var codes: ClosedRange<Int>
    var action: Action

    func covers(_ type: Int, _ code: Int) -> Bool { types.contains(type) && codes.contains(code) }

    /// The rule as nft reads it.
    var text: String {
      let verdict = action == .reject ? "reject with icmp admin-prohibited" : action.rawValue
      return "icmp type \(Self.range(types)) icmp code \(Self.range(codes)) counter \(verdict)"
    }

    private static func range(_ range: ClosedRange<Int>) -> String {
      range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
    }
  }

  var rules: [Rule] = []

  /// So many rules, by chance; a third of them about types that are in use.
  init(count: Int, seed: UInt64) {
    var dice = SeededDice(state: seed)
    for _ in 0..<count { rules.append(dice.rule()) }
  }

  /// What the rules do, by 256 times the type plus the code.
  ///
  /// The kernel's REJECT never answers errors, nor types that it doesn't know.
  var truth: [String] {
    let answered: Set<Int> = [0, 8, 13, 14, 15, 16, 17, 18]
    return (0..<65_536).map { number in
      let (type, code) = (number >> 8, number & 255)
      switch rules.first(where: { $0.covers(type, code) })?.action {
      case .accept: return "delivered"
      case .reject: return answered.contains(type) ? "rejected" : "dropped"
      case .drop, nil: return "dropped"
      }
    }
  }

  /// Changes one rule, as somebody would who edits the file.
  mutating func mutate(seed: UInt64) {
    var dice = SeededDice(state: seed &* 7919 &+ 1)
    let place = Int(dice.next() % UInt64(rules.count))
    switch dice.next() % 4 {
    case 0: rules.remove(at: place)
    case 1: rules[place].action = rules[place].action == .accept ? .drop : .accept
    case 2: rules[place].codes = dice.codes()
    default: rules.insert(dice.rule(), at: place)
    }
  }

  /// The file.
  ///
  /// A table of its own notes which types and codes of one host come in, and which go out: a witness beside the sweep.
  func text(host: String, extra: [String] = []) -> String {
    """
    table ip witness {
      set asked {
        type icmp_type . icmp_code
        flags dynamic
        size 70000
        counter
      }
      set passed {
        type icmp_type . icmp_code
        flags dynamic
        size 70000
      }
      chain pre {
        type filter hook prerouting priority raw
        iifname "eth0" ip saddr \(host) meta l4proto icmp update @asked { icmp type . icmp code }
      }
      chain post {
        type filter hook postrouting priority 300
        oifname "eth1" ip saddr \(host) meta l4proto icmp update @passed { icmp type . icmp code }
      }
    }
    table ip fw {
      chain forward {
        type filter hook forward priority 0; policy drop;
        meta l4proto udp accept
        \((extra + rules.map(\.text)).joined(separator: "\n    "))
      }
    }

    """
  }
}

/// Numbers that look like chance (SplitMix64).
private struct SeededDice: Sendable {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = (state ^ state >> 30) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
    return value ^ value >> 31
  }

  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

  mutating func range(_ limit: Int, longest: Int) -> ClosedRange<Int> {
    let first = below(limit)
    return first...min(255, first + below(longest))
  }

  mutating func codes() -> ClosedRange<Int> {
    switch below(4) {
    case 0: 0...255
    case 1: range(16, longest: 4)
    default: range(256, longest: 64)
    }
  }

  mutating func rule() -> SweepRules.Rule {
    let types = below(3) == 0 ? range(19, longest: 3) : range(256, longest: 12)
    let codes = codes()
    let actions: [SweepRules.Action] = [.accept, .accept, .drop, .reject]
    return SweepRules.Rule(types: types, codes: codes, action: actions[below(actions.count)])
  }
}
