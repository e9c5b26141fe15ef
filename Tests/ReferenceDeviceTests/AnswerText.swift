import Wire

/// A frame of the device in one line: all that a mutant may spoil, nothing that may differ between two right runs.
///
/// The octets are read here once more by hand; only remarks come from the harness's own dissector.
enum AnswerText {
  /// What comes back for a stimulus, at most three answers in full.
  static func text(of frames: [[UInt8]], about stimuli: [[UInt8]]) -> String {
    if frames.isEmpty { return "silence" }
    let shown = frames.prefix(3).map { text(of: $0, about: stimuli) }.joined(separator: " + ")
    return frames.count > 3 ? "\(shown) + \(frames.count - 3) more" : shown
  }

  static func text(of frame: [UInt8], about stimuli: [[UInt8]]) -> String {
    func octet(_ place: Int) -> Int { place < frame.count ? Int(frame[place]) : 0 }
    func pair(_ place: Int) -> Int { octet(place) << 8 | octet(place + 1) }
    let isIPv4 = pair(12) == 0x0800
    let start = isIPv4 ? 14 + (octet(14) & 15) * 4 : 54
    var words: [String] = []
    let ttl = isIPv4 ? octet(22) : octet(21)
    let service = isIPv4 ? octet(15) : pair(14) >> 4 & 255
    if ttl != 64 { words.append("ttl \(ttl)") }
    if service != 0 { words.append("tos \(service)") }
    if isIPv4, start > 34 {
      words.append(start > 50 ? "options of \(start - 34)" : "options \(hex(frame[34..<start]))")
    }
    if frame.starts(with: Conversation.gatewayMAC.octets) { words.append("via gateway") }
    if octet(0) & 1 == 1 { words.append("to all") }
    if isIPv4 ? Array(frame[26..<30]) != [192, 0, 2, 1] : octet(22) == 0xff { words.append("from a group") }
    if !isIPv4, octet(22) == 0xfe { words.append("from link-local") }
    let end = isIPv4 ? 14 + pair(16) : 54 + pair(18)
    let proto = isIPv4 ? octet(23) : octet(20)
    if isIPv4, pair(20) & 0x3fff != 0 {
      words.append("fragment at \((pair(20) & 0x1fff) * 8)\(pair(20) & 0x2000 != 0 ? " more" : "")")
    }
    if proto == 44 {
      words.append("fragment at \(pair(56) & 0xfff8)\(octet(57) & 1 == 1 ? " more" : "")")
    } else if isIPv4 && pair(20) & 0x1fff != 0 {
      words.append("\(end - start) octets")
    } else if proto == 1 || proto == 58 {
      words += message(frame, start, end, isError: isIPv4 ? [3, 11, 12] : [1, 3, 4], stimuli)
    } else {
      words.append("protocol \(proto)")
    }
    words += Dissection(frame).remarks.filter { !$0.isQuoted }.map { "[\($0.kind.rawValue)]" }
    return words.joined(separator: " ")
  }

  private static func message(
    _ frame: [UInt8],
    _ start: Int,
    _ end: Int,
    isError errors: [Int],
    _ stimuli: [[UInt8]]
  ) -> [String] {
    func octet(_ place: Int) -> Int { place < frame.count ? Int(frame[place]) : 0 }
    var words = [
      "\(octet(start))/\(octet(start + 1))", hex(frame[min(start + 4, frame.count)..<min(start + 8, end)]),
    ]
    let rest = Array(frame[min(start + 8, end)..<min(end, frame.count)])
    if errors.contains(octet(start)) {
      let isCopy = stimuli.contains { $0.dropFirst(14).starts(with: rest) }
      words.append("quotes \(rest.count)\(isCopy ? "" : " changed")")
    } else {
      let isCopy = rest == Stimulus.pattern(rest.count)
      words.append("data \(rest.count)\(isCopy ? "" : " changed")")
    }
    return words
  }

  private static func hex(_ octets: ArraySlice<UInt8>) -> String {
    octets.map { octet in String(octet >> 4, radix: 16) + String(octet & 15, radix: 16) }.joined()
  }
}
