internal import Capture
internal import Wire

/// What the TCP service sends, and when it sends it again.
extension ReferenceDevice {
  /// Sends what the window takes, in segments that fit the path; false if there was nothing to send.
  @discardableResult
  mutating func push(to peer: TCPPeer, atLeast least: Int = 0) -> Bool {
    guard var connection = connections[peer], connection.state == .established,
      !history.stalled.contains(peer)
    else { return false }
    let size = max(1, min(connection.peerSize, pathMTU(to: peer) - peer.headers))
    var hasSent = false
    while connection.inFlight < connection.buffer.count {
      let start = connection.inFlight
      if history.slowed.contains(peer), start > 0 { break }
      let room = max(connection.peerWindow, start == 0 ? least : 0) - start
      let count = min(size, connection.buffer.count - start, room)
      guard count > 0 else { break }
      let part = connection.buffer.octets(start..<start + count)
      let isLast = start + count == connection.buffer.count
      send(isLast ? 0x18 : 0x10, connection.next, part, to: peer)
      connection.advance(count, inPacketOf: peer.headers + count)
      hasSent = true
    }
    if connection.isFinished, connection.inFlight == connection.buffer.count {
      send(0x11, connection.next, to: peer)
      connection.advance(1, inPacketOf: peer.headers)
      connection.state = .lastAck
      hasSent = true
    }
    if connection.deadline == nil, !connection.isQuiet || !connection.buffer.isEmpty {
      connection.deadline = now + connection.timeout
    }
    connections[peer] = connection
    return hasSent
  }

  /// When the next segment has to be sent again; nil when none has.
  var nextTCPWake: Timestamp? { connections.values.lazy.compactMap(\.deadline).min() }

  /// Sends again what wasn't acknowledged in time [RFC 6298 5.4].
  mutating func resendTCP() {
    for peer in connectionOrder {
      guard let connection = connections[peer], let deadline = connection.deadline, deadline <= now else {
        continue
      }
      guard connection.attempts < TCPConnection.attemptLimit else {
        forget(peer)
        continue
      }
      connections[peer]?.attempts += 1
      if !honourHeldTooBig(of: peer) { resend(to: peer, atLeast: 1) }
    }
  }

  /// Begins again with the oldest octet that isn't acknowledged; the path may have become narrower.
  mutating func resend(to peer: TCPPeer, atLeast least: Int = 0) {
    guard var connection = connections[peer] else { return }
    connection.deadline = nil
    if connection.state != .synReceived {
      connection.rewind()
      // The FIN goes out once more behind the data.
      connection.state = .established
    }
    connections[peer] = connection
    if connection.state == .synReceived { answerSYN(of: peer) } else { push(to: peer, atLeast: least) }
  }

  /// A path has become narrower: what is under way on it didn't arrive [RFC1191-6.4-a].
  mutating func resendTCP(toAddress address: [UInt8]) {
    for peer in connectionOrder where peer.address == address {
      if let connection = connections[peer], connection.inFlight > 0 { resend(to: peer) }
    }
  }

  mutating func forget(_ peer: TCPPeer) {
    connections[peer] = nil
    connectionOrder.removeAll { $0 == peer }
  }

  /// Says what is expected next.
  mutating func acknowledge(_ peer: TCPPeer) {
    guard let connection = connections[peer] else { return }
    send(0x10, connection.next, to: peer)
  }

  func pathMTU(to peer: TCPPeer) -> Int {
    let known = peer.isIPv4 ? pathMTU4[peer.address.ipv4(0)] : pathMTU6[peer.address.ipv6(0)]
    let most =
      peer.isIPv4
      ? configuration.mtu(towards: peer.address.ipv4(0)) : configuration.mtu(towards: peer.address.ipv6(0))
    return min(known ?? most, most)
  }

  mutating func send(
    _ flags: UInt8,
    _ number: UInt32,
    _ data: [UInt8] = [],
    options: [UInt8] = [],
    to peer: TCPPeer
  ) {
    guard let connection = connections[peer] else { return }
    var segment: [UInt8] = []
    segment.append16(configuration.tcpEchoPort)
    segment.append16(peer.port)
    segment.append32(number)
    segment.append32(connection.expected)
    segment += [UInt8(5 + options.count / 4) << 4, flags]
    segment.append16(connection.window)
    sendTCP(segment + [0, 0, 0, 0] + options + data, to: peer)
  }

  /// Sends a segment whose checksum is zero so far.
  mutating func sendTCP(_ segment: [UInt8], to peer: TCPPeer) {
    var segment = segment
    if peer.isIPv4 {
      let reply = IPv4Reply(from: peer.own.ipv4(0), to: peer.address.ipv4(0))
      let pseudo = Checksum.pseudoHeader(
        source: reply.source,
        destination: reply.destination,
        protocol: 6,
        length: segment.count
      )
      segment.put16(Checksum.internet(segment, adding: pseudo), at: 16)
      sendIPv4(6, segment, reply)
    } else {
      let reply = IPv6Reply(source: peer.own.ipv6(0), destination: peer.address.ipv6(0))
      let pseudo = Checksum.pseudoHeader(
        source: reply.source,
        destination: reply.destination,
        protocol: 6,
        length: segment.count
      )
      segment.put16(Checksum.internet(segment, adding: pseudo), at: 16)
      sendIPv6(6, segment, reply)
    }
  }
}
