extension Doctor {
  /// Programs which only some labs, the project's own tests or people who look closer need.
  static let tools = [
    (name: "tshark", use: "tests compare frames with it"),
    (name: "tcpdump", use: "tests compare captures with it"),
    (name: "ip", use: "tests change labs with it"),
    (name: "nft", use: "labs load the rules of NATs and firewalls with it"),
    (name: "iptables-restore", use: "the lab iptables-firewall loads its rules with it"),
    (name: "xmllint", use: "tests check reports with it"),
  ]

  static func tool(_ tool: (name: String, use: String)) -> DoctorCheck {
    if let file = Program.find(tool.name) { return DoctorCheck(tool.name, .ok, file) }
    let remedy = packages[tool.name].map { "sudo apt-get install \($0)" }
    return DoctorCheck(tool.name, .warning, "not found; \(tool.use)", remedy: remedy)
  }

  /// The Debian package that brings a program.
  private static let packages = [
    "tshark": "tshark", "tcpdump": "tcpdump", "ip": "iproute2", "nft": "nftables",
    "iptables-restore": "iptables", "xmllint": "libxml2-utils",
  ]
}
