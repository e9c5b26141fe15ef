public import Wire

/// Which packets of a capture answer which.
///
/// An answer goes back to the sender of an earlier packet and says that it is one: by identifier and sequence number, by
/// ports, by the address asked for, or by quoting the packet.
public struct Exchanges: Sendable {
  /// The places of each packet's answers, in order.
  public private(set) var answers: [Int: [Int]] = [:]
  /// The places of packets that answer another one.
  public private(set) var answering: Set<Int> = []

  /// Packets of one sender that may still be answered; older ones are forgotten.
  private static let openLimit = 64

  /// Pairs the packets of a capture, in its order.
  public init(_ packets: [Dissection]) {
    var open: [FieldValue: [Int]] = [:]
    for (index, packet) in packets.enumerated() {
      guard let network = packet.network else { continue }
      if let receiver = network.value(of: network.kind == .arp ? "target-ip" : "destination"),
        let request = open[receiver]?.last(where: { packet.answers(packets[$0]) })
      {
        answers[request, default: []].append(index)
        answering.insert(index)
        continue
      }
      guard let sender = network.value(of: network.kind == .arp ? "sender-ip" : "source") else { continue }
      open[sender, default: []].append(index)
      if open[sender, default: []].count > Self.openLimit { open[sender]?.removeFirst() }
    }
  }
}

extension Dissection {
  /// The layer that says who speaks with whom.
  var network: LayerView? { layers.first { [.ipv4, .ipv6, .arp].contains($0.kind) } }

  /// The message in the packet.
  var message: LayerView? { layers.last { [.icmpv4, .icmpv6, .udp, .tcp].contains($0.kind) } }

  /// Whether this packet answers an earlier one, whose sender it goes to.
  fileprivate func answers(_ request: Dissection) -> Bool {
    guard let own = network, let other = request.network, own.kind == other.kind else { return false }
    if own.kind == .arp {
      return own.number("operation") == 2 && other.number("operation") == 1
        && own.value(of: "sender-ip") == other.value(of: "target-ip")
    }
    if let quoted = quote.first(where: { $0.kind == own.kind }) { return quotes(request, in: quoted) }
    guard let answer = message, let question = request.message, answer.kind == question.kind else {
      return false
    }
    switch answer.kind {
    case .udp, .tcp:
      return own.value(of: "source") == other.value(of: "destination")
        && answer.number("source-port") == question.number("destination-port")
        && answer.number("destination-port") == question.number("source-port")
    default:
      guard let type = question.number("type"), let reply = Self.replies[answer.kind]?[type],
        answer.number("type") == reply
      else { return false }
      // What both have must be the same.
      return ["identifier", "sequence", "nonce", "target"].allSatisfy { name in
        guard let asked = question.value(of: name), let told = answer.value(of: name) else { return true }
        return asked == told
      }
    }
  }

  /// Whether the quoted packet is that one, by its addresses and the first octets behind its header.
  private func quotes(_ request: Dissection, in quoted: LayerView) -> Bool {
    guard let sent = request.network else { return false }
    let count = min(8, quoted.payload.count)
    return quoted.value(of: "source") == sent.value(of: "source")
      && quoted.value(of: "destination") == sent.value(of: "destination")
      && quoted.value(of: "identification") == sent.value(of: "identification")
      && quoted.payloadBytes.prefix(count).elementsEqual(sent.payloadBytes.prefix(count))
  }

  /// The types of replies by the types of requests.
  private static let replies: [LayerKind: [UInt64: UInt64]] = [
    .icmpv4: [8: 0, 10: 9, 13: 14, 15: 16, 17: 18, 37: 38, 42: 43],
    .icmpv6: [128: 129, 133: 134, 135: 136, 139: 140, 144: 145, 146: 147, 148: 149, 157: 158, 160: 161],
  ]
}
