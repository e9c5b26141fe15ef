internal import Glibc
internal import Link

/// Looks at what is missing on this machine.
public enum Doctor {
  /// Makes all checks, at last real labs and a real capture.
  ///
  /// Afterwards the calling thread is in a lab's namespace: look first, or end the process.
  ///
  /// - Parameter interface: a real interface to be looked at too.
  /// - Returns: the checks in the order in which they were made.
  public static func examine(interface: String? = nil) -> [DoctorCheck] {
    var checks = [library(), privileges(), ipv6()]
    if let interface { checks += examine(named: interface) }
    checks += tools.map(tool)
    return checks + labs()
  }

  private static func library() -> DoctorCheck {
    let version = LiveLink.captureLibrary
    if version.contains("TPACKET") { return DoctorCheck("libpcap", .ok, version) }
    return DoctorCheck(
      "libpcap",
      .warning,
      version + " doesn't say that it uses the kernel's ring buffer",
      remedy: "install a libpcap of version 1.10 or later"
    )
  }

  private static func privileges() -> DoctorCheck {
    let line = (try? readSmallFile("/proc/self/status"))?.split(separator: "\n")
      .first { $0.hasPrefix("CapEff:") }
    let mask = line.flatMap { UInt64($0.dropFirst(7).filter(\.isHexDigit), radix: 16) } ?? 0
    let missing = [(12, "CAP_NET_ADMIN"), (13, "CAP_NET_RAW")].filter { mask & (1 << $0.0) == 0 }.map(\.1)
    if missing.isEmpty { return DoctorCheck("privileges", .ok, "CAP_NET_RAW, CAP_NET_ADMIN") }
    return DoctorCheck(
      "privileges",
      .warning,
      "no \(missing.joined(separator: ", ")): labs work, real interfaces (--target) don't",
      remedy: "run as root, or: sudo setcap cap_net_raw,cap_net_admin+ep PATH-OF-ASSAY"
    )
  }

  private static func ipv6() -> DoctorCheck {
    if access("/proc/sys/net/ipv6", F_OK) == 0 { return DoctorCheck("IPv6", .ok, "the kernel speaks it") }
    return DoctorCheck(
      "IPv6",
      .warning,
      "the kernel doesn't speak it: IPv6 cases of linux-host are skipped",
      remedy: "boot without ipv6.disable=1, or load the module ipv6"
    )
  }
}
