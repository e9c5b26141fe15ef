internal import Glibc
internal import Link

/// Settings of a network namespace, written to `/proc/sys/net`.
struct KernelSettings {
  /// A setting: its path below `/proc/sys/net`, its value, and what its loss would mean (nil: nothing).
  struct Setting {
    var path: String
    var value: String
    var loss: String?
  }

  var settings: [Setting]

  /// Writes them all in the calling thread's namespace.
  ///
  /// - Returns: a sentence for each that was refused and matters. One that this kernel doesn't have doesn't.
  func apply() -> [String] {
    var remarks: [String] = []
    for setting in settings {
      do throws(SystemErrno) { try writeSmallFile("/proc/sys/net/" + setting.path, setting.value) } catch {
        if error.code == ENOENT { continue }
        if let loss = setting.loss { remarks.append("\(loss) (\(setting.path): \(error.text))") }
      }
    }
    return remarks
  }

  /// The target: an unconfigured kernel's behaviour, whatever this machine's administrator changed; its limits on ICMP errors
  /// are either the kernel's own, or lifted.
  ///
  /// One that forwards is as `net.ipv4.ip_forward=1` and `net.ipv6.conf.all.forwarding=1` make it.
  static func target(limitsErrors: Bool, forwards: Bool = false) -> KernelSettings {
    var settings = limitsErrors ? defaultLimits : limitsLifted
    for place in ["all", "default"] {
      // First, since the kernel changes others along with it.
      settings += ["ipv4", "ipv6"].map { version in
        Setting(
          path: "\(version)/conf/\(place)/forwarding",
          value: forwards ? "1" : "0",
          loss: forwards ? "the target doesn't forward \(version == "ipv4" ? "IPv4" : "IPv6")" : nil
        )
      }
      let differing = [
        ("accept_source_route", place == "all" ? "0" : "1"),
        // A router takes no advice from routers: it heeds redirects only where both settings say so.
        ("accept_redirects", forwards && place == "all" ? "0" : "1"),
      ]
      settings += (ipv4Defaults + differing).map {
        Setting(path: "ipv4/conf/\(place)/\($0)", value: $1, loss: nil)
      }
      settings += ipv6Defaults.map { Setting(path: "ipv6/conf/\(place)/\($0)", value: $1, loss: nil) }
    }
    return KernelSettings(settings: settings)
  }

  /// The tester's side: mute.
  static let tester = KernelSettings(
    settings: [
      Setting(path: "ipv4/ip_forward", value: "0", loss: nil),
      Setting(
        path: "ipv6/conf/all/disable_ipv6",
        value: "1",
        loss: "the tester's kernel may speak IPv6 of its own accord"
      ),
      Setting(
        path: "ipv6/conf/default/disable_ipv6",
        value: "1",
        loss: "the tester's kernel may speak IPv6 of its own accord"
      ),
    ]
  )

  /// By default Linux sends an ICMPv4 error a second to a peer, an ICMPv6 error in a tenth, and 1000 a second in all.
  private static let limitsLifted = [
    Setting(path: "ipv4/icmp_ratelimit", value: "0", loss: "the target limits its ICMPv4 errors"),
    // The limit for all peers together holds for the types in this mask.
    Setting(path: "ipv4/icmp_ratemask", value: "0", loss: "the target limits its ICMPv4 errors"),
    Setting(path: "ipv4/icmp_msgs_per_sec", value: "1000000", loss: nil),
    Setting(path: "ipv4/icmp_msgs_burst", value: "1000000", loss: nil),
    Setting(path: "ipv6/icmp/ratelimit", value: "0", loss: "the target limits its ICMPv6 errors"),
  ]

  /// What an unconfigured kernel has: an ICMP error a second to a peer after a burst, and 1000 a second in all.
  private static let defaultLimits = [
    Setting(path: "ipv4/icmp_ratelimit", value: "1000", loss: "the target's ICMPv4 limit isn't the default"),
    Setting(path: "ipv4/icmp_ratemask", value: "6168", loss: "the target's ICMPv4 limit isn't the default"),
    Setting(path: "ipv4/icmp_msgs_per_sec", value: "1000", loss: nil),
    Setting(path: "ipv4/icmp_msgs_burst", value: "50", loss: nil),
    Setting(path: "ipv6/icmp/ratelimit", value: "100", loss: "the target's ICMPv6 limit isn't the default"),
    Setting(path: "ipv6/icmp/ratemask", value: "0-1,3-127", loss: nil),
  ]

  /// A new namespace inherits these from the machine's own, where distributions and administrators change them.
  private static let ipv4Defaults = [
    ("secure_redirects", "1"), ("shared_media", "1"), ("send_redirects", "1"), ("rp_filter", "0"),
    ("log_martians", "0"), ("accept_local", "0"), ("route_localnet", "0"), ("bc_forwarding", "0"),
    ("proxy_arp", "0"), ("arp_accept", "0"), ("arp_announce", "0"), ("arp_filter", "0"), ("arp_ignore", "0"),
    ("arp_notify", "0"), ("promote_secondaries", "0"), ("drop_gratuitous_arp", "0"),
    ("drop_unicast_in_l2_multicast", "0"),
  ]

  private static let ipv6Defaults = [
    ("disable_ipv6", "0"), ("accept_redirects", "1"), ("accept_ra", "1"), ("accept_source_route", "0"),
    ("autoconf", "1"), ("use_tempaddr", "0"), ("proxy_ndp", "0"),
  ]
}
