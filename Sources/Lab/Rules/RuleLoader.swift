/// What loads rule sets into the calling thread's network namespace, and nowhere else.
enum RuleLoader {
  /// nftables' own program.
  case nft
  /// iptables-restore for IPv4 and ip6tables-restore for IPv6; a file named `….v4` or `….v6` is for one of them alone.
  case iptables

  /// One call of a program.
  struct Call {
    var words: [String]
    var input: String
    /// What it loads.
    var rules: RuleSet
  }

  /// The calls that load these rule sets, in order; where there may be others (`isFresh` is false) in place of them.
  ///
  /// Throws `programMissing`.
  func calls(_ sets: [RuleSet], isFresh: Bool, hasIPv6: Bool) throws(LabError) -> [Call] {
    switch self {
    case .nft:
      guard let program = Program.find("nft") else {
        throw .programMissing("nft", remedy: "sudo apt-get install nftables")
      }
      return sets.enumerated().map { place, rules in
        // On the same line, so that later ones keep their numbers; one transaction: a wrong file changes nothing.
        let before = isFresh || place > 0 ? "" : "flush ruleset; "
        return Call(words: [program, "-f", "-"], input: before + rules.text, rules: rules)
      }
    case .iptables:
      var calls: [Call] = []
      for (version, names) in Self.restorers where hasIPv6 || version == "4" {
        // The older programs, which iptables-nft stands beside, write to /run, which takes root.
        guard let program = Program.find(names[0], names[1]) else {
          throw .programMissing(names[1], remedy: "sudo apt-get install iptables")
        }
        let other = version == "4" ? ".v6" : ".v4"
        calls += sets.filter { !$0.name.hasSuffix(other) }.map {
          Call(words: [program], input: $0.text, rules: $0)
        }
      }
      return calls
    }
  }

  private static let restorers = [
    ("4", ["iptables-nft-restore", "iptables-restore"]),
    ("6", ["ip6tables-nft-restore", "ip6tables-restore"]),
  ]

  /// What a program said of a rule set, with the set's name in front of each place.
  func words(of result: ProgramResult, about rules: RuleSet) -> String {
    let lines = (result.errors + result.output).split(separator: "\n").map(String.init)
    switch self {
    case .nft:
      let text = lines.joined(separator: "\n")
      return ["/dev/stdin:", "<stdin>:"].reduce(text) { Self.replacing($1, in: $0, by: rules.name + ":") }
    case .iptables:
      // It says the number of the line behind its reason, and how to get help with arguments that it got none of.
      let useful = lines.filter { !$0.hasPrefix("Try `") && !$0.hasPrefix("Error occurred at line") }
      let place = lines.lazy.compactMap(Self.lineNumber).first.map { "\(rules.name):\($0): " }
      return (place ?? rules.name + ": ") + useful.joined(separator: "\n")
    }
  }

  /// The number behind the word "line".
  private static func lineNumber(_ text: String) -> Int? {
    let words = text.split { !$0.isLetter && !$0.isNumber }
    return zip(words, words.dropFirst()).lazy.filter { $0.0 == "line" }.compactMap { Int($0.1) }.first
  }

  private static func replacing(_ old: String, in text: String, by new: String) -> String {
    var (rest, result) = (text[...], "")
    while let start = rest.firstRange(of: old) {
      result += rest[..<start.lowerBound] + new
      rest = rest[start.upperBound...]
    }
    return result + rest
  }
}

extension OpenLab {
  /// Loads rule sets of the user's in place of the target's own; without any, the ones that come with the lab.
  ///
  /// With nft a wrong one changes nothing. Only the target's namespace has them, and they are gone with it.
  func load(_ sets: [RuleSet], isFresh: Bool) throws(LabError) {
    let loader = blueprint.loader
    let all = sets.isEmpty ? [blueprint.rules].compactMap(\.self) : sets
    for call in try loader.calls(all, isFresh: isFresh, hasIPv6: hasIPv6) {
      let result = try inTarget { Program.run(call.words, input: call.input) }.get()
      if result.status == 0 { continue }
      let words = loader.words(of: result, about: call.rules)
      if call.rules.isBundled { throw .failed(step: "load \(call.rules.name)", reason: words) }
      throw .rulesRefused(words, status: result.status)
    }
  }
}
