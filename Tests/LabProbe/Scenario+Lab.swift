import Capture
import Glibc
import Lab
import Link

/// What a lab is like.
extension Scenario {
  static func open(_ arguments: Arguments, thenSleeps: Bool) throws {
    let lab = try Lab.open(arguments.lab, rulesets: arguments.rulesets)
    report("interface", lab.interface)
    report("rootless", lab.isRootless)
    report("ipv6", lab.hasIPv6)
    report("milliseconds", lab.elapsed.wholeNanoseconds / 1_000_000)
    report("origin", lab.origin == .created ? "created" : "joined")
    report("remarks", lab.remarks.joined(separator: "; "))
    // Named from the process's view: how others can tell that it's gone.
    report("namespace", link(to: "/proc/thread-self/ns/net"))
    let target = try lab.inTarget { link(to: "/proc/thread-self/ns/net") }
    report("target-namespace", target)
    report("echo", echoProcess.map { "\($0)" } ?? "none")
    report("process", getpid())
    if thenSleeps { while true { pause() } }
  }

  /// Who speaks when the tester is asked for what only its kernel could answer.
  static func mute() throws {
    let bench = try Bench()
    let deadline = bench.link.now() + .milliseconds(1500)
    // To everybody, and to the interface's own address.
    var questions = [HandMade.echo4(sequence: 3), HandMade.echo6(sequence: 3)]
    for place in questions.indices {
      questions[place].replaceSubrange(0..<6, with: repeatElement(0xff, count: 6))
    }
    try bench.link.send(questions)
    _ = try bench.lab.inTarget { run(["ping", "-c1", "-W1", "-b", "192.0.2.255"]) }
    var sources: Set<String> = []
    while bench.link.now() < deadline {
      try bench.link.receive(until: deadline) { sources.insert(text($0.bytes[6..<12])) }
    }
    report("sources", sources.sorted())
  }

  private static func text(_ mac: ArraySlice<UInt8>) -> String {
    mac.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
  }

  /// How the target's kernel is set up.
  static func settings(_ arguments: Arguments) throws {
    let lab = try Lab.open(arguments.lab)
    let paths = [
      "net/ipv4/ip_forward", "net/ipv4/conf/eth0/rp_filter", "net/ipv4/conf/eth0/accept_redirects",
      "net/ipv4/conf/eth0/accept_source_route", "net/ipv4/conf/all/accept_source_route",
      "net/ipv6/conf/eth0/accept_dad", "net/ipv6/conf/eth0/addr_gen_mode", "net/ipv6/conf/eth0/forwarding",
      "net/ipv4/conf/eth0/send_redirects", "net/ipv4/conf/all/accept_redirects",
    ]
    let values = try lab.inTarget {
      paths.map { ((try? readSmallFile("/proc/sys/" + $0)) ?? "none").split(separator: "\n").joined() }
    }
    for (path, value) in zip(paths, values) { report(path, value) }
    // The last column but one holds the flags of an address; 40 is "tentative".
    let addresses = try lab.inTarget { (try? readSmallFile("/proc/thread-self/net/if_inet6")) ?? "" }
    let lines = addresses.split(separator: "\n").filter { $0.hasSuffix("eth0") }
    report("addresses", lines.count)
    let flags = lines.compactMap { $0.split(separator: " ").dropLast().last.flatMap { UInt8($0, radix: 16) } }
    report("tentative", flags.contains { $0 & 0x40 != 0 })
    let interface = LinuxHostLab.targetInterface
    let offloads = try lab.inTarget { (try? OffloadControl().enabled(on: interface)) ?? Offload.allCases }
    let near = try OffloadControl().enabled(on: lab.interface)
    report("offloads", (offloads + near).map(\.rawValue).joined(separator: " "))
  }

  static func route() throws {
    let lab = try Lab.open(LinuxHostLab.name)
    let texts = ["192.0.2.9", "198.51.100.7", "2001:db8:1::9", "2001:db8:ffff::1", "192.0.2.1"]
    let addresses = texts.compactMap { SystemRoute.Address($0) }
    for address in addresses {
      let found = try lab.inTarget { Result { try SystemRoute.find(to: address) } }.get()
      report("\(address)", found.map(describe) ?? "none")
    }
    report("without", try SystemRoute.find(to: addresses[0]).map(describe) ?? "none")
  }

  private static func describe(_ route: SystemRoute) -> String {
    let reach =
      switch route.reach {
      case .onLink: "on-link"
      case .local: "local"
      case .via(let router): "via \(router)"
      }
    return "\(route.interface) \(reach) from \(route.source?.description ?? "-")"
  }
}
