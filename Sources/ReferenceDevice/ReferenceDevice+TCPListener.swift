internal import Capture

/// A TCP service that sends everything back [RFC 862], strict enough for others to attack it [RFC 9293 3.10.7].
extension ReferenceDevice {
  /// More connections than this are forgotten, the oldest first.
  static let connectionLimit = 1024

  /// Takes a segment to the listening port, whose checksum is right.
  mutating func receiveTCP(_ segment: [UInt8], of peer: TCPPeer) {
    guard segment.tcpHeaderLength >= 20 else { return }
    guard let connection = connections[peer] else { return listen(segment, to: peer) }
    let length =
      segment.count - segment.tcpHeaderLength + (segment.isSYN ? 1 : 0) + (segment.isFIN ? 1 : 0)
    guard connection.accepts(segment.number32(4), length: length) else {
      return segment.isRST ? () : acknowledge(peer)
    }
    if segment.isRST {
      // RFC 5961 3.2: a reset that isn't exact is asked about.
      if segment.number32(4) == connection.expected { forget(peer) } else { acknowledge(peer) }
      return
    }
    // RFC 5961 4.2
    if segment.isSYN { return acknowledge(peer) }
    guard segment.isACK, take(acknowledgementIn: segment, of: peer) else { return }
    take(dataIn: segment, of: peer)
  }

  /// Answers the first segment of a connection [RFC 9293 3.10.7.2].
  private mutating func listen(_ segment: [UInt8], to peer: TCPPeer) {
    guard !segment.isRST else { return }
    if segment.isACK {
      if let reset = tcpReset(for: segment) { sendTCP(reset, to: peer) }
      return
    }
    guard segment.isSYN else { return }
    if connectionOrder.count >= Self.connectionLimit { forget(connectionOrder[0]) }
    connectionOrder.append(peer)
    connections[peer] = TCPConnection(
      opening: segment,
      initial: initialSequence(for: peer),
      defaultSize: peer.defaultSize
    )
    answerSYN(of: peer)
  }

  mutating func answerSYN(of peer: TCPPeer) {
    guard let connection = connections[peer] else { return }
    let size = UInt16(clamping: configuration.mtu - peer.headers)
    var options: [UInt8] = [2, 4]
    options.append16(size)
    send(0x12, connection.unacknowledged, options: options, to: peer)
    connections[peer]?.deadline = now + connection.timeout
  }

  /// A number that differs by time and by peer [RFC 9293 3.4.1].
  private func initialSequence(for peer: TCPPeer) -> UInt32 {
    let octets = peer.address + [UInt8(peer.port >> 8), UInt8(peer.port & 255)]
    let hash = octets.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    return hash &+ UInt32(truncatingIfNeeded: now.nanoseconds / 4000)
  }

  /// Takes what the peer has got; false if nothing more of the segment counts.
  private mutating func take(acknowledgementIn segment: [UInt8], of peer: TCPPeer) -> Bool {
    guard var connection = connections[peer] else { return false }
    let number = segment.number32(8)
    let fresh = connection.distance(from: connection.unacknowledged, to: number)
    if connection.state == .synReceived {
      guard number == connection.next else {
        if let reset = tcpReset(for: segment) { sendTCP(reset, to: peer) }
        return false
      }
      connection.state = .established
    } else if connection.distance(from: connection.highest, to: number) > 0 {
      acknowledge(peer)
      return false
    } else if fresh > 0 {
      connection.buffer.removeFirst(min(fresh, connection.buffer.count))
    }
    if fresh >= 0 { connection.peerWindow = Int(segment.number16(14)) }
    if fresh > 0 {
      connection.unacknowledged = number
      connection.acknowledged(number)
      if connection.distance(from: connection.next, to: number) > 0 { connection.next = number }
      connection.attempts = 0
      connection.deadline = connection.isQuiet ? nil : now + connection.timeout
    }
    if connection.state == .lastAck, connection.isQuiet {
      forget(peer)
      return false
    }
    connections[peer] = connection
    push(to: peer)
    return true
  }

  /// Takes data and FIN if it's their turn, and sends the data back with the acknowledgement.
  private mutating func take(dataIn segment: [UInt8], of peer: TCPPeer) {
    guard var connection = connections[peer] else { return }
    let known = connection.distance(from: segment.number32(4), to: connection.expected)
    let data = segment.octets(from: segment.tcpHeaderLength)
    guard !data.isEmpty || segment.isFIN else { return }
    // What comes before its turn comes again.
    guard known >= 0, known <= data.count, !connection.isFinished else { return acknowledge(peer) }
    let fresh = data.dropFirst(known).prefix(Int(connection.window))
    connection.buffer += fresh
    connection.expected = connection.expected &+ UInt32(fresh.count)
    if segment.isFIN, known + fresh.count == data.count {
      connection.isFinished = true
      connection.expected = connection.expected &+ 1
    }
    connections[peer] = connection
    if !push(to: peer) { acknowledge(peer) }
  }
}

extension [UInt8] {
  fileprivate var isFIN: Bool { octet(13) & 0x01 != 0 }
  fileprivate var isSYN: Bool { octet(13) & 0x02 != 0 }
  fileprivate var isRST: Bool { octet(13) & 0x04 != 0 }
  fileprivate var isACK: Bool { octet(13) & 0x10 != 0 }
}
