import Capture
import Glibc
import Lab
import Link
import Wire

/// What happens in a lab, one scenario a test.
enum Scenario {
  static func open(thenSleeps: Bool) throws {
    let lab = try Lab.open(LinuxHostLab.name)
    report("interface", lab.interface)
    report("rootless", lab.isRootless)
    report("ipv6", lab.hasIPv6)
    report("milliseconds", lab.elapsed.wholeNanoseconds / 1_000_000)
    report("origin", lab.origin == .created ? "created" : "joined")
    report("remarks", lab.remarks.joined(separator: "; "))
    // Named from the process's view: how others can tell that it's gone.
    report("namespace", link(to: "/proc/thread-self/ns/net"))
    let target = try lab.inTarget { link(to: "/proc/thread-self/ns/net") }
    report("target-namespace", target)
    report("process", getpid())
    if thenSleeps { while true { pause() } }
  }

  /// A lab with a link, and a clock.
  struct Bench {
    let lab: OpenLab
    let link: LiveLink

    init() throws {
      lab = try Lab.open(LinuxHostLab.name)
      link = try LiveLink(interface: lab.interface)
    }

    /// All frames of this many milliseconds, answering questions for the tester's address; ends when `done` says.
    func collect(_ milliseconds: Int, until done: ([CapturedFrame]) -> Bool = { _ in false }) throws -> [CapturedFrame] {
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
    report("within-clock", frames.allSatisfy { start <= $0.time && $0.time <= end })
    report("nanoseconds", frames.contains { $0.time.nanoseconds % 1000 != 0 })
    report("microseconds", (end - start).wholeNanoseconds / 1000)
  }

  static func isReply4(_ frame: CapturedFrame) -> Bool {
    frame.bytes.count > 34 && frame.bytes[12...13] == [8, 0] && frame.bytes[23] == 1 && frame.bytes[34] == 0
      && Array(frame.bytes[0..<6]) == HandMade.testerMAC
  }

  static func isReply6(_ frame: CapturedFrame) -> Bool {
    frame.bytes.count > 54 && frame.bytes[12...13] == [0x86, 0xdd] && frame.bytes[20] == 58 && frame.bytes[54] == 129
  }

  /// Frames of every kind of damage come back byte for byte.
  static func seen() throws {
    let bench = try Bench()
    var sent: [[UInt8]] = [14, 15, 33, 34, 59, 60, 61, 1513, 1514].map { length in
      Array((HandMade.ethernet(0x88b5) + (0..<2000).map { UInt8(truncatingIfNeeded: $0 &* 7) }).prefix(length))
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

  private static func isResolution(_ frame: CapturedFrame) -> Bool {
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
    _ = try bench.collect(1000) { frames in frames.contains(where: isReply4) && frames.contains(where: isReply6) }
    try bench.link.send((0..<count).map(HandMade.udp4) + (0..<count).map(HandMade.udp6))
    let frames = try bench.collect(500)
    report("errors4", frames.filter { $0.bytes.count > 34 && $0.bytes[23] == 1 && $0.bytes[34] == 3 }.count)
    report(
      "errors6",
      frames.filter { $0.bytes.count > 54 && $0.bytes[20] == 58 && $0.bytes[54] == 1 && $0.bytes[12] == 0x86 }.count
    )
  }

  /// The interface goes down, for good or for a moment only.
  static func down(flaps: Bool) throws {
    let bench = try Bench()
    run(["ip", "link", "set", "near0", "down"])
    if flaps { run(["ip", "link", "set", "near0", "up"]) }
    let start = bench.link.now()
    do throws(LinkError) {
      try bench.link.receive(until: start + .seconds(2)) { _ in }
      report("receive", "nothing")
    } catch {
      report("receive", error)
    }
    report("milliseconds", (bench.link.now() - start).wholeNanoseconds / 1_000_000)
    do throws(LinkError) {
      try bench.link.send([HandMade.echo4(sequence: 1)])
      report("send", "ok")
    } catch {
      report("send", error)
    }
    bench.link.close()
    do throws(LinkError) {
      try bench.link.receive(until: start) { _ in }
      report("closed", "ok")
    } catch {
      report("closed", error)
    }
  }

  /// A signal ends a wait, once.
  static func signal() throws {
    let bench = try Bench()
    SignalFlag.install()
    report("before", SignalFlag.pending ?? 0)
    _ = try bench.collect(200)
    kill(getpid(), SIGINT)
    report("pending", SignalFlag.pending ?? 0)
    var waits: [Int64] = []
    for _ in 0..<2 {
      let start = bench.link.now()
      try bench.link.receive(until: start + .milliseconds(100)) { _ in }
      waits.append((bench.link.now() - start).wholeNanoseconds / 1_000_000)
    }
    report("first", waits[0])
    report("second", waits[1])
    report("count", SignalFlag.count)
  }

  /// Who speaks when nobody asks anything: the tester's side never does.
  static func mute() throws {
    let bench = try Bench()
    let deadline = bench.link.now() + .milliseconds(1500)
    var sources: Set<[UInt8]> = []
    // Questions to the tester's own interface and to everybody must not be answered by its kernel.
    var broadcast = HandMade.echo4(sequence: 3)
    broadcast.replaceSubrange(0..<6, with: [UInt8](repeating: 0xff, count: 6))
    try bench.link.send([broadcast])
    while bench.link.now() < deadline {
      try bench.link.receive(until: deadline) { sources.insert(Array($0.bytes[6..<12])) }
    }
    report("sources", sources.map { $0.map { String($0, radix: 16) }.joined(separator: ":") }.sorted())
  }

  static func route() throws {
    let lab = try Lab.open(LinuxHostLab.name)
    let network6: UInt64 = 0x2001_0db8_0001_0000
    let addresses: [(String, SystemRoute.Address)] = [
      ("neighbour4", .ipv4(IPv4Address(rawValue: 0xc000_0209))),
      ("stranger4", .ipv4(IPv4Address(rawValue: 0xc633_6407))),
      ("neighbour6", .ipv6(IPv6Address(high: network6, low: 9))),
      ("stranger6", .ipv6(IPv6Address(high: 0x2001_0db8_ffff_0000, low: 1))),
      ("own", .ipv4(LinuxHostLab.targetIPv4)),
    ]
    for (name, address) in addresses {
      let found = try lab.inTarget { Result { try SystemRoute.find(to: address) } }.get()
      report(name, found.map(describe) ?? "none")
    }
    report("without", try SystemRoute.find(to: addresses[0].1).map(describe) ?? "none")
  }

  private static func describe(_ route: SystemRoute) -> String {
    func hex(_ address: SystemRoute.Address?) -> String {
      switch address {
      case .ipv4(let address): String(address.rawValue, radix: 16)
      case .ipv6(let address): String(address.high, radix: 16) + "/" + String(address.low, radix: 16)
      case nil: "-"
      }
    }
    let reach =
      switch route.reach {
      case .onLink: "on-link"
      case .local: "local"
      case .via(let router): "via " + hex(router)
      }
    return "\(route.interface) \(reach) from \(hex(route.source))"
  }

  static func refused() throws {
    let bench = try Bench()
    for frame in [[UInt8](repeating: 2, count: 13), [UInt8](repeating: 2, count: 1600), []] {
      do throws(LinkError) {
        try bench.link.send([frame])
        report("\(frame.count)", "ok")
      } catch {
        report("\(frame.count)", error)
      }
    }
    for name in ["nowhere0", "lo"] {
      do throws(LinkError) {
        _ = try LiveLink(interface: name)
        report(name, "ok")
      } catch {
        report(name, error)
      }
    }
  }
}
