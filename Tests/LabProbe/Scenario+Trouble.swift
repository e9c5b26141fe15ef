import Capture
import Glibc
import Lab
import Link

/// What goes wrong with a link.
extension Scenario {
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
      // A frame of the target's own accord ends a wait, too; such a wait says nothing.
      for _ in 0..<20 {
        var frames = 0
        let start = bench.link.now()
        try bench.link.receive(until: start + .milliseconds(100)) { _ in frames += 1 }
        if frames > 0, !waits.isEmpty { continue }
        waits.append((bench.link.now() - start).wholeNanoseconds / 1_000_000)
        break
      }
    }
    guard waits.count == 2 else { return }
    report("first", waits[0])
    report("second", waits[1])
    report("count", SignalFlag.count)
  }

  /// The interface is taken away.
  static func vanish() throws {
    let bench = try Bench()
    run(["ip", "link", "delete", "near0"])
    let received = outcome { () throws(LinkError) in
      try bench.link.receive(until: .distantFuture) { _ in }
    }
    report("receive", received)
    report("send", outcome { () throws(LinkError) in try bench.link.send([HandMade.echo4(sequence: 1)]) })
  }

  /// What opening, asking and closing cost, in microseconds.
  static func costs() throws {
    let lab = try Lab.open(LinuxHostLab.name)
    let clock = ContinuousClock()
    var link: LiveLink?
    let opening = try clock.measure { link = try LiveLink(interface: lab.interface) }
    report("open", opening.wholeNanoseconds / 1000)
    let asking = clock.measure { for _ in 0..<100 { _ = link?.statistics() } }
    report("statistics", asking.wholeNanoseconds / 100_000)
    let closing = clock.measure { link?.close() }
    report("close", closing.wholeNanoseconds / 1000)
  }

  /// More frames than the buffer has room for, nobody reading meanwhile.
  static func smallBuffer(_ count: Int) throws {
    let lab = try Lab.open(LinuxHostLab.name)
    let link = try LiveLink(interface: lab.interface, snapLength: 65_535, bufferBytes: 1 << 20)
    // Of a type that the target doesn't answer.
    try link.send((0..<count).map { HandMade.ethernet(0x88b5) + HandMade.words($0) })
    var seen = 0
    let deadline = link.now() + .milliseconds(200)
    while link.now() < deadline {
      try link.receive(until: deadline) { if $0.bytes[12...13] == [0x88, 0xb5] { seen += 1 } }
    }
    report("seen", seen)
    report("dropped", link.statistics().droppedByKernel)
  }

  /// The machine's own loopback and first real interface, without a lab.
  static func unprivileged() throws {
    let names = if_nameindex()
    defer { if_freenameindex(names) }
    var place = names
    while let entry = place?.pointee, let name = entry.if_name {
      place = place?.advanced(by: 1)
      let result = outcome { () throws(LinkError) in
        _ = try LiveLink(interface: String(cString: name))
      }
      if !result.hasPrefix("notEthernet"), !result.hasPrefix("interfaceDown") { report("open", result) }
    }
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

  /// Many frames in one call, one of which is too long for the interface.
  static func refusedAmong(_ count: Int, at place: Int) throws {
    let bench = try Bench()
    var frames = (0..<count).map { HandMade.ethernet(0x88b5) + HandMade.words($0) }
    frames[place] += [UInt8](repeating: 0, count: 1600 - frames[place].count)
    report("send", outcome { () throws(LinkError) in try bench.link.send(frames) })
    let seen = try bench.collect(200).map(\.bytes).filter { $0[12...13] == [0x88, 0xb5] }
    report("those-before", seen == Array(frames[..<place]))
  }

  private static func outcome(_ body: () throws(LinkError) -> Void) -> String {
    do throws(LinkError) {
      try body()
      return "ok"
    } catch {
      return "\(error)"
    }
  }
}
