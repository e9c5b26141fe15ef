internal import Capture
internal import Craft
internal import Suite
internal import Wire

/// A connection of a trial: the client, and the frames that carry its segments.
struct Talk: Sendable {
  let plan: PlannedConnection
  var client: TCPConversation
  /// Segments to be sent, by their frames; they stay here, since they may be sent again.
  private var segments: [[UInt8]: TCPSegment] = [:]
  /// Frames that weren't seen leaving yet.
  private(set) var unseen: Set<[UInt8]> = []
  /// What the current step waits for in the target's stream.
  var search = StreamSearch(for: [], from: 0)
  /// The last frames of both sides.
  private var lastSent: EncodedPacket?
  private var lastReceived: EncodedPacket?

  init(_ plan: PlannedConnection, waits: [Duration]) {
    self.plan = plan
    var parameters = TCPConversation.Parameters(
      localPort: plan.localPort,
      remotePort: plan.remotePort,
      initialSequence: plan.initialSequence,
      maximumSegmentSize: plan.maximumSegmentSize,
      linkLimit: plan.linkLimit,
      defaultSegmentSize: plan.family == .ipv4 ? 536 : 1220
    )
    parameters.waits = waits
    client = TCPConversation(parameters)
  }

  /// The frames that carry what is to be sent.
  mutating func frames(of actions: [TCPConversation.Action]) -> [[UInt8]] {
    actions.compactMap { action in
      guard case .send(let segment) = action else { return nil }
      let frame = plan.frame(of: segment).bytes
      segments[frame] = segment
      unseen.insert(frame)
      return frame
    }
  }

  /// A frame was seen leaving; its segment, if it carries one of this connection.
  mutating func left(_ frame: [UInt8], at time: Timestamp) -> TCPSegment? {
    guard let segment = segments[frame] else { return nil }
    unseen.remove(frame)
    client.left(segment, at: time)
    lastSent = plan.frame(of: segment)
    return segment
  }

  /// What wasn't seen leaving isn't waited for any more.
  mutating func forgetUnseen() { unseen = [] }

  /// Notes a frame of the target.
  mutating func note(_ frame: Dissection) { lastReceived = EncodedPacket(of: frame) }

  /// How the connection stands, for steps that speak of it.
  var snapshot: ConnectionSnapshot {
    ConnectionSnapshot(
      localNext: client.localNext,
      remoteNext: client.remoteNext,
      localPort: plan.localPort,
      remotePort: plan.remotePort,
      maximumSegmentSize: client.segmentLimit,
      lastSent: lastSent,
      lastReceived: lastReceived
    )
  }
}

extension TCPSegment {
  /// What kind of segment it is, in a word or two, for the annotated capture.
  var kindName: String {
    if flags.contains(.rst) { return "reset" }
    if flags.contains(.syn) { return flags.contains(.ack) ? "answer to the SYN" : "SYN" }
    if flags.contains(.fin) { return "FIN" }
    return payload.isEmpty ? "acknowledgement" : "data"
  }
}
