import Craft
import Suite
import Wire

/// The parties of every trial here, and plans made from a few lines of the suite language.
enum Scene {
  static let tester = Host(
    mac: MACAddress(rawValue: 0x02a5_5a00_0000),
    ipv4: IPv4Address(rawValue: 0xc000_0210),
    ipv6: IPv6Address(high: 0x2001_0db8_0001_0000, low: 0x1_0000),
    linkLocal: IPv6Address(high: 0xfe80_0000_0000_0000, low: 0xa55a_0001_0000)
  )
  static let target = Host(
    mac: MACAddress(rawValue: 0x0200_0000_0001),
    ipv4: IPv4Address(rawValue: 0xc000_0201),
    ipv6: IPv6Address(high: 0x2001_0db8_0001_0000, low: 1),
    linkLocal: IPv6Address(high: 0xfe80_0000_0000_0000, low: 1)
  )
  static let endpoints = Endpoints(
    tester: tester,
    target: target,
    unused: Host(mac: MACAddress(rawValue: 0), ipv4: IPv4Address(rawValue: 0xc000_02fa)),
    id: 0x1235,
    port: 0xc123,
    seed: 7
  )

  /// A plan for one case of these steps, which are written without indentation.
  static func plan(_ steps: String, others: Bool = false, level: RequirementLevel = .must) throws -> TrialPlan
  {
    let indented = steps.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n")
    let text = """
      suite: test.judge
      title: Judging
      cases:
        - id: it
          title: It does what it must
          requirement: RFC792-echo-b
          others: \(others ? "allowed" : "forbidden")
          steps:
      \(indented)
      """
    let suite = try TestSuite(
      decoding: others ? text : text.replacing("    others: forbidden\n", with: ""),
      file: "judge.yaml"
    )
    let requirement = Requirement(
      id: "RFC792-echo-b",
      rfc: "792",
      section: "Echo",
      level: level,
      title: "The reply repeats the identifier",
      text: "The identifier of the request comes back."
    )
    let context = CraftContext(endpoints: endpoints, capabilities: [:], allowsSpoofing: false)
    return try TrialPlan(crafting: suite.trials[0], requirements: [requirement], in: context)
  }

  /// An echo with eight octets of data.
  static let echo = """
    - send:
        - ipv4
        - icmpv4: { type: echo-request, identifier: $id, sequence: 1 }
        - data: { counter: 8 }
    """

  /// The answer to that echo.
  static let echoAnswer = """
    - expect:
        - ipv4: { source: $target, destination: $tester }
        - icmpv4: { type: echo-reply, code: 0, identifier: $id, sequence: 1 }
        - data: $sent.data
    """

  /// A datagram to a port where nobody listens.
  static let datagram = """
    - send:
        - ipv4
        - udp: { destination-port: 33434 }
        - data: { counter: 64 }
    """
}
