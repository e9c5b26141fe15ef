internal import Craft
internal import Suite

/// What it means when a conversation doesn't go as a step wants it.
extension Evaluator {
  /// The verdict on a case whose connection, a means to an end, didn't come about.
  func notConnected(_ plan: PlannedConnection, isRefused: Bool) -> Verdict {
    let what = isRefused ? "was refused" : "wasn't answered"
    guard plan.expected == nil else {
      return Verdict(
        .fail,
        .wrongAnswer,
        "\(obligation). Required: a TCP connection to port \(plan.remotePort). Seen: it \(what)."
      )
    }
    return Verdict(
      .inconclusive,
      .setupFailed,
      "The TCP connection to port \(plan.remotePort), which the case needs, \(what), so nothing was tested."
    )
  }

  func notRefused(_ plan: PlannedConnection) -> Verdict {
    Verdict(
      .fail,
      .wrongAnswer,
      "\(obligation). Required: a TCP connection to port \(plan.remotePort) is refused. Seen: it was accepted."
    )
  }

  func noAnswer(_ plan: PlannedConnection, _ window: Duration) -> Verdict {
    Verdict(
      .fail,
      .missingAnswer,
      "\(obligation). Required: a TCP connection to port \(plan.remotePort) is "
        + "\((plan.expected ?? .established).rawValue). Seen: no answer within "
        + "\(ValueText.milliseconds(window)), while the control probes before and after were answered."
    )
  }

  func noAnswer(_ exchange: PlannedExchange, _ client: TCPConversation, _ window: Duration) -> Verdict {
    let seen =
      client.isAllAcknowledged ? "an acknowledgement and nothing more" : "no acknowledgement"
    return Verdict(
      .fail,
      .missingAnswer,
      "\(obligation). Required: \(exchange.demand). Seen: \(exchange.data.isEmpty ? "nothing of it" : seen) "
        + "within \(ValueText.milliseconds(window)), while the control probes before and after were answered."
    )
  }

  func noAnswer(_ close: CloseSpecification, _ window: Duration) -> Verdict {
    Verdict(
      .fail,
      .missingAnswer,
      "\(obligation). Required: the end of connection '\(close.connection)' is acknowledged. Seen: no "
        + "acknowledgement within \(ValueText.milliseconds(window)), while the control probes before and after were answered."
    )
  }

  func brokenOff(_ exchange: PlannedExchange, _ client: TCPConversation) -> Verdict {
    let what = client.state == .closed ? "the connection is broken off" : "the target closed the connection"
    return Verdict(
      .fail,
      .wrongAnswer,
      "\(obligation). Required: \(exchange.demand). Seen: \(what).",
      differences: [FieldDifference(field: "connection", required: "open", seen: what)]
    )
  }
}

extension PlannedExchange {
  /// What must come of it, in words.
  var demand: String {
    let isOne = data.count == 1
    let count =
      isOne
      ? "the octet on connection '\(connection)' is"
      : "\(data.count) octets on connection '\(connection)' are"
    switch expected {
    case .nothing: return "connection '\(connection)' stays open"
    case .acknowledged: return "\(count) acknowledged"
    case .octets(let octets) where octets == data: return "\(count) acknowledged and sent back"
    case .octets(let octets):
      return
        "\(octets.count == 1 ? "an octet comes" : "\(octets.count) octets come") on connection '\(connection)'"
    }
  }
}
