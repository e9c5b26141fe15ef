import ArgumentParser

/// `--ruleset`, of all commands that make labs.
struct RulesetOption: ParsableArguments {
  @Option(
    name: .customLong("ruleset"),
    help: ArgumentHelp(
      "Rules for the lab's packet filter, in place of its own: a file for nft, or for iptables-restore in iptables-firewall; may be repeated.",
      valueName: "file"
    ),
    completion: .file()
  )
  var files: [String] = []
}
