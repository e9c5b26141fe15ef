internal import Wire

/// Whose the fragments of datagrams are that the target sends or passes on: a NAT gives them addresses that many trials
/// share, and only the first has ports.
struct FragmentOwners {
  /// What the fragments of one datagram have in common [RFC 791 3.2, RFC 8200 4.5].
  struct Mark: Hashable {
    private var source: FieldValue
    private var destination: FieldValue
    private var identification: FieldValue

    /// That of a frame; nil if it carries no fragment.
    init?(_ frame: Dissection) {
      guard let identification = frame.fragmentMark, let ip = frame.layer(.ipv4) ?? frame.layer(.ipv6),
        let source = ip.value(of: "source"), let destination = ip.value(of: "destination")
      else { return nil }
      (self.source, self.destination, self.identification) = (source, destination, identification)
    }
  }

  private var seats: [Mark: Int] = [:]
  private var marks: [Int: [Mark]] = [:]

  func seat(of mark: Mark) -> Int? { seats[mark] }

  mutating func note(_ mark: Mark, seat: Int) {
    seats[mark] = seat
    marks[seat, default: []].append(mark)
  }

  /// The trial in a seat is over.
  mutating func end(seat: Int) {
    for mark in marks.removeValue(forKey: seat) ?? [] where seats[mark] == seat { seats[mark] = nil }
  }
}
