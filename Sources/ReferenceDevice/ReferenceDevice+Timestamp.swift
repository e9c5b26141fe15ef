internal import Capture
internal import Wire

/// How mutants deviate with timestamp messages.
enum TimestampMutant: String, Deviation {
  case answersShortTimestamp = "RFC792-ts-d: answers timestamp requests that lack their fields"
  case answersOneTimestampOnly = "RFC1122-3.2.2.8-b: answers the first timestamp request only"
  case timestampInSeconds = "RFC792-ts-b: fills in seconds since 1970 instead of milliseconds since midnight"
  case timestampOverflowsDay = "RFC792-ts-b: fills in times beyond the end of the day"
  case sendsBeforeReceiving =
    "RFC792-ts-c: says that it received the timestamp request two seconds after it sent the reply"
  case timestampWithoutOriginate = "RFC792-ts-a: puts its own time where the originate time was"
}

extension ReferenceDevice {
  /// Milliseconds since midnight UT [RFC792-ts-b].
  var millisecondsSinceMidnight: UInt32 {
    let day: Int64 = 86_400_000
    let milliseconds = now.nanoseconds / 1_000_000
    return UInt32(truncatingIfNeeded: (milliseconds % day + day) % day)
  }

  /// Answers a timestamp request that has all its fields: identifier, sequence number and originate time come
  /// back, receive and transmit time are filled in [RFC792-ts-a] [RFC792-ts-c] [RFC1122-3.2.2.8-b].
  mutating func answerTimestamp(_ message: [UInt8], _ datagram: IPv4Datagram) {
    // RFC792-ts-d: a shorter one has no originate time to be copied.
    guard message.count >= 20 || breaks(TimestampMutant.answersShortTimestamp) else { return }
    if breaks(TimestampMutant.answersOneTimestampOnly),
      history.counts(TimestampMutant.answersOneTimestampOnly) > 1
    {
      return
    }
    var reply = message.octets(0..<20) + [UInt8](repeating: 0, count: max(0, 20 - message.count))
    var time = millisecondsSinceMidnight
    if breaks(TimestampMutant.timestampInSeconds) {
      time = UInt32(truncatingIfNeeded: now.nanoseconds / 1_000_000_000)
    }
    if breaks(TimestampMutant.timestampOverflowsDay) { time &+= 86_400_000 }
    var octets: [UInt8] = []
    octets.append32(time)
    var received: [UInt8] = []
    received.append32(breaks(TimestampMutant.sendsBeforeReceiving) ? time &+ 2000 : time)
    reply.replaceSubrange(12..<20, with: received + octets)
    if breaks(TimestampMutant.timestampWithoutOriginate) { reply.replaceSubrange(8..<12, with: octets) }
    answer(reply, type: 14, datagram)
  }
}
