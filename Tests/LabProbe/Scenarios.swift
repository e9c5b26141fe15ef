import Capture
import Glibc
import Lab
import Link
import Wire

/// What happens in a lab, one scenario a test.
enum Scenario {
  /// A lab with a link, and a clock.
  struct Bench {
    let lab: OpenLab
    let link: LiveLink

    init() throws {
      lab = try Lab.open(LinuxHostLab.name)
      link = try LiveLink(interface: lab.interface)
    }

    /// All frames of this many milliseconds, or until `done` says so.
    ///
    /// Questions for the tester's Ethernet address are answered meanwhile.
    func collect(
      _ milliseconds: Int,
      until done: ([CapturedFrame]) -> Bool = { _ in false }
    ) throws -> [CapturedFrame] {
      let deadline = link.now() + .milliseconds(milliseconds)
      var frames: [CapturedFrame] = []
      while link.now() < deadline, !done(frames) {
        var answers: [[UInt8]] = []
        try link.receive(until: deadline) { frame in
          frames.append(frame)
          if let answer = HandMade.resolution(of: frame.bytes) { answers.append(answer) }
        }
        try link.send(answers)
      }
      return frames
    }
  }

  static func echo() throws {
    let bench = try Bench()
    let start = bench.link.now()
    try bench.link.send([HandMade.echo4(sequence: 1), HandMade.echo6(sequence: 1)])
    let frames = try bench.collect(1000) { frames in
      frames.contains { isReply4($0) } && frames.contains { isReply6($0) }
    }
    let end = bench.link.now()
    report("reply4", frames.contains { isReply4($0) })
    report("reply6", frames.contains { isReply6($0) })
    // What the target said of its own accord may have come before.
    let replies = frames.filter { isReply4($0) || isReply6($0) }
    report("within-clock", replies.allSatisfy { start <= $0.time && $0.time <= end })
    report("nanoseconds", frames.contains { $0.time.nanoseconds % 1000 != 0 })
    report("microseconds", (end - start).wholeNanoseconds / 1000)
  }

  static func isReply4(_ frame: CapturedFrame) -> Bool {
    frame.bytes.count > 34 && frame.bytes[12...13] == [8, 0] && frame.bytes[23] == 1 && frame.bytes[34] == 0
      && Array(frame.bytes[0..<6]) == HandMade.testerMAC
  }

  static func isReply6(_ frame: CapturedFrame) -> Bool {
    isICMPv6(frame, type: 129)
  }

  static func isICMPv6(_ frame: CapturedFrame, type: UInt8) -> Bool {
    frame.bytes.count > 54 && frame.bytes[12...13] == [0x86, 0xdd] && frame.bytes[20] == 58
      && frame.bytes[54] == type
  }

  /// Frames of every kind of damage come back byte for byte.
  static func seen() throws {
    let bench = try Bench()
    var sent: [[UInt8]] = [14, 15, 33, 34, 59, 60, 61, 1513, 1514].map { length in
      let octets = (0..<1500).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      return Array((HandMade.ethernet(0x88b5) + octets).prefix(length))
    }
    var wrong = HandMade.echo4(sequence: 9)
    wrong[36] ^= 0xff
    let tagged = Array(wrong[..<12]) + [0x81, 0, 0, 5] + wrong[12...]
    sent += [wrong, tagged, HandMade.echo4(sequence: 2, data: 1472)]
    try bench.link.send(sent)
    let frames = try bench.collect(300)
    let own = frames.filter { Array($0.bytes[6..<12]) == HandMade.testerMAC && !isResolution($0) }
    report("sent", sent.count)
    report("same", own.map(\.bytes) == sent)
    report("whole", own.allSatisfy { $0.originalLength == $0.bytes.count })
    let times = own.map(\.time)
    report("monotonic", zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
    report("arm", own.first?.arm.rawValue ?? "none")
  }

  static func isResolution(_ frame: CapturedFrame) -> Bool {
    frame.bytes[12...13] == [8, 6] || (frame.bytes[12...13] == [0x86, 0xdd] && frame.bytes[54] == 136)
  }

  /// So many echo requests at full speed, nobody reading meanwhile: all in the capture, all answered.
  static func burst(_ count: Int) throws {
    let bench = try Bench()
    try bench.link.send([HandMade.echo4(sequence: 0)])
    _ = try bench.collect(500) { $0.contains { isReply4($0) } }
    let frames = (0..<count).map { HandMade.echo4(sequence: $0 & 0xffff) }
    let start = bench.link.now()
    try bench.link.send(frames)
    let sent = bench.link.now()
    var (own, replies) = (0, 0)
    _ = try bench.collect(2000) { seen in
      own = seen.filter { Array($0.bytes[6..<12]) == HandMade.testerMAC && !isResolution($0) }.count
      replies = seen.filter(isReply4).count
      return own >= count && replies >= count
    }
    let statistics = bench.link.statistics()
    report("seen", own)
    report("replies", replies)
    report("dropped", statistics.droppedByKernel)
    report("lost", statistics.droppedByInterface)
    report("send-microseconds", (sent - start).wholeNanoseconds / 1000)
    report("microseconds", (bench.link.now() - start).wholeNanoseconds / 1000)
  }

  /// So many packets that each deserve an error, on each IP version.
  static func errors(_ count: Int) throws {
    let bench = try Bench()
    try bench.link.send([HandMade.echo4(sequence: 0), HandMade.echo6(sequence: 0)])
    _ = try bench.collect(1000) { $0.contains(where: isReply4) && $0.contains(where: isReply6) }
    try bench.link.send((0..<count).map(HandMade.udp4) + (0..<count).map(HandMade.udp6))
    let frames = try bench.collect(500)
    report("errors4", frames.filter { $0.bytes.count > 34 && $0.bytes[23] == 1 && $0.bytes[34] == 3 }.count)
    report("errors6", frames.filter { isICMPv6($0, type: 1) }.count)
  }
}
