import Judge
import Testing
import Wire

/// What a target sends on its own account.
@Suite struct NoiseTests {
  private static let multicast = MACAddress(rawValue: 0x3333_0000_0001)
  private static let arpRequest = Answers.frame(
    [
      LayerTemplate(
        .arp,
        fields: [
          "operation": .given(.number(1)), "sender-ip": .given(.ipv4(IPv4Address(rawValue: 0xc000_0201))),
          "target-ip": .given(.ipv4(IPv4Address(rawValue: 0xc000_0210))),
        ]
      )
    ],
    mac: .broadcast
  )

  private static func discovery(_ type: UInt64) -> [UInt8] {
    Answers.frame([Answers.ipv6(["hop-limit": .given(.number(255))]), Answers.icmpv6(type)])
  }

  static let all: [(String, [UInt8])] = [
    ("ARP", arpRequest),
    ("neighbour solicitation", discovery(135)),
    ("neighbour advertisement", discovery(136)),
    ("router solicitation", discovery(133)),
    ("router advertisement", discovery(134)),
    ("MLD query", discovery(130)),
    ("MLD report", discovery(131)),
    ("MLD done", discovery(132)),
    ("MLDv2 report", discovery(143)),
    (
      "IGMP", Answers.frame([Answers.ipv4(["protocol": .given(.number(2))]), Answers.data([0x16, 0, 0, 0])])
    ),
    ("IPv4 router solicitation", Answers.frame([Answers.ipv4(), Answers.icmpv4(10)])),
    ("IPv4 router advertisement", Answers.frame([Answers.ipv4(), Answers.icmpv4(9)])),
    (
      "LLDP",
      Answers.frame([LayerTemplate(.raw, body: [1, 2, 3])], mac: multicast)
    ),
  ]

  @Test(arguments: all) func `Background frames are never counted`(name: String, frame: [UInt8]) throws {
    #expect(!frame.isEmpty)
    for expectation in ["- expect: nothing", Scene.echoAnswer] {
      var script = Script(try Scene.plan(Scene.echo + "\n" + expectation))
      script.receive(frame)
      script.control()
      script.receive(frame)
      script.stimulus()
      script.receive(frame)
      if expectation == Scene.echoAnswer { script.receive(Answers.echoReply()) }
      script.receive(frame)
      script.control()
      script.receive(frame)
      #expect(script.verdict().outcome == .pass)
    }
  }

  @Test func `A background message that a step names counts`() throws {
    let steps = Scene.echo + "\n- expect: [ icmpv6: { type: neighbor-solicitation } ]"
    var script = Script(started: try Scene.plan(steps))
    script.receive(Self.discovery(135))
    script.receive(Self.arpRequest)
    script.control()
    #expect(script.verdict().outcome == .pass)

    var twice = Script(started: try Scene.plan(steps))
    twice.receive(Self.discovery(135))
    twice.receive(Self.discovery(135))
    twice.control()
    #expect(twice.verdict().reason == .duplicateAnswer)
  }

  @Test(arguments: [("2001:db8:1::99", true), ("unspecified", false)])
  func `A question for another address than a step names is background`(target: String, passes: Bool) throws {
    let question = "icmpv6: { type: neighbor-solicitation, target: \"\(target)\" }"
    var script = Script(
      started: try Scene.plan(Scene.echo + "\n- forbid: [ \(question) ]\n- expect: nothing")
    )
    // It asks for `::`.
    script.receive(Self.discovery(135))
    script.control()
    #expect((script.verdict().outcome == .pass) == passes)
  }

  @Test func `An advertisement over IPv4 counts for a trial that asks for one`() throws {
    let solicitation = "- send: [ ipv4, icmpv4: { type: router-solicitation } ]"
    var script = Script(started: try Scene.plan(solicitation + "\n- expect: nothing"))
    script.receive(Answers.frame([Answers.ipv4(), Answers.icmpv4(9)]))
    script.control()
    #expect(script.verdict().reason == .forbiddenFrame)
  }

  @Test func `ARP that a step names counts`() throws {
    var script = Script(started: try Scene.plan(Scene.echo + "\n- expect: [ arp: { operation: 1 } ]"))
    script.receive(Self.arpRequest)
    script.control()
    #expect(script.verdict().outcome == .pass)
  }

  @Test func `A condition that happens to accept a background message doesn't name it`() throws {
    let steps = Scene.echo + "\n- forbid: [ icmpv6: { type: { not: echo-reply } } ]\n- expect: nothing"
    var script = Script(started: try Scene.plan(steps))
    script.receive(Self.discovery(135))
    script.control()
    #expect(script.verdict().outcome == .pass)
  }

  @Test func `An ICMP error isn't background`() throws {
    let plan = try Scene.plan(Scene.echo + "\n- expect: nothing")
    var script = Script(started: plan)
    script.receive(Answers.portUnreachable(plan))
    script.control()
    #expect(script.verdict().reason == .forbiddenFrame)
  }
}
