import Capture
import Craft
import Judge

/// A conversation and the segments that a test puts into the mouth of its peer.
struct ScriptedPeer {
  typealias Action = TCPConversation.Action

  var end: TCPConversation
  /// The peer's first sequence number.
  let initial: SequenceNumber
  var clock = Timestamp(nanoseconds: 1_000_000_000)

  /// An end that begins counting at `local`, and a peer that begins at `remote`.
  init(
    local: UInt32 = 1000,
    remote: UInt32 = 5000,
    linkLimit: Int = 1460,
    waits: [Duration] = [.milliseconds(300), .milliseconds(700), .seconds(1)]
  ) {
    var parameters = TCPConversation.Parameters(
      localPort: 50_000,
      remotePort: 7,
      initialSequence: local,
      linkLimit: linkLimit
    )
    parameters.waits = waits
    end = TCPConversation(parameters)
    initial = SequenceNumber(remote)
  }

  /// The same with the handshake behind it.
  static func connected(
    local: UInt32 = 1000,
    remote: UInt32 = 5000,
    linkLimit: Int = 1460,
    peerSize: UInt16? = 1460,
    window: UInt16 = 8192
  ) -> ScriptedPeer {
    var peer = ScriptedPeer(local: local, remote: remote, linkLimit: linkLimit)
    peer.leave(peer.end.open())
    peer.leave(peer.says([.syn, .ack], at: 0, acknowledging: 1, window: window, size: peerSize))
    return peer
  }

  /// The peer's segment; numbers count from the beginning of each stream.
  mutating func says(
    _ flags: TCPSegment.Flags,
    at offset: Int,
    acknowledging: Int = 1,
    window: UInt16 = 8192,
    size: UInt16? = nil,
    _ text: String = ""
  ) -> [Action] {
    let segment = TCPSegment(
      from: 7,
      to: 50_000,
      sequence: initial + offset,
      acknowledgement: end.parameters.initialSequence + acknowledging,
      flags: flags,
      window: window,
      maximumSegmentSize: size,
      payload: Array(text.utf8)
    )
    return end.received(segment, at: clock)
  }

  /// What was to be sent is seen leaving.
  mutating func leave(_ actions: [Action]) {
    for case .send(let segment) in actions { end.left(segment, at: clock) }
  }

  mutating func wait(_ duration: Duration) { clock = clock + duration }

  /// The end of its timer; nothing if it doesn't run out by then.
  mutating func expire() -> [Action] {
    guard let deadline = end.deadline, deadline < clock else { return [] }
    return end.expire()
  }

  /// Segments in a few words: flags, sequence from the beginning of the stream, acknowledgement likewise, data.
  func text(_ actions: [Action]) -> [String] {
    actions.map { action in
      guard case .send(let segment) = action else { return "\(action)" }
      let names: [(TCPSegment.Flags, String)] = [
        (.syn, "syn"), (.fin, "fin"), (.rst, "rst"), (.psh, "psh"), (.ack, "ack"),
      ]
      let flags = names.filter { segment.flags.contains($0.0) }.map(\.1).joined(separator: "+")
      let sequence = segment.sequence - end.parameters.initialSequence
      let number = segment.flags.contains(.ack) ? " \(segment.acknowledgement - initial)" : ""
      let data = segment.payload.isEmpty ? "" : " \(String(decoding: segment.payload, as: UTF8.self))"
      return "\(flags) \(sequence)\(number)\(data)"
    }
  }
}
