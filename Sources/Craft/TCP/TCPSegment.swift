public import Wire

/// What a TCP client needs to know of a segment [RFC 9293 3.1].
public struct TCPSegment: Hashable, Sendable {
  /// The flags that a client looks at.
  public struct Flags: OptionSet, Hashable, Sendable {
    /// The octet of flags as in the header.
    public var rawValue: UInt8
    /// Flags by their octet.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// No more data from the sender.
    public static let fin = Flags(rawValue: 0x01)
    /// Synchronize sequence numbers.
    public static let syn = Flags(rawValue: 0x02)
    /// Reset the connection.
    public static let rst = Flags(rawValue: 0x04)
    /// Push.
    public static let psh = Flags(rawValue: 0x08)
    /// The acknowledgement counts.
    public static let ack = Flags(rawValue: 0x10)
  }

  /// Octets which Assay takes ahead on a connection of its own.
  public static let window: UInt16 = 65_535

  /// Port of the sender.
  public var sourcePort: UInt16
  /// Port of the receiver.
  public var destinationPort: UInt16
  /// Of the first octet, SYN included.
  public var sequence: SequenceNumber
  /// What the sender expects next, if the flag says so.
  public var acknowledgement: SequenceNumber
  /// The flags.
  public var flags: Flags
  /// Octets which the sender will accept.
  public var window: UInt16
  /// The option of that name, which only segments with SYN have.
  public var maximumSegmentSize: UInt16?
  /// The data.
  public var payload: [UInt8]

  /// Puts the parts together.
  public init(
    from sourcePort: UInt16,
    to destinationPort: UInt16,
    sequence: SequenceNumber,
    acknowledgement: SequenceNumber = SequenceNumber(0),
    flags: Flags,
    window: UInt16,
    maximumSegmentSize: UInt16? = nil,
    payload: [UInt8] = []
  ) {
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
    self.sequence = sequence
    self.acknowledgement = acknowledgement
    self.flags = flags
    self.window = window
    self.maximumSegmentSize = maximumSegmentSize
    self.payload = payload
  }

  /// The segment in a frame; nil if the frame has no whole TCP header.
  public init?(_ frame: Dissection) {
    guard let tcp = frame.layer(.tcp), let source = tcp.number("source-port"),
      let destination = tcp.number("destination-port"), let sequence = tcp.number("sequence"),
      let acknowledgement = tcp.number("acknowledgement"), let flags = tcp.number("flags"),
      let window = tcp.number("window"), tcp.header.count >= 20
    else { return nil }
    let size = tcp.elements.first { $0.name == "mss" }?.number("size")
    self.init(
      from: UInt16(truncatingIfNeeded: source),
      to: UInt16(truncatingIfNeeded: destination),
      sequence: SequenceNumber(UInt32(truncatingIfNeeded: sequence)),
      acknowledgement: SequenceNumber(UInt32(truncatingIfNeeded: acknowledgement)),
      flags: Flags(rawValue: UInt8(truncatingIfNeeded: flags)),
      window: UInt16(truncatingIfNeeded: window),
      maximumSegmentSize: size.map { UInt16(truncatingIfNeeded: $0) },
      payload: Array(tcp.payloadBytes)
    )
  }

  /// How many sequence numbers it takes: its data, SYN and FIN.
  public var length: Int {
    payload.count + (flags.contains(.syn) ? 1 : 0) + (flags.contains(.fin) ? 1 : 0)
  }

  /// The sequence number behind it.
  public var end: SequenceNumber { sequence + length }

  /// The segment as layers, over IPv4 and IPv6 alike.
  public var layers: [LayerTemplate] {
    var tcp = LayerTemplate(
      .tcp,
      fields: [
        "source-port": .given(.number(UInt64(sourcePort))),
        "destination-port": .given(.number(UInt64(destinationPort))),
        "sequence": .given(.number(UInt64(sequence.rawValue))),
        "acknowledgement": .given(.number(UInt64(acknowledgement.rawValue))),
        "flags": .given(.number(UInt64(flags.rawValue))),
        "window": .given(.number(UInt64(window))),
      ]
    )
    if let maximumSegmentSize {
      tcp.lists["options"] = [ElementTemplate("mss", ["size": .given(.number(UInt64(maximumSegmentSize)))])]
    }
    return payload.isEmpty ? [tcp] : [tcp, LayerTemplate(.data, body: payload)]
  }
}
