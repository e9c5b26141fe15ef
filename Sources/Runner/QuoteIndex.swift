internal import Wire

/// Remembers which trial sent which packet, so that an error that quotes one is credited to nobody else.
///
/// Trials that are over are remembered, too: an error about their packets is late, not an answer to the next trial on
/// the same seat.
struct QuoteIndex {
  /// Who sent a packet.
  enum Sender: Hashable {
    /// The trial in this seat.
    case current(seat: Int)
    /// A trial that is over.
    case earlier
  }

  private struct Entry {
    var seat: Int
    var flight: Int
    /// Several trials sent packets that look alike, so that a quote can't tell them apart.
    var isAmbiguous: Bool
  }

  private var entries: [Key: Entry] = [:]
  /// Numbers of the trials in the air, by seat.
  private var flights: [Int: Int] = [:]
  private var lastFlight = 0

  /// A trial takes a seat.
  mutating func begin(seat: Int) {
    lastFlight += 1
    flights[seat] = lastFlight
  }

  /// The trial in a seat is over.
  mutating func end(seat: Int) { flights[seat] = nil }

  /// Notes a packet that the trial in a seat will send.
  mutating func add(_ layers: [LayerView], seat: Int) {
    guard let flight = flights[seat] else { return }
    for key in Key.keys(of: layers) {
      let isAmbiguous = entries[key].map { $0.flight != flight } ?? false
      entries[key] = Entry(seat: seat, flight: flight, isAmbiguous: isAmbiguous)
    }
  }

  /// Who sent the quoted packet; nil if it can't be told.
  func sender(of quote: [LayerView]) -> Sender? {
    for key in Key.keys(of: quote) {
      guard let entry = entries[key], !entry.isAmbiguous else { continue }
      return flights[entry.seat] == entry.flight ? .current(seat: entry.seat) : .earlier
    }
    return nil
  }

  /// What of a packet comes back when an error quotes it, whatever the target changed on the way.
  private struct Key: Hashable {
    var source: FieldValue
    var destination: FieldValue
    /// The IPv4 identification, or the IPv6 flow label.
    var mark: UInt64
    /// The first octets behind the IP header; empty in the key that does without.
    var beginning: [UInt8]

    /// The keys of a packet's outermost IP header, the most exact first.
    static func keys(of layers: [LayerView]) -> [Key] {
      guard let ip = layers.first(where: { $0.kind == .ipv4 || $0.kind == .ipv6 }),
        let source = ip.value(of: "source"), let destination = ip.value(of: "destination"),
        let mark = ip.number(ip.kind == .ipv4 ? "identification" : "flow-label")
      else { return [] }
      let beginning = Array(ip.payloadBytes.prefix(8))
      let exact = Key(source: source, destination: destination, mark: mark, beginning: beginning)
      let loose = Key(source: source, destination: destination, mark: mark, beginning: [])
      return [exact, loose]
    }
  }
}
