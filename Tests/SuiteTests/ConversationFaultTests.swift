import Suite
import Testing

/// Faults of steps that talk with a service of the target.
@Suite struct ConversationFaultTests {
  private static let connect = "- tcp-connect: { port: 7, as: conn }\n"

  @Test func `A connection needs a port and a name`() {
    expectFaults(
      MarkedSource.suite(steps: "- tcp-connect: ««{ to: $target }\n- send: [ipv4]\n- expect: nothing"),
      "'tcp-connect' lacks 'as'",
      "'tcp-connect' lacks 'port'"
    )
  }

  @Test func `An exchange names a connection that was opened before it`() {
    expectFaults(
      MarkedSource.suite(steps: Self.connect + "- tcp-exchange: { on: «con, data: x }\n- expect: nothing"),
      "no connection 'con' was opened before; did you mean 'conn'?"
    )
    expectFaults(
      MarkedSource.suite(steps: "- tcp-close: { on: «conn }\n" + Self.connect + "- expect: nothing"),
      "no connection 'conn' was opened before"
    )
  }

  @Test func `An exchange has something to do`() {
    expectFaults(
      MarkedSource.suite(steps: Self.connect + "- «tcp-exchange: { on: conn }\n- expect: nothing"),
      "an exchange sends 'data', or has something to 'expect'"
    )
    expectFaults(
      MarkedSource.suite(steps: Self.connect + "- tcp-exchange: { on: conn, expect: «echo }"),
      "'echo' is no answer where no 'data' is sent"
    )
  }

  @Test func `A connection has a name of its own`() {
    expectFaults(
      MarkedSource.suite(
        steps: Self.connect + "- tcp-connect: { port: 9, as: «conn }\n- tcp-exchange: { on: conn, data: x }"
      ),
      "'conn' is already the name of a packet or of a 'vary' variable"
    )
  }

  @Test func `A connection alone expects nothing, one that must be refused does`() {
    expectFaults(
      MarkedSource.suite(steps: "«" + Self.connect),
      "the case expects nothing at all; `- expect: nothing` demands silence"
    )
    expectFaults(MarkedSource.suite(steps: "- tcp-connect: { port: 7, as: conn, expect: refused }"))
  }
}
