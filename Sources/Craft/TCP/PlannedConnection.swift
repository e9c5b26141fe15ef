public import Suite
public import Wire

/// A TCP connection made ready: who speaks with whom, and from which numbers on.
public struct PlannedConnection: Sendable {
  /// The name under which steps refer to it.
  public var name: String
  /// The IP version that carries it.
  public var family: Family
  /// The tester's address.
  public var local: FieldValue
  /// The target's address.
  public var remote: FieldValue
  /// The tester's port, which no other connection of the trial has.
  public var localPort: UInt16
  /// The target's port.
  public var remotePort: UInt16
  /// The tester's first sequence number, from the trial's seed.
  public var initialSequence: UInt32
  /// Octets of data that the tester takes in a segment.
  public var maximumSegmentSize: UInt16
  /// Octets of data that fit a packet of the link.
  public var linkLimit: Int
  /// What must come of the attempt; nil: it is only a means to an end.
  public var expected: ConnectionSpecification.Outcome?
  /// The wait the suite asks for; nil: the usual one.
  public var within: Duration?
  /// The layers in front of the segment.
  var layers: [LayerTemplate]

  /// The frame that carries a segment of the tester.
  public func frame(of segment: TCPSegment) -> EncodedPacket {
    (try? PacketTemplate(layers + segment.layers).encode()) ?? EncodedPacket(bytes: [], spans: [])
  }

  /// The first frame of the connection.
  public var opening: EncodedPacket {
    frame(
      of: TCPSegment(
        from: localPort,
        to: remotePort,
        sequence: SequenceNumber(initialSequence),
        flags: .syn,
        window: TCPSegment.window,
        maximumSegmentSize: maximumSegmentSize
      )
    )
  }

  /// The segment in a frame, if the target sent it on this connection.
  public func segment(in frame: Dissection) -> TCPSegment? {
    let ip = frame.layer(family == .ipv4 ? .ipv4 : .ipv6)
    guard let segment = TCPSegment(frame), segment.sourcePort == remotePort,
      segment.destinationPort == localPort, ip?.value(of: "source") == remote,
      ip?.value(of: "destination") == local
    else { return nil }
    return segment
  }
}

/// Data on a connection, and what must come of it.
public struct PlannedExchange: Sendable {
  /// What must come of it.
  public enum Outcome: Hashable, Sendable {
    /// The data are acknowledged.
    case acknowledged
    /// These octets come on the connection, and the data are acknowledged.
    case octets([UInt8])
    /// Nothing.
    case nothing
  }

  /// The connection's name.
  public var connection: String
  /// What is sent; may be empty.
  public var data: [UInt8]
  /// What must come of it.
  public var expected: Outcome
  /// Whether the target's data are acknowledged from here on; nil: as before.
  public var acknowledges: Bool?
  /// The wait the suite asks for; nil: the usual one.
  public var within: Duration?
}

/// How a connection stands, as later steps may speak of it.
public struct ConnectionSnapshot: Sendable {
  /// The numbers that `$conn.NAME` means.
  public var numbers: [String: UInt64]
  /// The last frame sent on it; nil: none was.
  public var lastSent: EncodedPacket?
  /// The last frame that came on it; nil: none did.
  public var lastReceived: EncodedPacket?

  /// Puts the parts together.
  public init(
    localNext: SequenceNumber,
    remoteNext: SequenceNumber,
    localPort: UInt16,
    remotePort: UInt16,
    maximumSegmentSize: Int,
    lastSent: EncodedPacket?,
    lastReceived: EncodedPacket?
  ) {
    numbers = [
      "local-next": UInt64(localNext.rawValue), "remote-next": UInt64(remoteNext.rawValue),
      "local-port": UInt64(localPort), "remote-port": UInt64(remotePort), "mss": UInt64(maximumSegmentSize),
    ]
    self.lastSent = lastSent
    self.lastReceived = lastReceived
  }
}
