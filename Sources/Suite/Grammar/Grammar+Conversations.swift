/// Steps that talk with a service of the target.
extension Grammar.Mapping {
  /// A TCP connection that Assay opens.
  static let tcpConnect: Grammar.Mapping = step(
    "tcp-connect",
    "Opens a TCP connection to the target, and keeps it until the end of the trial.",
    [
      .init(
        "as",
        .scalar(.word),
        required: true,
        "The connection's name: `$NAME.local-next`, `$NAME.remote-next`, `$NAME.local-port`, `$NAME.remote-port`, `$NAME.mss`, `$NAME.last-sent`, `$NAME.last-received`.",
        example: "conn"
      ),
      .init("port", .expression, required: true, "The target's port.", example: "$capability.tcp-port"),
      to, from,
      .init("mss", .expression, "Octets of data that Assay says it takes in a segment.", example: "536"),
      .init(
        "expect",
        .choice(["established", "refused"]),
        "What must come of it. If not said, a connection that doesn't come about makes the trial inconclusive."
      ),
      within,
    ]
  )

  /// Data on an open connection.
  static let tcpExchange: Grammar.Mapping = step(
    "tcp-exchange",
    "Sends data on a connection and waits until it is acknowledged, or for what comes back.",
    [
      on,
      .init("data", octets, "What is sent: a text, or octets as in a `data` layer.", example: "still here"),
      .init(
        "expect",
        .either([.choice(["acknowledged", "echo"]), octets]),
        "What must come of it: `acknowledged` (if not said), `echo`, or octets of the target's stream.",
        example: "echo"
      ),
      .init(
        "acknowledge",
        .scalar(.flag),
        "Whether Assay acknowledges the target's data from here on; with `false` they stay under way.",
        example: "false"
      ),
      within,
    ]
  )

  /// The end of a connection.
  static let tcpClose: Grammar.Mapping = step(
    "tcp-close",
    "Ends a connection. One that is still open at the end of the trial is reset by itself.",
    [
      on,
      .init(
        "how",
        .choice(of: ConnectionEnd.self),
        "`fin` (if not said) waits until the target has acknowledged it; `reset` doesn't."
      ),
      within,
    ]
  )

  /// A datagram that must come back.
  static let udpExchange: Grammar.Mapping = step(
    "udp-exchange",
    "Sends a UDP datagram, and waits for one with the same data from there.",
    [
      .init("port", .expression, required: true, "The target's port.", example: "$capability.udp-echo-port"),
      to, from,
      .init("data", octets, "What is sent: a text, or octets as in a `data` layer; `assay` if not said."),
      .init("as", .scalar(.word), "A name for the datagram that is sent.", example: "question"),
      within,
    ]
  )

  private static func step(_ name: String, _ summary: String, _ keys: [Grammar.Key]) -> Grammar.Mapping {
    let inner = Grammar.Mapping("\(name)-parts", title: "'\(name)'", summary, keys)
    return .init(
      name,
      title: "'\(name)'",
      summary,
      [.init(name, .mapping(inner), required: true, summary)]
    )
  }

  private static let to = Grammar.Key(
    "to",
    .expression,
    "The target's address; `$target` if not said, in the case's IP version.",
    example: "$target.ipv6"
  )
  private static let from = Grammar.Key(
    "from",
    .expression,
    "The host that speaks; `$tester` if not said.",
    example: "$tester2"
  )
  private static let on = Grammar.Key(
    "on",
    .scalar(.word),
    required: true,
    "The connection's name.",
    example: "conn"
  )
  private static let within = Grammar.Key(
    "within",
    .duration,
    "The longest wait; two seconds if not said, in which lost segments are sent again.",
    example: "3s"
  )
  private static let octets: Grammar.Shape = .either([.text, .mapping(.data)])
}
