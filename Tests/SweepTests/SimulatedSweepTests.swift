import Capture
import Link
import Suite
import Testing
import Wire

@testable import Sweep

/// Sweeps through a firewall whose rules the test knows.
@Suite struct SimulatedSweepTests {
  @Test func `What the rules accept is delivered, what they drop is dropped, what they reject is rejected`()
    throws
  {
    let rejection = MessageKind(type: 3, code: 13)
    let box = FilterBox { packet in
      guard let kind = packet.kind else { return .accept }
      switch (kind.type, kind.code) {
      case (8, _), (3, 4), (11, 0...1): return .accept
      case (13...18, _): return .reject(rejection)
      default: return .drop
      }
    }
    var simulation = Simulation(box)
    simulation.types = nil
    let result = try simulation.sweep(.v4, .outbound, .unsolicited)
    let rejected = Fate.rejected(Fate.Rejection(rejection, from: "192.0.2.1"))
    for entry in result.map.entries {
      let expected: Fate =
        switch (entry.kind.type, entry.kind.code) {
        case (8, _), (3, 4), (11, 0...1): .delivered
        case (13...18, _): rejected
        default: .dropped
        }
      #expect(entry.fate == expected, "\(entry.kind)")
    }
    #expect(result.map.askedCount == 65_536)
    #expect(result.evidence.attemptsNeeded == 2)
  }

  @Test(arguments: IPVersion.allCases)
  func `Only what belongs to a conversation gets in where the rules keep state`(version: IPVersion) throws {
    let box = FilterBox { packet in packet.arm == .near || packet.isKnown ? .accept : .drop }
    let simulation = Simulation(box)
    let unsolicited = try simulation.sweep(version, .inbound, .unsolicited)
    #expect(unsolicited.map.counts.map(\.fate) == [.dropped])
    #expect(unsolicited.evidence.witness?.contains("echo replies") == true)
    let established = try simulation.sweep(version, .inbound, .established)
    let replies: [MessageKind] =
      version == .v4
      ? [0, 14, 18].map { MessageKind(type: $0, code: 0) } : [MessageKind(type: 129, code: 0)]
    for entry in established.map.entries where [0, 14, 16, 18, 129, 40].contains(entry.kind.type) {
      #expect(entry.fate == (replies.contains(entry.kind) ? .delivered : .dropped), "\(entry.kind)")
    }
    for state in [SweepState.relatedEcho, .relatedUDP, .relatedTCP] {
      let related = try simulation.sweep(version, .inbound, state)
      #expect(related.map.counts.map(\.fate) == [.delivered], "\(state)")
    }
  }

  @Test func `Rewritten fields are named`() throws {
    let box = FilterBox { packet in packet.arm == .near ? .translate : .accept }
    let result = try Simulation(box).sweep(.v4, .outbound, .unsolicited)
    #expect(result.map.counts.map(\.fate) == [.changed(["ipv4.source"])])
    let change = result.examples[.changed(["ipv4.source"])]?.first
    #expect(change?.seen == "203.0.113.7")
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func `On a path that loses one in a hundred nothing is called dropped that is let through`(seed: UInt64)
    throws
  {
    var box = FilterBox { packet in
      packet.kind.map { $0.type < 64 || $0.type == 128 } ?? true ? .accept : .drop
    }
    box.lossPerMille = 9
    var simulation = Simulation(box)
    simulation.isReliable = false
    simulation.seed = seed
    let result = try simulation.sweep(.v4, .outbound, .unsolicited)
    for entry in result.map.entries {
      #expect(
        entry.fate == (entry.kind.type < 64 || entry.kind.type == 128 ? .delivered : .dropped),
        "\(entry.kind)"
      )
    }
    #expect(result.evidence.path.lost > 0)
    #expect((result.evidence.attemptsNeeded ?? 0) >= 5)
    #expect(result.evidence.limits.isEmpty)
  }

  @Test func `A rate limit is told from drops and from what passes freely`() throws {
    var box = FilterBox { packet in
      guard let kind = packet.kind else { return .accept }
      switch kind.type {
      case 8, 0: return .accept
      case 3, 11: return .limit("errors")
      default: return .drop
      }
    }
    box.buckets["errors"] = FilterBox.Bucket(perSecond: 100, burst: 5)
    let result = try Simulation(box).sweep(.v4, .outbound, .unsolicited)
    var rates: Set<Double> = []
    for entry in result.map.entries {
      switch entry.kind.type {
      case 8, 0: #expect(entry.fate == .delivered, "\(entry.kind)")
      case 3, 11:
        guard case .rateLimited(let rate?, .delivered) = entry.fate else {
          Issue.record("\(entry.kind) \(entry.fate)")
          continue
        }
        rates.insert(rate)
      default: #expect(entry.fate == .dropped, "\(entry.kind)")
      }
    }
    #expect(rates.count == 1)
    #expect(rates.allSatisfy { (90...110).contains($0) })
  }

  @Test func `Several limits at once are told apart, also one that holds for a single kind`() throws {
    var box = FilterBox { packet in
      guard let kind = packet.kind else { return .accept }
      switch (kind.type, kind.code) {
      case (3, 4): return .limit("one")
      case (11...12, _): return .limit("many")
      case (40, _): return .drop
      default: return .accept
      }
    }
    box.buckets["one"] = FilterBox.Bucket(perSecond: 20, burst: 5)
    box.buckets["many"] = FilterBox.Bucket(perSecond: 1000, burst: 50)
    let result = try Simulation(box).sweep(.v4, .outbound, .unsolicited)
    for entry in result.map.entries {
      switch (entry.kind.type, entry.kind.code, entry.fate) {
      case (3, 4, .rateLimited(let rate?, .delivered)): #expect((16...24).contains(rate))
      case (11...12, _, .rateLimited(let rate?, .delivered)): #expect((900...1100).contains(rate))
      case (3, 4, _), (11...12, _, _): Issue.record("\(entry.kind) \(entry.fate)")
      case (40, _, _): #expect(entry.fate == .dropped)
      default: #expect(entry.fate == .delivered, "\(entry.kind)")
      }
    }
  }

  @Test func `What is rejected is no drop because the target sends few errors`() throws {
    let rejection = MessageKind(type: 3, code: 13)
    var box = FilterBox { packet in
      guard let kind = packet.kind else { return .accept }
      return kind.type == 13 ? .reject(rejection) : kind.type == 18 ? .drop : .accept
    }
    box.errors = FilterBox.Bucket(perSecond: 500, burst: 6)
    let result = try Simulation(box).sweep(.v4, .outbound, .unsolicited)
    for entry in result.map.entries where [13, 18].contains(entry.kind.type) {
      let expected: Fate =
        entry.kind.type == 18 ? .dropped : .rejected(Fate.Rejection(rejection, from: "192.0.2.1"))
      #expect(entry.fate == expected, "\(entry.kind)")
    }
  }

  @Test func `Where nothing passes, nothing is called dropped`() throws {
    let result = try Simulation(FilterBox { _ in .drop }).sweep(.v4, .outbound, .unsolicited)
    #expect(result.map.counts.map(\.fate) == [.inconclusive(.noWitness)])
  }

  @Test func `Without a conversation nothing is said of what would belong to it`() throws {
    let box = FilterBox { packet in packet.kind == nil ? .drop : .accept }
    let result = try Simulation(box).sweep(.v4, .inbound, .relatedUDP)
    #expect(result.skipped != nil)
    #expect(result.map.askedCount == 0)
  }
}

/// A sweep over a simulated link.
struct Simulation {
  var box: FilterBox
  var isReliable = true
  var seed: UInt64 = 1
  /// The types that are asked; nil: all, which takes a while.
  var types: Set<UInt8>? = Set([0, 3, 4, 8, 11, 12, 13, 14, 18, 40, 128, 129, 135, 255])

  init(_ box: FilterBox) { self.box = box }

  static let target = TargetDescription(
    name: "simulated",
    role: .firewall,
    near: side(.near, "192.0.2", "2001:db8:1"),
    far: side(.far, "198.51.100", "2001:db8:2")
  )

  private static func side(_ arm: Arm, _ ipv4: String, _ ipv6: String) -> TargetDescription.Side {
    func four(_ last: Int) -> IPv4Address { IPv4Address("\(ipv4).\(last)") ?? .unspecified }
    func six(_ last: String) -> IPv6Address { IPv6Address("\(ipv6)::\(last)") ?? .unspecified }
    return TargetDescription.Side(
      interface: arm.rawValue,
      ipv4: four(1),
      ipv6: six("1"),
      testers: TargetDescription.Testers(ipv4: four(16)...four(250), ipv6: six("1:0")...six("1:ffff"))
    )
  }

  func sweep(_ version: IPVersion, _ direction: SweepDirection, _ state: SweepState) throws -> SliceResult {
    var options = SweepOptions()
    var slice = SweepSlice(version, direction, state)
    slice.variant = types.map {
      ProbeVariant(name: "some", types: $0, codes: Set(UInt8.min...UInt8.max), fields: [])
    }
    options.slices = [slice]
    options.isPathReliable = isReliable
    options.rate = 1_000_000
    options.run = UInt32(truncatingIfNeeded: seed)
    let link = SimulatedLink(to: box, latency: .microseconds(20))
    var sweeper = Sweeper(target: Self.target, link: link, options: options)
    return try #require(try sweeper.run().slices.first)
  }
}
