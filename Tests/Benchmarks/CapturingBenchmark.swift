import Capture
import Lab
import Link
import Wire

/// Everything that a sender at full speed sends is captured and taken apart, and nothing may be lost.
///
/// The sender and the kernel's share of the capture have one processor, the receiver the other; so the number is that of the
/// sender, slowed down by what the receiver costs it, unless the receiver is slower still, which shows as loss.
struct CapturingBenchmark: Benchmark {
  let lab: OpenLab
  let capturer: CProgram
  let sender: CProgram
  private var ours: [Double] = []
  private var theirs: [String: [Double]] = [:]
  private var lost: [Double] = []
  private var decoding: [Double] = []

  init(lab: OpenLab, capturer: CProgram, sender: CProgram) {
    self.lab = lab
    self.capturer = capturer
    self.sender = sender
  }

  mutating func measure() throws {
    try captureHere()
    for mode in ["buffered", "immediate"] {
      let running = try capturer.start(mode, lab.interface, "2048")
      try running.awaitLine()
      _ = try flood().numbers()
      let numbers = try running.numbers()
      guard numbers.count == 3 else { throw BenchmarkFailure.isWrong("capture-frames") }
      // What lost frames isn't a rate without loss.
      if numbers[1] == 0 { theirs[mode, default: []].append(numbers[2]) }
    }
    decoding.append(try nanosecondsToDissect())
  }

  /// Starts a sender at the target's end of the cable.
  private func flood() throws -> CProgram.Running {
    try lab.inTarget { Result { try sender.start("sendmmsg", LinuxHostLab.targetInterface, "300") } }.get()
  }

  private mutating func captureHere() throws {
    let link = try LiveLink(interface: lab.interface)
    let running = try flood()
    var stamps: (first: Timestamp, last: Timestamp)?
    var count = 0
    var sound = 0
    var deadline = link.now() + .seconds(5)
    while link.now() < deadline {
      let before = count
      try link.receive(until: deadline) { frame in
        let dissection = Dissection(frame.bytes)
        if dissection.layer(.icmpv4) != nil, dissection.remarks.isEmpty { sound += 1 }
        count += 1
        stamps = (stamps?.first ?? frame.time, frame.time)
      }
      if count > before { deadline = link.now() + .milliseconds(100) }
    }
    _ = try running.numbers()
    guard let stamps, sound > count / 2 else { throw BenchmarkFailure.isWrong("captured frames") }
    lost.append(Double(link.statistics().lost))
    link.close()
    ours.append(Double(count - 1) / ((stamps.last - stamps.first) / .seconds(1)))
  }

  private func nanosecondsToDissect() throws -> Double {
    let frame = Echoes.toNobody
    let rounds = 200_000
    var remarks = 0
    let time = processorTime {
      for _ in 0..<rounds { remarks += Dissection(frame).remarks.count }
    }
    guard remarks == 0 else { throw BenchmarkFailure.isWrong("remarks") }
    return time / Double(rounds)
  }

  var rows: [Row] {
    let fastest = theirs.max { $0.value.median < $1.value.median }
    let losses = Int(lost.median)
    return [
      Row(
        name: "frames captured and decoded",
        unit: "/s",
        ours: ours,
        reference: fastest.map { ($0.key, $0.value) },
        bar: .atLeast(0.8),
        flaw: losses > 0 ? "\(losses) frames lost" : nil
      ),
      Row(name: "decoding a frame", unit: "ns", ours: decoding),
    ]
  }
}
