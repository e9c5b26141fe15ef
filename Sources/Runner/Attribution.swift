internal import Craft
internal import Wire

/// Says which trial a captured frame belongs to: by the packet it quotes, by addresses that only one trial has, or by
/// the trial's tag.
struct Attribution {
  /// What makes a frame a trial's own.
  private enum Key: Hashable {
    case ipv4(IPv4Address)
    case ipv6(IPv6Address)
    case mac(MACAddress)
    case tag(UInt64)
    case port(UInt64)
  }

  private var seatsOf: [Key: Set<Int>] = [:]
  private var keysOf: [Int: Set<Key>] = [:]
  /// Which trial sent a packet that an error may quote; trials that are over stay, so that a late error isn't credited
  /// to the next one on the same seat.
  private var senderOf: [QuoteKey: Sender] = [:]
  /// Frames handed to the link and not yet seen leaving.
  private var departing: [[UInt8]: [Int]] = [:]

  /// A trial takes its seat; the packets of its plan are noted for errors that quote them.
  mutating func enter(_ plan: TrialPlan, seat: Int) {
    var keys = Set(Self.keys(of: plan.endpoints))
    flight += 1
    flightOf[seat] = flight
    for case .send(let stimulus) in plan.steps {
      for frame in stimulus.frames {
        let layers = Dissection(frame.bytes).layers
        // A source that only this trial uses is its own, whoever the address belongs to.
        if let source = Self.source(of: layers) { keys.insert(source) }
        for key in QuoteKey.keys(of: layers) {
          let isAmbiguous = senderOf[key].map { $0.flight != flight } ?? false
          senderOf[key] = Sender(seat: seat, flight: flight, isAmbiguous: isAmbiguous)
        }
      }
    }
    for key in keys { seatsOf[key, default: []].insert(seat) }
    keysOf[seat] = keys
  }

  /// A trial is over.
  mutating func leave(seat: Int) {
    flightOf[seat] = nil
    for key in keysOf.removeValue(forKey: seat) ?? [] {
      seatsOf[key]?.remove(seat)
      if seatsOf[key]?.isEmpty ?? false { seatsOf[key] = nil }
    }
    for (bytes, seats) in departing where seats.contains(seat) {
      let rest = seats.filter { $0 != seat }
      departing[bytes] = rest.isEmpty ? nil : rest
    }
  }

  /// The seat that a key belongs to, if it is only one.
  private func seat(of key: Key) -> Int? {
    guard let seats = seatsOf[key], seats.count == 1 else { return nil }
    return seats.first
  }

  /// A frame is handed to the link.
  mutating func departs(_ bytes: [UInt8], seat: Int) { departing[bytes, default: []].append(seat) }

  /// The trial whose frame was seen leaving, octet for octet; nil if these octets weren't handed over.
  mutating func departed(_ bytes: [UInt8]) -> Int? {
    guard var seats = departing[bytes], let seat = seats.first else { return nil }
    seats.removeFirst()
    departing[bytes] = seats.isEmpty ? nil : seats
    return seat
  }

  /// The trial that an answer of the target belongs to.
  func seat(ofAnswer frame: Dissection) -> Int? {
    for key in QuoteKey.keys(of: frame.quote) {
      guard let sender = senderOf[key], !sender.isAmbiguous else { continue }
      // What quotes a packet of an earlier trial came too late, and is nobody's now.
      return flightOf[sender.seat] == sender.flight ? sender.seat : nil
    }
    if let ip = frame.layer(.ipv4), case .ipv4(let address)? = ip.value(of: "destination"),
      let seat = seat(of: .ipv4(address))
    {
      return seat
    }
    if let ip = frame.layer(.ipv6), case .ipv6(let address)? = ip.value(of: "destination"),
      let seat = seat(of: .ipv6(address))
    {
      return seat
    }
    if case .mac(let address)? = frame.layer(.ethernet)?.value(of: "destination"),
      let seat = seat(of: .mac(address))
    {
      return seat
    }
    return seat(byTagIn: frame.layers) ?? seat(byTagIn: frame.quote)
  }

  /// The trial that a frame of ours belongs to which isn't as it was handed over.
  func seat(ofAltered frame: Dissection) -> Int? {
    if case .mac(let address)? = frame.layer(.ethernet)?.value(of: "source"),
      let seat = seat(of: .mac(address))
    {
      return seat
    }
    return seat(byTagIn: frame.layers)
  }

  /// Looks for a trial's identifier or port in the layers of a packet.
  private func seat(byTagIn layers: [LayerView]) -> Int? {
    for layer in layers {
      switch layer.kind {
      case .icmpv4, .icmpv6:
        if let tag = layer.number("identifier"), let seat = seat(of: .tag(tag)) { return seat }
      case .udp, .tcp:
        for field in ["destination-port", "source-port"] {
          if let port = layer.number(field), let seat = seat(of: .port(port)) { return seat }
        }
      default: continue
      }
    }
    return nil
  }

  private static func source(of layers: [LayerView]) -> Key? {
    switch layers.first(where: { $0.kind == .ipv4 || $0.kind == .ipv6 })?.value(of: "source") {
    case .ipv4(let address): .ipv4(address)
    case .ipv6(let address): .ipv6(address)
    default: nil
    }
  }

  /// Numbers of the trials in the air, by seat.
  private var flightOf: [Int: Int] = [:]
  private var flight = 0

  private static func keys(of endpoints: Endpoints) -> [Key] {
    var keys: [Key] = [.tag(UInt64(endpoints.id)), .port(UInt64(endpoints.port))]
    for host in [endpoints.tester, endpoints.tester2, endpoints.stranger].compactMap({ $0 }) {
      if let address = host.ipv4 { keys.append(.ipv4(address)) }
      if let address = host.ipv6 { keys.append(.ipv6(address)) }
      if let address = host.linkLocal { keys.append(.ipv6(address)) }
      if host.mac != endpoints.stranger?.mac { keys.append(.mac(host.mac)) }
    }
    return keys
  }
}

/// Who sent a packet.
private struct Sender {
  var seat: Int
  var flight: Int
  /// Several trials sent packets that look alike, so that a quote can't tell them apart.
  var isAmbiguous: Bool
}

/// What of a packet comes back when an error quotes it, whatever the target changed on the way.
private struct QuoteKey: Hashable {
  var source: FieldValue
  var destination: FieldValue
  /// The IPv4 identification, or the IPv6 flow label.
  var mark: UInt64
  /// The first octets behind the IP header; empty in the key that does without.
  var beginning: [UInt8]

  /// The keys of a packet's outermost IP header, the most exact first.
  static func keys(of layers: [LayerView]) -> [QuoteKey] {
    guard let ip = layers.first(where: { $0.kind == .ipv4 || $0.kind == .ipv6 }),
      let source = ip.value(of: "source"), let destination = ip.value(of: "destination"),
      let mark = ip.number(ip.kind == .ipv4 ? "identification" : "flow-label")
    else { return [] }
    let beginning = Array(ip.payloadBytes.prefix(8))
    let exact = QuoteKey(source: source, destination: destination, mark: mark, beginning: beginning)
    let loose = QuoteKey(source: source, destination: destination, mark: mark, beginning: [])
    return [exact, loose]
  }
}
