internal import Glibc
internal import Link

/// A rule set, as the program that loads it reads it.
struct RuleSet {
  /// What messages call it: a path, or a word for one that comes with the lab.
  var name: String
  var text: String
  /// Whether it comes with the lab, so that its faults are this program's or this machine's.
  var isBundled: Bool

  /// Reads a file of the user's.
  ///
  /// - Throws: `rulesUnreadable`.
  init(reading path: String) throws(LabError) {
    do throws(SystemErrno) { text = try Self.read(path) } catch {
      throw .rulesUnreadable(path: path, reason: error.text)
    }
    name = path
    isBundled = false
  }

  private init(bundled name: String, _ octets: [UInt8]) {
    self.name = "the rules of \(name)"
    text = String(decoding: octets, as: UTF8.self)
    isBundled = true
  }

  /// Of any size: some are lists of all networks of a country.
  private static func read(_ path: String) throws(SystemErrno) -> String {
    let file = try Descriptor(opening: path)
    var bytes: [UInt8] = []
    while true {
      var length = 0
      bytes += [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
        length = Glibc.read(file.number, buffer.baseAddress, buffer.count)
        count = max(0, length)
      }
      if length < 0, errno != EINTR { throw .last }
      if length == 0 { return String(decoding: bytes, as: UTF8.self) }
    }
  }

  static let linuxNAT = RuleSet(bundled: "linux-nat", PackageResources.linux_nat_nft)
  static let nftFirewall = RuleSet(bundled: "nft-firewall", PackageResources.nft_firewall_nft)
  static let iptablesFirewall = RuleSet(
    bundled: "iptables-firewall",
    PackageResources.iptables_firewall_rules
  )
}
