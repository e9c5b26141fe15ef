import Craft
import Foundation
import Suite
import Testing
import Wire

/// Octets → template → suite → octets: nothing is lost on the way.
@Suite(.timeLimit(.minutes(5))) struct ImportTests {
  /// The frames that the bundled suites send, the malformed ones among them.
  private static let bundled: [[UInt8]] =
    (try? BundledTrials.all().flatMap { try BundledTrials.plan($0).frames }) ?? []

  /// The frames that the tests of dissection know from elsewhere: `# name` and lines of `> octets`.
  private static let golden: [[UInt8]] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("WireTests")
    var frames: [[UInt8]] = []
    for name in ["IPv4", "IPv6", "Linux"] {
      let file = folder.appendingPathComponent("GoldenFrames+\(name).swift")
      let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
      for line in text.split(separator: "\n").map({ $0.drop { $0 == " " } }) {
        if line.hasPrefix("# ") { frames.append([]) }
        guard line.hasPrefix("> "), let octets = [UInt8](hex: String(line.dropFirst(2))) else { continue }
        frames[frames.count - 1] += octets
      }
    }
    return frames
  }()

  private static let all = bundled + golden + golden + golden

  @Test func `Real frames, and what bundled suites send, are imported octet for octet`() throws {
    #expect(Self.bundled.count > 3000)
    #expect(Self.golden.count > 60)
    for start in stride(from: 0, to: Self.all.count, by: 100) {
      let frames = Array(Self.all[start...].prefix(100))
      try #require(crafted(from: suite(of: frames)) == frames)
    }
  }

  @Test(arguments: 0..<8 as Range<UInt64>) func `Mutated frames are imported octet for octet`(seed: UInt64)
    throws
  {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<20 {
      let frames = (0..<50).map { _ in
        var octets = Self.all.randomElement(using: &generator) ?? []
        for _ in 0..<Int.random(in: 1...4, using: &generator) { mutate(&octets, &generator) }
        return octets
      }
      let text = suite(of: frames)
      let found = try crafted(from: text)
      for (index, frame) in frames.enumerated() where !found.indices.contains(index) || found[index] != frame
      {
        Issue.record("\(frame) comes out differently:\n\(suite(of: [frame]))")
      }
    }
  }

  @Test func `A frame that is cut anywhere is imported octet for octet`() throws {
    var generator = SplitMix64(seed: 3)
    for _ in 0..<40 {
      let frame = Self.bundled.filter { $0.count < 200 }.randomElement(using: &generator) ?? []
      let frames = (0...frame.count).map { Array(frame.prefix($0)) }
      try #require(crafted(from: suite(of: frames)) == frames)
    }
  }

  @Test func `Lists full of any elements are imported octet for octet`() throws {
    var generator = SplitMix64(seed: 5)
    for (head, tail) in Self.containers {
      var frames: [[UInt8]] = []
      for _ in 0..<400 {
        // Types that are known, lengths that are likely, and octets that may be anything.
        var list: [UInt8] = []
        while list.count < 32 {
          let length = Int.random(in: 0...20, using: &generator)
          list += [.random(in: 0...255, using: &generator), UInt8(length)]
          list += (0..<max(0, length - 2)).map { _ in
            Bool.random(using: &generator) ? 0 : .random(in: 0...255, using: &generator)
          }
        }
        frames.append(try octets(head) + list.prefix(32) + (try octets(tail)))
      }
      let found = try crafted(from: suite(of: frames))
      for (index, frame) in frames.enumerated() where !found.indices.contains(index) || found[index] != frame
      {
        Issue.record("\(frame) comes out differently:\n\(suite(of: [frame]))")
      }
    }
  }

  /// What stands before and behind 32 octets of a list.
  private static let containers = [
    // IPv4 and TCP options, 32 octets of both.
    ("020000000001 020000000002 0800 4d00 0054 0001 0000 4001 0000 c0000210 c0000201", "0800 0000 0001 0002"),
    (
      "020000000001 020000000002 0800 4500 0048 0001 0000 4006 0000 c0000210 c0000201 "
        + "0001 0002 00000003 00000004 d002 0005 0000 0000", ""
    ),
    // IPv6 options, 30 octets, and two that are the next header's.
    (
      "020000000001 020000000002 86dd 60000000 0028 0040 20010db8000000000000000000000001 "
        + "20010db8000000000000000000000002 3a03", "8000 0000 0001"
    ),
    // Options of a router advertisement.
    (
      "020000000001 020000000002 86dd 60000000 0030 3aff fe800000000000000000000000000001 "
        + "ff020000000000000000000000000001 8600 0000 40000708 00000000 00000000", ""
    ),
    // Objects of an extended echo request.
    (
      "020000000001 020000000002 0800 4500 0040 0001 0000 4001 0000 c0000210 c0000201 2a00 0000 0001 0101 2000 0000",
      ""
    ),
    // Group records of a listener report.
    (
      "020000000001 020000000002 86dd 60000000 0028 3a01 fe800000000000000000000000000001 "
        + "ff020000000000000000000000000016 8f00 0000 0000 0001", ""
    ),
  ]

  @Test func `Every field that a trial fills in by itself is said in any case`() throws {
    var filled: Set<String> = []
    for definition in Protocols.all where !Self.withoutFields.contains(definition.kind) {
      for type in [nil, "0", "8", "12", "128", "135"] as [String?] {
        let hasType = definition.fields.first?.name == "type"
        guard hasType == (type != nil) else { continue }
        let fields = definition.fields(type: type.flatMap { UInt8($0) }, code: nil)
        let carrier: [LayerKind: String] = [
          .icmpv4: "- ipv4\n", .icmpv6: "- ipv6\n", .udp: "- ipv4\n", .tcp: "- ipv6\n",
        ]
        let head = carrier[definition.kind] ?? ""
        let layer = head + (type.map { "- \(definition.kind): { type: \($0) }" } ?? "- \(definition.kind)")
        var seen: Set<String> = []
        for changed in [try context(7), try context(9)] {
          let mine = try #require(try sent(layer, in: context(8)).first)
          let other = try #require(try sent(layer, in: changed).first)
          let views = [mine, other].map { Dissection(packet: Array($0), as: .ethernet).layers }
          guard let index = views[0].firstIndex(where: { $0.kind == definition.kind }) else { continue }
          for field in fields where field.byDefault != .computed {
            if views[0][index].value(of: field) != views[1][index].value(of: field) {
              seen.insert(field.name)
            }
          }
        }
        let names = Set(PersonaFields.names(of: definition.kind)).intersection(fields.map(\.name))
        #expect(seen.isSubset(of: names), "\(definition.kind) \(type ?? "")")
        filled.formUnion(seen)
      }
    }
    #expect(
      filled.isSuperset(of: [
        "source", "sender-ip", "identification", "flow-label", "identifier", "source-port",
      ])
    )
  }

  private static let withoutFields: [LayerKind] = [.quote, .data, .raw, .trailer]

  private func context(_ number: UInt8) throws -> CraftContext {
    try Sample.context { endpoints in
      func host(_ host: UInt32) -> Craft.Host {
        Craft.Host(
          mac: MACAddress(rawValue: 0x0200_0000_0000 + UInt64(number) << 8 + UInt64(host)),
          ipv4: IPv4Address(rawValue: 0xc000_0200 + UInt32(number) << 4 + host),
          ipv6: IPv6Address(high: 0x2001_0db8_0000_0000, low: UInt64(number) << 8 + UInt64(host))
        )
      }
      endpoints.tester = host(1)
      endpoints.target = host(2)
      endpoints.id = UInt16(number)
      endpoints.port = UInt16(number) + 1000
    }
  }

  private func suite(of frames: [[UInt8]]) -> String {
    SuiteWriter.suite(
      name: "imported",
      title: "Imported",
      comments: ["From a test."],
      packets: frames.enumerated().map { index, frame in
        ImportedPacket(
          id: "packet-\(index)",
          title: Dissection(frame).summary,
          comments: ["Packet \(index)"],
          template: PacketTemplate(recovering: frame)
        )
      }
    )
  }

  private func crafted(from text: String) throws -> [[UInt8]] {
    let suite = try TestSuite(decoding: text, file: "imported.yaml")
    let context = try Sample.context(mtu: 1 << 20)
    return try suite.trials.flatMap { try TrialPlan(crafting: $0, requirements: [], in: context).frames }
  }

  private func octets(_ text: String) throws -> [UInt8] { try #require([UInt8](hex: text)) }

  private func mutate(_ octets: inout [UInt8], _ generator: inout SplitMix64) {
    guard let index = octets.indices.randomElement(using: &generator) else { return }
    let other = Self.all.randomElement(using: &generator) ?? []
    switch generator.next() % 8 {
    case 0: octets[index] ^= 1 << UInt8.random(in: 0...7, using: &generator)
    case 1: octets[index] = [0, 1, 0x7f, 0x80, 0xff].randomElement(using: &generator) ?? 0
    case 2: octets.removeLast(octets.count - index)
    case 3: octets.insert(contentsOf: octets[index...].prefix(40), at: index)
    case 4: octets.remove(at: index)
    case 5: octets += other.prefix(index)
    case 6: octets[min(index, 60)] = .random(in: 0...255, using: &generator)
    default: octets.replaceSubrange(index..., with: other.dropFirst(14))
    }
  }
}
