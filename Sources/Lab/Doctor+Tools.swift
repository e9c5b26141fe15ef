internal import Glibc

extension Doctor {
  /// Programs which only the project's own tests or people who look closer need.
  static let tools = [
    (name: "tshark", use: "tests compare frames with it"),
    (name: "tcpdump", use: "tests compare captures with it"),
    (name: "ip", use: "tests change labs with it"),
    (name: "nft", use: "tests break the target's firewall with it"),
    (name: "xmllint", use: "tests check reports with it"),
    (name: "ping", use: "tests speak to the reference device with it"),
  ]

  static func tool(_ tool: (name: String, use: String)) -> DoctorCheck {
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    for directory in path.split(separator: ":").map(String.init) + ["/usr/sbin", "/sbin"] {
      let file = "\(directory)/\(tool.name)"
      if access(file, X_OK) == 0 { return DoctorCheck(tool.name, .ok, file) }
    }
    let remedy = "install it to run the project's tests"
    return DoctorCheck(tool.name, .warning, "not found; \(tool.use)", remedy: remedy)
  }
}
