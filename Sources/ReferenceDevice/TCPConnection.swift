internal import Capture

/// Who talks with whom, over either version of IP.
struct TCPPeer: Hashable, Sendable {
  /// The device's address: 4 octets or 16.
  var own: [UInt8]
  /// The peer's address.
  var address: [UInt8]
  /// The peer's port.
  var port: UInt16

  var isIPv4: Bool { own.count == 4 }

  /// Octets of IP and TCP headers.
  var headers: Int { isIPv4 ? 40 : 60 }

  /// The largest segment of a peer that doesn't say [RFC 9293 3.7.1].
  var defaultSize: Int { isIPv4 ? 536 : 1220 }
}

/// One connection to the device's TCP port, which sends everything back [RFC 9293 3.3.1].
struct TCPConnection: Sendable {
  enum State: Sendable {
    case synReceived, established
    /// The peer has closed, and the device behind its last octet.
    case lastAck
  }

  var state = State.synReceived
  /// The oldest number that isn't acknowledged.
  var unacknowledged: UInt32
  /// The number of the octet that is sent next.
  var next: UInt32
  /// The number behind the last octet that was ever sent.
  var highest: UInt32
  /// The number that is expected next of the peer.
  var expected: UInt32
  /// What the peer takes beyond `unacknowledged`.
  var peerWindow: Int
  /// Octets that the peer takes in a segment.
  var peerSize: Int
  /// What is to be sent back: from `unacknowledged` on, sent or not.
  var buffer: [UInt8] = []
  /// Whether the peer has closed.
  var isFinished = false
  /// When what is under way is sent again.
  var deadline: Timestamp?
  /// How often it was.
  var attempts = 0
  /// Packets under way: the number behind each, and its octets, IP header included.
  private var packets: [(end: UInt32, size: Int)] = []
  /// Octets of the largest packet that was sent.
  private(set) var largestSent = 0
  /// Octets of the largest packet that the peer has got.
  private(set) var largestAcknowledged = 0
  /// What was said of a smaller path MTU, until a timeout confirms it [RFC5927-7.2-b].
  var heldTooBig: HeldTooBig?

  /// So much is kept that wasn't acknowledged; the window shuts then.
  static let bufferLimit = 65_535
  /// A peer is given up after so many repetitions, some four minutes [RFC 1122 4.2.3.5].
  static let attemptLimit = 8

  /// A connection by the segment that asks for it.
  init(opening segment: [UInt8], initial: UInt32, defaultSize: Int) {
    unacknowledged = initial
    next = initial &+ 1
    highest = next
    expected = segment.number32(4) &+ 1
    peerWindow = Int(segment.number16(14))
    peerSize = max(1, segment.maximumSegmentSize ?? defaultSize)
  }

  /// Octets that it takes ahead.
  var window: UInt16 { UInt16(clamping: Self.bufferLimit - buffer.count) }

  /// Data under way.
  var inFlight: Int { min(buffer.count, distance(from: unacknowledged, to: next)) }

  /// Whether everything is acknowledged, the SYN and the FIN as well.
  var isQuiet: Bool { next == unacknowledged }

  /// How long an acknowledgement is waited for [RFC 6298 2.1] [RFC 6298 5.5].
  var timeout: Duration { .seconds(min(60, 1 << min(attempts, 6))) }

  /// How far a number lies behind another, modulo 2^32; negative if it comes first.
  func distance(from a: UInt32, to b: UInt32) -> Int { Int(Int32(truncatingIfNeeded: b &- a)) }

  /// Counts octets as sent, in an IP packet of that size.
  mutating func advance(_ count: Int, inPacketOf size: Int) {
    next = next &+ UInt32(truncatingIfNeeded: count)
    largestSent = max(largestSent, size)
    packets.append((next, size))
    if distance(from: highest, to: next) > 0 { highest = next }
  }

  /// Begins again with what isn't acknowledged.
  mutating func rewind() {
    next = unacknowledged
    packets.removeAll()
  }

  /// Notes that the peer has everything in front of a number.
  mutating func acknowledged(_ number: UInt32) {
    for packet in packets where distance(from: packet.end, to: number) >= 0 {
      largestAcknowledged = max(largestAcknowledged, packet.size)
    }
    packets = packets.filter { distance(from: $0.end, to: number) < 0 }
    if let held = heldTooBig, distance(from: held.sequence, to: number) > 0 { heldTooBig = nil }
  }

  /// Whether an octet was sent and not acknowledged: SND.UNA <= number < SND.NXT [RFC5927-4.1-a]; `slack` is how many
  /// numbers behind SND.NXT a mutant takes for sent.
  func isUnderWay(_ number: UInt32, slack: Int = 0) -> Bool {
    let place = distance(from: unacknowledged, to: number)
    return place >= 0 && place < distance(from: unacknowledged, to: highest) + slack
  }

  /// Whether any of a segment is in the window [RFC 9293 3.10.7.4].
  func accepts(_ number: UInt32, length: Int) -> Bool {
    let start = distance(from: expected, to: number)
    if length == 0 { return window == 0 ? start == 0 : (0..<Int(window)).contains(start) }
    return window > 0 && start < Int(window) && start + length > 0
  }
}

/// A smaller path MTU that was told of a segment, but isn't believed yet.
struct HeldTooBig: Sendable {
  var mtu: Int
  /// The number of the segment.
  var sequence: UInt32
}

extension [UInt8] {
  /// Octets of a TCP header, which may claim more than there are.
  var tcpHeaderLength: Int { Swift.min(Int(octet(12) >> 4) * 4, count) }

  /// The option of that name in a TCP header.
  var maximumSegmentSize: Int? {
    var offset = 20
    while offset < tcpHeaderLength, octet(offset) != 0 {
      if octet(offset) == 2, octet(offset + 1) == 4 { return Int(number16(offset + 2)) }
      offset += octet(offset) == 1 ? 1 : Swift.max(2, Int(octet(offset + 1)))
    }
    return nil
  }
}
