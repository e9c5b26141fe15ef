import Craft
import Judge
import Suite
import Testing
import Wire

/// What an ICMP error must quote of the packet that caused it.
@Suite struct QuoteTests {
  private func plan(_ rules: String) throws -> TrialPlan {
    try Scene.plan(
      Scene.datagram + "\n- expect: [ icmpv4: { type: 3, code: 3 }, quoted: { of: $sent, \(rules) } ]"
    )
  }

  private func verdict(
    _ rules: String,
    octets: Int,
    ip: [String: FieldSetting] = [:],
    edit: (inout [UInt8]) -> Void = { _ in }
  ) throws -> Verdict {
    let plan = try plan(rules)
    var script = Script(started: plan)
    script.receive(Answers.portUnreachable(plan, octets: octets, ip: ip, edit: edit))
    script.wait(.milliseconds(251))
    script.control()
    return script.verdict()
  }

  @Test(arguments: [(27, false), (28, true), (92, true)])
  func `A quote has at least so many octets behind the IP header`(octets: Int, passes: Bool) throws {
    let verdict = try verdict("at-least: 8", octets: octets)
    #expect((verdict.outcome == .pass) == passes)
    if !passes { #expect(verdict.differences.map(\.field) == ["quoted length"]) }
  }

  @Test func `No more than the packet has can be quoted`() throws {
    #expect(try verdict("at-least: 500", octets: 92).outcome == .pass)
    #expect(try verdict("at-least: 500", octets: 91).outcome == .fail)
  }

  @Test func `Octets behind the quoted packet must be padding`() throws {
    #expect(try verdict("at-least: 8", octets: 92) { $0 += [0, 0, 0, 0] }.outcome == .pass)
    #expect(try verdict("at-least: 8", octets: 92) { $0 += [0, 0, 1, 0] }.outcome == .fail)
  }

  @Test func `The whole error has at most so many octets`() throws {
    #expect(try verdict("at-least: 8, at-most-total: 56", octets: 28).outcome == .pass)
    let verdict = try verdict("at-least: 8, at-most-total: 55", octets: 28)
    #expect(verdict.differences.map(\.field) == ["total length"])
    #expect(verdict.differences.map(\.seen) == ["56 octets"])
  }

  @Test(arguments: [
    (0, "quoted octet 0 (ipv4.version)"), (8, "quoted octet 8 (ipv4.ttl)"),
    (10, "quoted octet 10 (ipv4.header-checksum)"), (15, "quoted octet 12 (ipv4.source)"),
    (20, "quoted octet 20 (udp.source-port)"), (27, "quoted octet 26 (udp.checksum)"),
    (28, "quoted octet 28"),
  ])
  func `An altered octet is named by its field`(octet: Int, field: String) throws {
    let verdict = try verdict("at-least: 8", octets: 40) { $0[octet] ^= 0x40 }
    #expect(verdict.outcome == .fail)
    #expect(verdict.reason == .wrongAnswer)
    let seen = try #require(verdict.differences.first?.field)
    // Which octet of a longer field is named doesn't matter, its name does.
    let name = field.split(separator: " ").last.map(String.init) ?? ""
    #expect(name.hasPrefix("(") ? seen.hasSuffix(name) : seen.hasPrefix("quoted octet 28"))
    #expect(seen.hasPrefix("quoted octet \(octet)"))
  }

  @Test func `Fields that may differ may differ, and no other`() throws {
    let rules = "at-least: 8, unchanged-except: [ttl, header-checksum]"
    #expect(
      try verdict(rules, octets: 28) {
        $0[8] = 1
        $0[10] ^= 0xff
      }.outcome == .pass
    )
    #expect(try verdict(rules, octets: 28) { $0[9] ^= 1 }.outcome == .fail)
  }

  @Test func `An error that quotes nothing is a wrong answer`() throws {
    let verdict = try verdict("at-least: 8", octets: 0)
    #expect(verdict.outcome == .fail)
    #expect(verdict.differences.contains { $0.field == "quoted" })
  }

  @Test func `A quote of another packet is a wrong answer`() throws {
    let verdict = try verdict("at-least: 8", octets: 28) { $0[20] ^= 0x10 }
    #expect(verdict.reason == .wrongAnswer)
  }
}
