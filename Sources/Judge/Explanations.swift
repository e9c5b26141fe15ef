public import Craft
internal import Suite
internal import Wire

extension PlannedStep {
  /// The step in one line, for people.
  public var explanation: String {
    switch self {
    case .send(let stimulus):
      let count = stimulus.frames.count
      let name = stimulus.name.map { " '\($0)'" } ?? ""
      let span = stimulus.frames.last.map(\.offset) ?? .zero
      let time = span > .zero ? " in \(ValueText.milliseconds(span))" : ""
      let side = stimulus.arm == .far ? " from the far side" : ""
      return "send\(side) \(count == 1 ? "packet" : "\(count) packets")\(name)\(time): "
        + Dissection(stimulus.packet.bytes).summary
    case .expect(let expectation): return "expect \(expectation.explanation)"
    case .forbid(let pattern): return "from here on, no \(pattern.text)"
    case .wait(let duration): return "wait \(ValueText.milliseconds(duration))"
    case .control: return "a control probe, which must be answered"
    case .connect(let connection):
      let end = connection.expected == .refused ? ", which must be refused" : ""
      return "open the TCP connection '\(connection.name)' to port \(connection.remotePort)\(end)"
    case .exchange(let exchange):
      let count = exchange.data.count
      let sent = count > 0 ? "send \(count) octets on connection '\(exchange.connection)'; " : ""
      let held = exchange.acknowledges.map {
        $0 ? "; acknowledge the target's data" : "; acknowledge nothing"
      }
      return "\(sent)\(exchange.demand)\(held ?? "")"
    case .close(let close):
      return close.how == .fin
        ? "close connection '\(close.connection)'" : "reset connection '\(close.connection)'"
    }
  }
}

extension PlannedExpectation {
  /// The expectation in one line, for people.
  public var explanation: String {
    var window = within.map { ", within \(ValueText.milliseconds($0))" } ?? ""
    if let notBefore { window += ", not before \(ValueText.milliseconds(notBefore))" }
    if let name { window += ", called '\(name)'" }
    if !record.isEmpty { window += "; measure \(record.map(\.description).joined(separator: ", "))" }
    switch kind {
    case .nothing:
      let side = arm.map { " on the \($0.rawValue) side" } ?? ""
      return "nothing\(side), proved by control probes before and after\(window)"
    case .packet(let pattern, let times):
      let count = times == 1...1 ? "" : "\(times.lowerBound) to \(times.upperBound) times "
      return "\(count)\(pattern.text)\(window)"
    case .allOf(let patterns): return "all of: \(patterns.map(\.text).joined(separator: " | "))\(window)"
    case .sequence(let patterns):
      return "in this order: \(patterns.map(\.text).joined(separator: " | "))\(window)"
    case .anyOf(let alternatives):
      let texts = alternatives.map { alternative in
        let because = alternative.because.map { " (\($0))" } ?? ""
        let times = [
          alternative.notBefore.map { ", not before \(ValueText.milliseconds($0))" },
          alternative.within.map { ", within \(ValueText.milliseconds($0))" },
        ].compactMap(\.self).joined()
        return "\(alternative.outcome): \(alternative.pattern?.text ?? "nothing")\(times)\(because)"
      }
      return "any of: \(texts.joined(separator: " | "))\(window)"
    }
  }
}
