public import Wire

/// A packet of a capture, in its fragments if it came so, with what answered it; by their places in the capture.
public struct Exchange: Hashable, Sendable {
  /// The packet, or its fragments in the order in which they came.
  public var request: [Int]
  /// The answers, in order.
  public var answers: [Int]

  /// Puts the parts together.
  public init(request: [Int], answers: [Int]) {
    self.request = request
    self.answers = answers
  }
}

/// Which packets of a capture answer which.
///
/// An answer goes back to the sender of an earlier packet and says that it is one: by identifier and sequence number, by
/// ports, by the address asked for, or by quoting the packet.
public struct Exchanges: Sendable {
  /// What those sent who got answers, and what others sent to those who gave them; all, where nobody got any.
  public private(set) var all: [Exchange] = []
  /// The addresses that packets came from.
  public let hosts: Set<FieldValue>

  /// Packets of one sender that may still be answered; older ones are forgotten.
  private static let openLimit = 64

  /// Pairs the packets of a capture, in its order.
  public init(_ packets: [Dissection]) {
    hosts = Set(packets.compactMap(\.sender))
    var exchanges: [Exchange] = []
    // Places in `exchanges` by sender, and by what all fragments of a packet share.
    var open: [FieldValue: [Int]] = [:]
    var fragmented: [[FieldValue]: Int] = [:]
    for (index, packet) in packets.enumerated() {
      guard let sender = packet.sender, let receiver = packet.receiver else { continue }
      let request = open[receiver]?.last { place in
        exchanges[place].request.contains { packet.answers(packets[$0]) }
      }
      let key = packet.fragmentKey
      if let request {
        exchanges[request].answers.append(index)
      } else if let key, let place = fragmented[key] {
        exchanges[place].request.append(index)
      } else {
        if let key { fragmented[key] = exchanges.count }
        open[sender, default: []].append(exchanges.count)
        if open[sender, default: []].count > Self.openLimit { open[sender]?.removeFirst() }
        exchanges.append(Exchange(request: [index], answers: []))
      }
    }
    // Who only answers, or asks for Ethernet addresses, is a target.
    var askers: Set<FieldValue> = []
    var targets: Set<FieldValue> = []
    for exchange in exchanges where !exchange.answers.isEmpty && !packets[exchange.request[0]].isResolution {
      if let sender = packets[exchange.request[0]].sender { askers.insert(sender) }
      targets.formUnion(exchange.answers.compactMap { packets[$0].sender })
    }
    targets.subtract(askers)
    all = exchanges.filter { exchange in
      guard let sender = packets[exchange.request[0]].sender,
        let receiver = packets[exchange.request[0]].receiver
      else { return false }
      return askers.isEmpty || askers.contains(sender)
        || targets.contains(receiver) && !targets.contains(sender)
    }
  }
}

extension Dissection {
  /// The layer that says who speaks with whom.
  var network: LayerView? { layers.first { [.ipv4, .ipv6, .arp].contains($0.kind) } }

  /// The message in the packet.
  package var message: LayerView? { layers.last { [.icmpv4, .icmpv6, .udp, .tcp].contains($0.kind) } }

  /// The address that the packet says it comes from.
  var sender: FieldValue? { network?.value(of: network?.kind == .arp ? "sender-ip" : "source") }

  /// The address that the packet goes to, or asks for.
  var receiver: FieldValue? { network?.value(of: network?.kind == .arp ? "target-ip" : "destination") }

  /// What all fragments of a packet share; nil for a whole packet.
  var fragmentKey: [FieldValue]? {
    guard let sender, let receiver else { return nil }
    let header = layer(.fragment) ?? layer(.ipv4)
    let parts = ["more", "offset", "more-fragments", "fragment-offset"].compactMap { header?.number($0) }
    guard let identification = header?.value(of: "identification"), parts.contains(where: { $0 > 0 }) else {
      return nil
    }
    return [sender, receiver, identification]
  }

  /// Whether the packet is only a part of one.
  package var isFragment: Bool { fragmentKey != nil }

  /// Whether the packet asks for an Ethernet address.
  fileprivate var isResolution: Bool {
    network?.kind == .arp || message?.kind == .icmpv6 && message?.number("type") == 135
  }

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
