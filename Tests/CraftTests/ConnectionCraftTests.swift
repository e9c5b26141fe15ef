import Craft
import Suite
import Testing
import Wire

/// Connections as plans have them.
@Suite struct ConnectionCraftTests {
  private static let steps = """
    - tcp-connect: { port: 7, as: first }
    - tcp-connect: { port: 7, as: second, mss: 300, to: $target.ipv6 }
    - tcp-exchange: { on: second, data: { counter: 3 }, expect: echo }
    """

  private func plan(seed: UInt64 = 7, owns: Bool = true, _ steps: String = steps) throws -> TrialPlan {
    let indented = steps.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n")
    let suite = try TestSuite(
      decoding: """
        suite: test
        cases:
          - id: one
            title: One
            requirement: RFC5927-4.1-a
            steps:
        \(indented)
        """,
      file: "test.yaml"
    )
    var endpoints = try Sample.endpoints()
    endpoints.seed = seed
    let context = CraftContext(
      endpoints: endpoints,
      capabilities: [:],
      allowsSpoofing: false,
      hasOwnAddresses: owns
    )
    return try TrialPlan(crafting: suite.trials[0], requirements: [], in: context)
  }

  private func connections(_ plan: TrialPlan) -> [PlannedConnection] {
    plan.steps.compactMap { step in if case .connect(let connection) = step { connection } else { nil } }
  }

  @Test func `Numbers and ports come from the trial, and differ between its connections`() throws {
    let (one, same, other) = (try plan(), try plan(), try plan(seed: 8))
    #expect(connections(one).map(\.opening) == connections(same).map(\.opening))
    #expect(connections(one)[0].initialSequence != connections(one)[1].initialSequence)
    #expect(connections(one)[0].localPort != connections(one)[1].localPort)
    #expect(connections(one)[0].initialSequence != connections(other)[0].initialSequence)
  }

  @Test func `The first segment says what its sender takes`() throws {
    let planned = connections(try plan())
    let sizes = planned.map { TCPSegment(Dissection($0.opening.bytes))?.maximumSegmentSize }
    #expect(sizes == [1460, 300])
    #expect(planned.map(\.family) == [.ipv4, .ipv6])
    #expect(planned.allSatisfy { Dissection($0.opening.bytes).remarks.isEmpty })
  }

  @Test func `An echo is the octets that were sent`() throws {
    guard case .exchange(let exchange) = try plan().steps[2] else {
      Issue.record("step 3 is an exchange")
      return
    }
    #expect(exchange.data == [0, 1, 2])
    #expect(exchange.expected == .octets([0, 1, 2]))
  }

  @Test func `Where the system speaks from the tester's address it would break connections off`() {
    #expect {
      try plan(owns: false)
    } throws: { error in
      "\(error)".hasPrefix("a TCP connection needs tester addresses that the system doesn't speak from")
    }
  }

  @Test(arguments: ["port: 0", "port: 65536", "port: 7, mss: 70000", "port: 7, to: 192.0.2.256"])
  func `What can't be is refused with its place`(parts: String) {
    #expect {
      try plan("- tcp-connect: { \(parts), as: conn, expect: refused }")
    } throws: { error in
      if case .invalid? = error as? CraftError { true } else { false }
    }
  }

  @Test func `Later steps may speak of a connection that isn't there yet`() throws {
    let plan = try plan(
      """
      - tcp-connect: { port: 7, as: conn }
      - send:
          - ipv4
          - icmpv4: { type: destination-unreachable, code: 3 }
          - quote: { of: $conn.last-received }
      - send:
          - ipv4
          - udp: { source-port: $conn.local-port, destination-port: $conn.remote-port }
      - expect: nothing
      """
    )
    #expect(plan.late?.isLate(1) == true && plan.late?.isLate(2) == true && plan.late?.isLate(3) == false)
    guard case .send(let error) = plan.steps[1] else { return }
    let quoted = Dissection(error.frames[0].bytes).quotedLayer(.tcp)
    #expect(quoted?.number("source-port") == 7)
  }
}
