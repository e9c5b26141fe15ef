import Testing

@testable import Suite

@Suite struct PolicyTests {
  private static func policy(_ rules: String, ip: Int = 4) throws -> FilterPolicy {
    try FilterPolicy(decoding: "policy: p\nip: \(ip)\nrules:\n" + rules, file: "p.yaml")
  }

  private static func faults(_ text: String) -> [String] {
    do {
      _ = try FilterPolicy(decoding: text, file: "p.yaml")
      return []
    } catch {
      return error.diagnostics.map(\.description)
    }
  }

  private static func faults(rules: String, ip: Int = 4) -> [String] {
    faults("policy: p\nip: \(ip)\nrules:\n" + rules)
  }

  @Test func `A rule speaks of all directions, states, types and codes unless it says otherwise`() throws {
    let policy = try Self.policy("  - { id: a, match: {}, fate: dropped }")
    let rule = try #require(policy.rules.first)
    #expect(rule.directions == [.outbound, .inbound])
    #expect(rule.states == Set(SweepState.allCases))
    #expect(rule.types.count == 256 && rule.codes.count == 256)
    #expect(rule.fates == [.dropped])
  }

  @Test func `Types and codes are names, numbers, ranges and lists of them`() throws {
    let policy = try Self.policy(
      """
        - id: a
          match: { type: [destination-unreachable, 8, 0x20..34], code: 0..15 }
          fate: [delivered, changed]
        - { id: b, match: { type: destination-unreachable, code: [host-unreachable, 4] }, fate: passed }
      """
    )
    #expect(policy.rules[0].types == [3, 8, 32, 33, 34])
    #expect(policy.rules[0].codes == Set(0...15))
    #expect(policy.rules[1].codes == [1, 4])
  }

  @Test func `Names are those of the version that the policy speaks of`() throws {
    let policy = try Self.policy(
      "  - { id: a, match: { type: packet-too-big }, fate: passed }",
      ip: 6
    )
    #expect(policy.rules[0].types == [2])
    #expect(
      Self.faults(rules: "  - { id: a, match: { type: packet-too-big }, fate: passed }").first?
        .contains("'packet-too-big' is no type of IPv4") == true
    )
  }

  @Test func `The word related is all kinds of errors about conversations`() throws {
    let policy = try Self.policy("  - { id: a, state: related, match: { type: 3 }, fate: passed }")
    #expect(policy.rules[0].states == [.relatedEcho, .relatedUDP, .relatedTCP])
  }

  @Test func `What no rule speaks of is for the one for the rest`() throws {
    let text = """
      policy: p
      ip: 4
      rules:
        - { id: a, direction: inbound, match: { type: 8 }, fate: passed }
      otherwise: { fate: dropped, direction: inbound }
      """
    let policy = try FilterPolicy(decoding: text, file: "p.yaml")
    let inbound = SweepSlice(.v4, .inbound, .unsolicited)
    let outbound = SweepSlice(.v4, .outbound, .unsolicited)
    #expect(policy.rules(for: MessageKind(type: 8, code: 0), in: inbound).map(\.id) == ["a"])
    #expect(policy.rules(for: MessageKind(type: 9, code: 0), in: inbound).map(\.id) == ["otherwise"])
    #expect(policy.rules(for: MessageKind(type: 8, code: 0), in: outbound).isEmpty)
    #expect(
      policy.rules(for: MessageKind(type: 8, code: 0), in: SweepSlice(.v6, .inbound, .unsolicited)).isEmpty
    )
    #expect(policy.slices.allSatisfy { $0.direction == .inbound && $0.version == .v4 })
  }

  @Test func `Other fields make probes of a rule's own`() throws {
    let policy = try Self.policy(
      "  - { id: a, state: unsolicited, match: { type: 8, code: 0, ipv4.ttl: 1 }, fate: rejected, by: { type: time-exceeded, code: ttl-exceeded, from: target } }"
    )
    #expect(policy.rules[0].fields == [ProbeField(layer: "ipv4", field: "ttl", value: 1)])
    #expect(policy.rules[0].rejection?.type == 11)
    #expect(policy.rules[0].rejection?.code == 0)
    #expect(policy.rules[0].rejection?.isFromTarget == true)
    let special = policy.slices.filter { $0.variant != nil }
    #expect(special.count == 2)
    #expect(special.allSatisfy { $0.kinds == [MessageKind(type: 8, code: 0)] })
    // They say nothing of plain probes.
    #expect(
      policy.rules(for: MessageKind(type: 8, code: 0), in: SweepSlice(.v4, .inbound, .unsolicited)).isEmpty
    )
    #expect(policy.rules(for: MessageKind(type: 8, code: 0), in: special[0]).map(\.id) == ["a"])
  }

  @Test func `All faults are told at once, each with its place`() {
    let faults = Self.faults(
      """
      policy: p
      ip: 5
      rules:
        - { id: a, match: { type: 300 }, fate: delivered }
        - { id: b, match: { type: eco-request }, fate: deliverd }
        - { id: c, direction: inwards, state: new, match: { kode: 1 }, fate: dropped }
        - { id: c, match: { type: 5 } }
      """
    )
    let expected = [
      "p.yaml:2:5: error: 'ip' is 4 or 6, not '5'",
      "p.yaml:4:29: error: '300' is no type",
      "p.yaml:5:29: error: 'eco-request' is no type of IPv4: a number to 255, a range a..b or a name; did you mean 'echo-request'?",
      "p.yaml:5:50: error: 'deliverd' is not a fate; did you mean 'delivered'?",
      "p.yaml:6:25: error: 'inwards' is not a direction",
      "p.yaml:6:41: error: 'new' is not a state",
      "p.yaml:6:55: error: unknown key 'kode' in 'match'; did you mean 'code'?",
      "p.yaml:7:5: error: a rule lacks 'fate'",
      "p.yaml:7:5: error: a second rule 'c'; the first is in line 6",
    ]
    #expect(faults.count == expected.count)
    for text in expected { #expect(faults.contains { $0.hasPrefix(text) }, "\(text)\n\(faults)") }
  }

  @Test func `Two rules that want different fates of the same messages are a fault`() {
    let faults = Self.faults(
      rules: """
          - { id: a, direction: inbound, match: { type: 3..5 }, fate: passed }
          - { id: b, direction: inbound, match: { type: 5, code: 1 }, fate: [dropped, rejected] }
          - { id: c, direction: outbound, match: { type: 5, code: 1 }, fate: dropped }
        """
    )
    #expect(faults.count == 1)
    #expect(
      faults.first?.contains("no target can do what 'b' and 'a' (line 4) want of the same messages") == true
    )
  }

  @Test func `A rule that no message can meet is a fault`() {
    let faults = Self.faults(rules: "  - { id: a, state: established, match: { type: 3 }, fate: passed }")
    #expect(faults.first?.contains("no message is meant") == true)
  }

  @Test func `What only goes with a fate needs it`() {
    let rejected = Self.faults(rules: "  - { id: a, match: {}, fate: dropped, by: { type: 3 } }")
    #expect(rejected.first?.contains("'by' needs 'rejected' or 'blocked'") == true)
    let changed = Self.faults(
      rules: "  - { id: a, match: {}, fate: delivered, changes: { required: [ipv4.source] } }"
    )
    #expect(changed.first?.contains("'changes' needs 'changed' or 'passed'") == true)
    let field = Self.faults(
      rules: "  - { id: a, match: {}, fate: changed, changes: { required: [ipv4.sauce] } }"
    )
    #expect(field.first?.contains("'ipv4.sauce' is no field") == true)
    let computed = Self.faults(rules: "  - { id: a, match: { ipv4.total-length: 3 }, fate: dropped }")
    #expect(computed.first?.contains("is computed and can't be chosen") == true)
    let large = Self.faults(rules: "  - { id: a, match: { ipv4.ttl: 300 }, fate: dropped }")
    #expect(large.first?.contains("300 doesn't fit the 8 bits of 'ttl'") == true)
  }

  @Test func `The bundled policies have no faults, and each of their rules cites a clause of the catalogue`()
    throws
  {
    let catalogue = try BundledFiles.catalogue()
    let files = try BundledFiles.files(below: "policies")
    #expect(files.count >= 3)
    for file in files {
      let policy = try FilterPolicy(decoding: file.text, file: file.path)
      #expect(file.path.hasSuffix("/\(policy.name).yaml"), "a policy has the name of its file")
      #expect(catalogue.unknownCitations(in: policy).isEmpty)
      for rule in policy.allRules { #expect(!rule.requirements.isEmpty, "\(policy.name).\(rule.id)") }
    }
  }
}
