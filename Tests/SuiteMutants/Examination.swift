import Craft
import Suite
import Wire

/// What becomes of mutants: each is refused with faults inside of the file, or is a suite whose trials are crafted or
/// refused.
struct Examination {
  private(set) var refused = 0
  private(set) var valid = 0
  private(set) var crafted = 0
  private(set) var notCrafted = 0
  private(set) var wrongs: [String] = []

  /// Lines of the files of the mutant that is being examined.
  private var lineCounts: [String: Int] = [:]
  private let context: CraftContext

  init(_ context: CraftContext) { self.context = context }

  /// Trials of each suite that are crafted.
  private static let trialCount = 4

  mutating func examine(_ text: String, _ number: UInt64) {
    lineCounts = [:]
    do throws(SuiteError) {
      let suite = try TestSuite(decoding: text, file: "mutant.yaml") { name, _ in
        Self.included[name].map { ($0, name) } ?? (name == "mutant.yaml" ? (text, name) : nil)
      }
      valid += 1
      var generator = SplitMix64(seed: number)
      let trials = suite.trials
      if trials.isEmpty { wrongs.append("mutant \(number): a suite without trials") }
      for trial in trials.shuffled(using: &generator).prefix(Self.trialCount) { craft(trial, text, number) }
    } catch {
      refused += 1
      if error.diagnostics.isEmpty { wrongs.append("mutant \(number): refused without a fault") }
      for fault in error.diagnostics { check(fault, text, number) }
    }
  }

  private mutating func craft(_ trial: Trial, _ text: String, _ number: UInt64) {
    do throws(CraftError) {
      let plan = try TrialPlan(crafting: trial, requirements: [], in: context)
      crafted += 1
      for case .send(let stimulus) in plan.steps {
        for frame in stimulus.frames.prefix(20) { _ = Dissection(frame.bytes) }
      }
    } catch {
      notCrafted += 1
      if case .invalid(let fault) = error { check(fault, text, number) }
    }
  }

  /// Faults have their place in the file that they speak of, and can be shown there.
  private mutating func check(_ fault: Diagnostic, _ text: String, _ number: UInt64) {
    let source = Self.included[fault.position.file] ?? text
    let lines = lineCounts[fault.position.file] ?? Self.lines(of: source)
    lineCounts[fault.position.file] = lines
    if !(1...lines + 1).contains(fault.position.line) || fault.position.column < 1 || fault.message.isEmpty {
      wrongs.append("mutant \(number): \(fault.description.prefix(300))")
    }
    if fault.rendered(in: source).utf8.count > 8000 {
      wrongs.append("mutant \(number): a fault of more than 8000 octets")
    }
  }

  private static func lines(of source: String) -> Int {
    // The parser counts other line breaks as well.
    source.unicodeScalars.count { ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains($0) } + 1
  }

  /// Files that mutants may include; they include each other.
  private static let included: [String: String] = [
    "a.yaml":
      "include: [b.yaml, mutant.yaml]\npackets: { pa: [ipv4, { icmpv4: { type: echo-request, identifier: $id } }] }\n",
    "b.yaml":
      "include: a.yaml\nexpectations: { pb: [ipv4, { packet: pb }] }\ndefaults: { send: { ipv4: { ttl: 9 } } }\n",
  ]
}

extension CraftContext {
  /// A laboratory of documentation addresses.
  static var laboratory: CraftContext? {
    func host(_ number: UInt8) -> Host? {
      guard let mac = MACAddress("02:a5:5a:00:00:\(number)"), let ipv4 = IPv4Address("192.0.2.\(number)"),
        let ipv6 = IPv6Address("2001:db8::\(number)"), let linkLocal = IPv6Address("fe80::\(number)")
      else { return nil }
      return Host(mac: mac, ipv4: ipv4, ipv6: ipv6, linkLocal: linkLocal)
    }
    guard let tester = host(16), let target = host(11), let unused = host(99) else { return nil }
    let endpoints = Endpoints(
      tester: tester,
      tester2: host(17),
      stranger: host(50),
      stranger2: host(51),
      router: host(60),
      target: target,
      broadcast: IPv4Address("192.0.2.255"),
      network: IPv4Address("192.0.2.0"),
      unused: unused,
      id: 0x5a17,
      port: 0xda17,
      seed: 7
    )
    let claims = [
      "udp-closed-port": "33434", "unused-protocol": "253", "tcp-port": "22", "udp-echo-port": "7",
      "timestamp": "true",
    ]
    return CraftContext(endpoints: endpoints, capabilities: claims, allowsSpoofing: true, mtu: 1500)
  }
}
