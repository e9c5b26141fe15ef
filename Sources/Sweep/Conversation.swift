internal import Capture
internal import Suite
internal import Wire

/// A conversation of two hosts through the target, played at both ends: echoes, datagrams or a TCP connection.
///
/// It is a script of moves. Each is a packet of one end, and the next comes when it was seen at the other: so whatever the target
/// rewrote on the way, the other end answers to what it got. Pure: frames go in, frames come out.
struct Conversation: Sendable {
  /// An end: who it is, and how the target is reached from there.
  struct End: Sendable {
    var host: SweepHost
    var gatewayMAC: MACAddress
  }

  /// What came out at an end.
  struct Arrival: Sendable {
    /// From the IP header on.
    var packet: [UInt8]
    /// Who sent it, as far as this end knows.
    var source: FieldValue
    /// Echo: its identifier; else the port that it came from.
    var number: UInt16
    /// The sequence number behind it, for TCP.
    var nextSequence: UInt32
  }

  let version: IPVersion
  let kind: FlowKind
  /// The message that opens an echo conversation, and the one that answers it.
  let echoTypes: (request: UInt8, reply: UInt8)
  let initiator: End
  let responder: End
  let tag: SweepTag
  /// Identifier, or port of the initiator.
  let number: UInt16

  /// What came out at each end so far, the latest.
  private(set) var arrivals: [Arm: Arrival] = [:]
  /// Moves that came out on the other side.
  private(set) var movesDone = 0

  /// The responder's port.
  static let port: UInt16 = 33_434
  /// Where the numbering of TCP octets begins, of both ends.
  static let firstSequence: UInt32 = 0x4153_0000
  /// Identifications and flow labels beyond those of probes that matter.
  static let identification: UInt64 = 0xfffe

  init(
    _ version: IPVersion,
    _ kind: FlowKind,
    from initiator: End,
    to responder: End,
    tag: SweepTag,
    number: UInt16,
    echoTypes: (request: UInt8, reply: UInt8)? = nil
  ) {
    self.version = version
    self.kind = kind
    self.initiator = initiator
    self.responder = responder
    self.tag = tag
    self.number = number
    self.echoTypes = echoTypes ?? (version == .v4 ? (8, 0) : (128, 129))
  }

  /// How many moves open it.
  var moves: Int { kind == .tcp ? 4 : 2 }

  /// Whether it is open.
  var isOpen: Bool { movesDone >= moves }

  /// Who moves next, and the frame; nil when nothing is to be done.
  func move() throws(EncodingError) -> (arm: Arm, frame: [UInt8])? {
    guard movesDone < moves else { return nil }
    let isInitiator = movesDone.isMultiple(of: 2)
    guard let template = template(fromInitiator: isInitiator, move: movesDone, tag) else { return nil }
    return ((isInitiator ? initiator : responder).host.arm, try template.encode().bytes)
  }

  /// Takes note of a frame that came out; true if it is the move that was waited for.
  mutating func take(_ frame: CapturedFrame) -> Bool {
    guard movesDone < moves else { return false }
    let isFromInitiator = movesDone.isMultiple(of: 2)
    let end = isFromInitiator ? responder : initiator
    guard frame.arm == end.host.arm else { return false }
    let dissection = Dissection(frame.bytes)
    guard dissection.layer(.ethernet)?.value(of: "destination") == .mac(end.host.mac),
      let arrival = arrival(in: dissection, move: movesDone, at: end)
    else { return false }
    arrivals[end.host.arm] = arrival
    movesDone += 1
    return true
  }

  /// Begins again from the first move, with what is known of the other end forgotten: to keep it alive.
  mutating func restart() { movesDone = 0 }

  /// A further packet of an open conversation from one end, with a tag of number 0, to be sent as often as need be.
  func further(from arm: Arm, _ tag: SweepTag) throws(EncodingError) -> NumberedFrame? {
    let isInitiator = arm == initiator.host.arm
    let last = isInitiator ? moves - 2 : moves - 1
    guard let template = template(fromInitiator: isInitiator, move: last, tag) else { return nil }
    return try NumberedFrame(template)
  }
}
