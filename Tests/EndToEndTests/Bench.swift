import Foundation
import Testing

/// A cable with a target at its other end, in namespaces that one command makes and takes with it.
///
/// `assay` sees an ordinary interface, `wire0`, and knows nothing of a lab. The target is 203.0.113.1 and
/// 2001:db8:7::1, and has 198.51.100.1 on its loopback interface.
struct Bench {
  var place = Place()
  /// Shell commands that are run before `assay`: `in_target …` runs one on the target's side.
  var setup = ""

  private static let script = """
    setpriv --pdeathsig KILL unshare -n sleep 60 &
    target=$!
    trap 'kill $target' EXIT
    own=$(readlink /proc/self/ns/net)
    while [ "$(readlink /proc/$target/ns/net)" = "$own" ]; do sleep 0.01; done
    in_target() { nsenter -t $target -n "$@"; }
    ip link add wire0 type veth peer name eth0 netns $target
    in_target sh -c 'echo 0 > /proc/sys/net/ipv4/icmp_ratelimit; echo 0 > /proc/sys/net/ipv6/icmp/ratelimit'
    in_target ip address add 203.0.113.1/24 dev eth0
    in_target ip address add 2001:db8:7::1/64 dev eth0 nodad
    in_target ip address add 198.51.100.1/32 dev lo
    in_target sh -c 'echo 0 > /proc/sys/net/ipv6/conf/eth0/accept_dad'
    in_target ip link set lo up
    in_target ip link set eth0 up
    ip link set lo up
    ip link set wire0 up

    """

  /// Gives the tester's side addresses of its own.
  static let ownAddresses = """
    ip address add 203.0.113.2/24 dev wire0
    ip address add 2001:db8:7::2/64 dev wire0 nodad
    ip route add 198.51.100.0/24 via 203.0.113.1
    ip route add 198.18.0.0/15 via 203.0.113.1
    """

  /// Sends the target's other traffic through hosts that Assay plays.
  static let gateway = """
    in_target ip route add default via 203.0.113.254
    in_target ip -6 route add default via fe80::a55a:fe dev eth0
    """

  /// A target file; with `testers:` and other lines of `near` as given.
  func target(near: String = "", more: String = "") throws -> String {
    try place.file(
      "target.yaml",
      """
      name: bench
      role: host
      near:
        interface: wire0
        ipv4: 203.0.113.1/24
        ipv6: 2001:db8:7::1/64
        \(near.replacing("\n", with: "\n  "))
      capabilities: { timestamp: true, udp-closed-port: 33434, unused-protocol: 253 }
      \(more)
      """
    )
  }

  static let testers =
    "testers: { ipv4: 203.0.113.16-203.0.113.120, ipv6: 2001:db8:7::16-2001:db8:7::ff }"

  /// Runs `assay` beside the cable.
  func run(_ line: String) async throws -> Command.Outcome {
    let rootless = getuid() == 0 ? [] : ["-Ur"]
    let script = Self.script + setup + "\n\"$@\"\n"
    let command = Command(wrapper: ["unshare"] + rootless + ["-n", "sh", "-euc", script, "sh"], limit: 120)
    return try await command.run(line)
  }
}
