import Lab
import Link
import Wire

/// What a target with two sides lets through, and how.
extension Scenario {
  private static let near4 = "192.0.2.16"
  private static let far4 = "198.51.100.16"
  private static let near6 = "2001:db8:1::1:16"
  private static let far6 = "2001:db8:2::1:16"

  /// One packet after the other, and what became of each.
  static func passage(_ arguments: Arguments) throws {
    guard let bench = try TwoSides(arguments) else { return }
    func tell(_ key: String, _ layers: [LayerTemplate], at arm: Arm) throws -> TwoSides.Answer? {
      let answers = try bench.answers(to: layers, at: arm)
      report(key, answers.isEmpty ? "nothing" : answers.map(\.text).joined(separator: "; "))
      return answers.first
    }
    func tellAll(_ packets: [(String, Arm, [LayerTemplate])]) throws {
      for (key, arm, layers) in packets { _ = try tell(key, layers, at: arm) }
    }
    // Flows from the inside, answered by who sees them; without a NAT that is who sent them.
    let out4 = try tell("out4", [ip4(near4, far4)] + echo4(0x1234), at: .near)
    let source4 = out4?.frame.layer(.ipv4)?.value(of: "source")?.description ?? near4
    let id4 = out4?.frame.layer(.icmpv4)?.number("identifier") ?? 0x1234
    _ = try tell("back4", [ip4(far4, source4)] + echo4(id4, isReply: true), at: .far)
    _ = try tell("out6", [ip6(near6, far6)] + echo6(0x1234), at: .near)
    _ = try tell("back6", [ip6(far6, near6)] + echo6(0x1234, isReply: true), at: .far)

    // An error about a datagram that got through, in the words of who got it.
    let datagram = [ip4(near4, far4), udp(4000, 5000)]
    let seen = try tell("udp4", datagram, at: .near)
    let quote = LayerTemplate(.raw, body: Array(seen?.frame.layer(.ethernet)?.payloadBytes ?? []))
    let unreachable = [type(.icmpv4, 3, code: 3), quote]
    _ = try tell("error4", [ip4(far4, source4)] + unreachable, at: .far)

    try tellAll([
      ("in4", .far, [ip4("198.51.100.17", "192.0.2.17")] + echo4(0x77)),
      ("in6", .far, [ip6("2001:db8:2::1:17", "2001:db8:1::1:17")] + echo6(0x77)),
      ("stray4", .far, [ip4(far4, near4)] + echo4(0x9999, isReply: true)),
      ("stray6", .far, [ip6(far6, near6)] + echo6(0x9999, isReply: true)),
      ("netbios4", .near, [ip4(near4, far4), udp(137, 137)]),
      ("netbios6", .near, [ip6(near6, far6), udp(137, 137)]),
      ("files4", .near, [ip4(near4, far4), syn(445)]),
      ("ident4", .far, [ip4(far4, near4), syn(113)]),
      ("mask4", .near, [ip4(near4, far4), type(.icmpv4, 17)]),
      ("self4", .far, [ip4(far4, "198.51.100.1")] + echo4(0x55)),
      ("self6", .far, [ip6(far6, "2001:db8:2::1")] + echo6(0x55)),
      ("closed4", .near, [ip4(near4, "192.0.2.1"), udp(4000, 33434)]),
      ("closed-far4", .far, [ip4(far4, "198.51.100.1"), udp(4000, 33434)]),
    ])
  }

  /// Where a router's routes lead.
  static func routes(_ arguments: Arguments) throws {
    guard let bench = try TwoSides(arguments) else { return }
    let big = LayerTemplate(.data, body: [UInt8](repeating: 0x5a, count: 1300))
    let packets: [(String, Arm, [LayerTemplate])] = [
      ("far-stranger4", .near, [ip4(near4, "203.0.113.70")] + echo4(1)),
      ("far-stranger6", .near, [ip6(near6, "2001:db8:fffe::7")] + echo6(1)),
      ("near-stranger4", .far, [ip4(far4, "203.0.113.7")] + echo4(1)),
      ("near-stranger6", .far, [ip6(far6, "2001:db8:ffff::7")] + echo6(1)),
      ("wide4", .near, [ip4(near4, "203.0.113.70", dontFragment: true), udp(4000, 5000), big]),
      ("wide6", .near, [ip6(near6, "2001:db8:fffe::7"), udp(4000, 5000), big]),
      ("narrow4", .near, [ip4(near4, "203.0.113.100", dontFragment: true), udp(4000, 5000), big]),
      ("narrow6", .near, [ip6(near6, "2001:db8:fffe:1::7"), udp(4000, 5000), big]),
      ("fragmented4", .near, [ip4(near4, "203.0.113.100"), udp(4000, 5000), big]),
      ("nowhere4", .near, [ip4(near4, "203.0.113.200")] + echo4(1)),
      ("nowhere6", .near, [ip6(near6, "2001:db8:dead::1")] + echo6(1)),
    ]
    for (key, arm, layers) in packets {
      let answers = try bench.answers(to: layers, at: arm)
      report(key, answers.isEmpty ? "nothing" : answers.map(\.text).joined(separator: "; "))
    }
  }

  /// One reply from the outside that nobody asked for in this process.
  static func reply(_ arguments: Arguments) throws {
    guard let bench = try TwoSides(arguments) else { return }
    let answers = try bench.answers(to: [ip4(far4, near4)] + echo4(0x1234, isReply: true), at: .far)
    report("reply", answers.isEmpty ? "nothing" : answers.map(\.text).joined(separator: "; "))
  }

  /// What a program says on the target's side.
  static func witness(_ arguments: Arguments) throws {
    let lab = try Lab.open(arguments.lab, rulesets: arguments.rulesets)
    report("rulesets", lab.rulesets.joined(separator: " "))
    report("far", lab.farInterface ?? "none")
    report("milliseconds", lab.elapsed.components.attoseconds / 1_000_000_000_000_000)
    let rules = try lab.runInTarget(["nft", "list", "ruleset"])
    report("status", rules.status)
    report("rules", rules.output.split(whereSeparator: \.isNewline).joined(separator: " "))
    let other = try lab.runInTarget(["sh", "-c", "cat; echo oops >&2; exit 7"], input: "what is asked")
    report("other", "\(other.status) \(other.output) \(other.errors.dropLast())")
    let missing: String
    do throws(LabError) { missing = "\(try lab.runInTarget(["no-such-program"]))" } catch {
      missing = error.description
    }
    report("missing", missing)
    report("namespace", link(to: "/proc/thread-self/ns/net"))
  }

  private static func type(_ kind: LayerKind, _ type: UInt64, code: UInt64 = 0) -> LayerTemplate {
    LayerTemplate(kind, fields: ["type": .given(.number(type)), "code": .given(.number(code))])
  }

  private static func echo(_ kind: LayerKind, _ type: UInt64, _ id: UInt64) -> [LayerTemplate] {
    var layer = self.type(kind, type)
    layer.fields["identifier"] = .given(.number(id))
    layer.fields["sequence"] = .given(.number(1))
    return [layer, LayerTemplate(.data, body: Array("whatever".utf8))]
  }

  private static func echo4(_ id: UInt64, isReply: Bool = false) -> [LayerTemplate] {
    echo(.icmpv4, isReply ? 0 : 8, id)
  }

  private static func echo6(_ id: UInt64, isReply: Bool = false) -> [LayerTemplate] {
    echo(.icmpv6, isReply ? 129 : 128, id)
  }

  private static func udp(_ source: UInt64, _ destination: UInt64) -> LayerTemplate {
    LayerTemplate(
      .udp,
      fields: [
        "source-port": .given(.number(source)), "destination-port": .given(.number(destination)),
      ]
    )
  }

  private static func syn(_ port: UInt64) -> LayerTemplate {
    LayerTemplate(
      .tcp,
      fields: [
        "source-port": .given(.number(4000)), "destination-port": .given(.number(port)),
        "syn": .given(.number(1)), "sequence": .given(.number(1000)),
      ]
    )
  }
}
