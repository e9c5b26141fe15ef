public import Capture
public import Craft

/// One end of a TCP connection, as a client that opens it [RFC 9293 3.10].
///
/// A value without clock or I/O: it is told what arrived and what was seen leaving, and says what to send. The same
/// segments at the same times lead to the same segments, so a verdict can be worked out again from a capture.
///
/// What it sends is timed from when it was seen leaving. It takes part in no congestion control, since it never has
/// more than a window of data under way in a test.
public struct TCPConversation: Sendable {
  /// How far the connection is [RFC 9293 3.3.2].
  public enum State: String, Hashable, Sendable {
    case idle, synSent, synReceived, established, finWait1, finWait2, closing, timeWait, closeWait, lastAck
    /// Nothing more goes either way.
    case closed
  }

  /// What this end has to do or to tell.
  public enum Action: Hashable, Sendable {
    /// Put this segment on the wire, and say when it left.
    case send(TCPSegment)
    /// Both sides have agreed on their sequence numbers.
    case established
    /// The peer answered the first segment with a reset.
    case refused
    /// Octets of the peer's stream came in order: so many are new.
    case received(Int)
    /// The peer has all that was sent so far.
    case acknowledged
    /// The peer will send nothing more.
    case finished
    /// The peer broke the connection off.
    case reset
    /// Both sides have closed.
    case closed
    /// What was sent last was never acknowledged, however often it was sent.
    case timedOut
  }

  /// What both ends are called and how this one behaves.
  public struct Parameters: Hashable, Sendable {
    /// This end's port.
    public var localPort: UInt16
    /// The peer's port.
    public var remotePort: UInt16
    /// The first sequence number.
    public var initialSequence: SequenceNumber
    /// Octets of data which this end takes in a segment, and says so.
    public var maximumSegmentSize: UInt16
    /// Octets of data which fit a packet of this end's link.
    public var linkLimit: Int
    /// Octets of data in a segment to a peer that says nothing: 536 over IPv4, 1220 over IPv6 [RFC 9293 3.7.1].
    public var defaultSegmentSize: Int
    /// Octets which this end takes ahead of what it has read.
    public var window = TCPSegment.window
    /// Waits for acknowledgements of one segment, one for each time it is sent.
    public var waits: [Duration] = [.milliseconds(300), .milliseconds(700), .seconds(1)]

    /// Puts the parts together.
    public init(
      localPort: UInt16,
      remotePort: UInt16,
      initialSequence: UInt32,
      maximumSegmentSize: UInt16 = 1460,
      linkLimit: Int = 1460,
      defaultSegmentSize: Int = 536
    ) {
      self.localPort = localPort
      self.remotePort = remotePort
      self.initialSequence = SequenceNumber(initialSequence)
      self.maximumSegmentSize = maximumSegmentSize
      self.linkLimit = linkLimit
      self.defaultSegmentSize = defaultSegmentSize
    }
  }

  /// As given.
  public let parameters: Parameters
  /// How far the connection is.
  public internal(set) var state = State.idle
  /// The sequence number of the next new octet of this end.
  public internal(set) var localNext: SequenceNumber
  /// The oldest sequence number that the peer hasn't acknowledged.
  public internal(set) var localUnacknowledged: SequenceNumber
  /// The sequence number expected next from the peer; zero until it is known.
  public internal(set) var remoteNext = SequenceNumber(0)
  /// The peer's first sequence number; zero until it is known.
  public internal(set) var remoteInitial = SequenceNumber(0)
  /// Octets of data which the peer takes in a segment; nil: it didn't say.
  public internal(set) var remoteSegmentSize: UInt16?
  /// The peer's stream so far, in order, up to `streamLimit` octets.
  public internal(set) var stream: [UInt8] = []
  /// Up to where the peer's octets are acknowledged, while the rest is left under way; nil: all that came is.
  var withheld: SequenceNumber?
  /// Whether the peer has closed its side.
  public internal(set) var isFinished = false

  /// More of the peer's stream isn't kept.
  public static let streamLimit = 1 << 20

  /// Data that no segment has carried yet.
  var unsent: [UInt8] = []
  /// Whether a FIN follows the data.
  var closes = false
  /// Segments that take sequence numbers and aren't acknowledged, in order.
  var outstanding: [TCPSegment] = []
  /// What the peer takes beyond `localUnacknowledged`.
  var remoteWindow = 0
  /// Segments of the peer that came before their turn.
  var early: [TCPSegment] = []
  /// How often the oldest outstanding segment was sent again.
  var attempt = 0
  /// When the wait for an acknowledgement or for a window ends; nil: nothing is waited for.
  public internal(set) var deadline: Timestamp?

  /// An end that has sent nothing.
  public init(_ parameters: Parameters) {
    self.parameters = parameters
    localNext = parameters.initialSequence
    localUnacknowledged = parameters.initialSequence
  }

  /// Octets of data that go into one segment.
  public var segmentLimit: Int {
    max(1, min(remoteSegmentSize.map(Int.init) ?? parameters.defaultSegmentSize, parameters.linkLimit))
  }

  /// Whether the peer has acknowledged all that this end wanted to send.
  public var isAllAcknowledged: Bool { outstanding.isEmpty && unsent.isEmpty }

  /// Whether there is a connection that the peer may know of.
  public var isOpen: Bool { ![.idle, .closed, .timeWait].contains(state) }

  /// Whether a segment of the peer is one of this connection.
  public func owns(_ segment: TCPSegment) -> Bool {
    segment.sourcePort == parameters.remotePort && segment.destinationPort == parameters.localPort
  }

  /// Opens the connection.
  public mutating func open() -> [Action] {
    guard state == .idle else { return [] }
    state = .synSent
    return [.send(queued([.syn], size: parameters.maximumSegmentSize))]
  }

  /// Sends data, now or when the connection is there.
  public mutating func send(_ data: [UInt8], at time: Timestamp) -> [Action] {
    guard !closes, isOpen || state == .idle else { return [] }
    unsent += data
    return push(at: time)
  }

  /// Sends no more data, and tells the peer so behind the last of it.
  public mutating func close(at time: Timestamp) -> [Action] {
    guard isOpen, !closes else { return [] }
    closes = true
    return push(at: time)
  }

  /// Breaks the connection off at once.
  public mutating func abort() -> [Action] {
    guard isOpen else { return [] }
    // A peer whose answer to the SYN is still under way is told as well.
    let flags: TCPSegment.Flags = state == .synSent ? [.rst] : [.rst, .ack]
    let reset = segment(flags, at: localNext)
    end()
    return [.send(reset)]
  }

  /// From now on what arrives is acknowledged or not; what isn't stays under way, and the peer sends it again.
  public mutating func acknowledge(_ does: Bool) -> [Action] {
    if !does {
      withheld = withheld ?? remoteNext
      return []
    }
    guard let held = withheld else { return [] }
    withheld = nil
    return held == remoteNext || !isOpen ? [] : [.send(segment([.ack], at: localNext))]
  }

  /// Nothing more goes either way.
  mutating func end() {
    state = .closed
    (unsent, outstanding, early) = ([], [], [])
    deadline = nil
  }
}
