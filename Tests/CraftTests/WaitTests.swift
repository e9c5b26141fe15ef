import Craft
import Testing

/// How long a step of a plan may take.
@Suite struct WaitTests {
  @Test(arguments: [
    ("- send: [ipv4]\n- expect: nothing", 0.0),
    ("- send: [ipv4]\n- expect: nothing\n  within: 65s", 65),
    ("- send: [ipv4]\n- expect: [icmpv4]\n  within: 1500ms", 1.5),
    ("- send: [ipv4]\n- expect: [icmpv4]\n  not-before: 5s", 5),
    ("- send: [ipv4]\n- wait: 20s\n- expect: nothing\n  within: 8s", 20),
    ("- send: [ipv4]\n  repeat: 11\n  every: 1s\n- expect: nothing", 10),
    (
      """
      - send: [ipv4]
      - expect:
          any-of:
            - { outcome: pass, packet: [icmpv4], not-before: 60s, within: 120s }
            - { outcome: warn, nothing: true }
      """, 120
    ),
    ("- tcp-connect: { port: 7, as: conn, expect: refused, within: 30s }", 30),
  ])
  func `The longest wait of a plan is that of its longest step`(steps: String, seconds: Double) throws {
    #expect(try plan(steps).longestWait == .seconds(seconds))
  }

  @Test func `Setup and cleanup count as well`() throws {
    let head = "setup: [{ wait: 30s }]\ncleanup: [{ wait: 40s }]"
    #expect(try plan("- send: [ipv4]\n- expect: nothing", head: head).longestWait == .seconds(40))
  }
}
