import Lab
import Link
import Wire

/// Small frames as fast as they go, onto a cable at whose other end nobody takes them.
struct SendingBenchmark: Benchmark {
  let lab: OpenLab
  let program: CProgram
  private let frames = [[UInt8]](repeating: Echoes.toNobody, count: 256)
  private var ours: [Double] = []
  private var theirs: [String: [Double]] = [:]
  private var oursCaptured: [Double] = []
  private var theirsCaptured: [Double] = []
  private static let milliseconds = 300

  init(lab: OpenLab, program: CProgram) {
    self.lab = lab
    self.program = program
  }

  mutating func measure() throws {
    let interface = try NetworkInterface(named: lab.interface, through: try NetlinkSocket())
    let sender = try FrameSender(interface)
    ours.append(try rate { try sender.send(frames) })
    sender.close()
    for method in ["sendmmsg", "bypass", "pcap"] {
      theirs[method, default: []].append(try run(method))
    }
    let link = try LiveLink(interface: lab.interface)
    oursCaptured.append(try rate { try link.send(frames) })
    link.close()
    theirsCaptured.append(try run("sendmmsg", "tapped"))
  }

  /// Frames a second of the processor: what it does for others meanwhile isn't counted.
  private func rate(_ send: () throws -> Void) rethrows -> Double {
    var count = 0
    var nanoseconds = 0.0
    repeat {
      nanoseconds += try processorTime { for _ in 0..<16 { try send() } }
      count += 16 * frames.count
    } while nanoseconds < Double(Self.milliseconds) * 1e6
    return Double(count) * 1e9 / nanoseconds
  }

  private func run(_ method: String, _ tapped: String? = nil) throws -> Double {
    let length = "\(Self.milliseconds)"
    let running =
      try tapped.map { try program.start(method, lab.interface, length, $0) }
      ?? program.start(method, lab.interface, length)
    return try running.numbers()[0]
  }

  var rows: [Row] {
    // pcap_inject is what most tools use; the bar is the fastest.
    let fastest = theirs.filter { $0.key != "pcap" }.max { $0.value.median < $1.value.median }
    return [
      Row(
        name: "frames sent",
        unit: "/s",
        ours: ours,
        reference: fastest.map { ($0.key, $0.value) },
        bar: .atLeast(0.95)
      ),
      Row(
        name: "frames sent, beside pcap_inject",
        unit: "/s",
        ours: ours,
        reference: ("pcap", theirs["pcap"] ?? [])
      ),
      Row(
        name: "frames sent while captured",
        unit: "/s",
        ours: oursCaptured,
        reference: ("sendmmsg", theirsCaptured)
      ),
    ]
  }
}
