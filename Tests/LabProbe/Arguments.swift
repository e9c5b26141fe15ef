import Lab

/// What the probe was asked for: the scenario, then the lab and its rules by option, then whatever else it takes.
struct Arguments {
  var scenario = ""
  var lab = LinuxHostLab.name
  var rulesets: [String] = []
  var rest: [String] = []

  init(_ words: [String]) {
    var words = words[...]
    scenario = words.popFirst() ?? ""
    while let word = words.popFirst() {
      switch word {
      case "--lab": lab = words.popFirst() ?? ""
      case "--ruleset": rulesets.append(words.popFirst() ?? "")
      // What a command behind it means by its options is its own matter.
      case "--":
        rest += words
        return
      default: rest.append(word)
      }
    }
  }

  /// A number among the rest, or 0.
  func number(_ place: Int) -> Int { place < rest.count ? Int(rest[place]) ?? 0 : 0 }
}
