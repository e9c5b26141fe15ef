import Capture
import Lab
import Link
import Wire

/// Echo requests to the kernel lab, 64 in the air, each answer taken apart and recognised.
struct EchoBenchmark: Benchmark {
  let lab: OpenLab
  let program: CProgram
  private var ours: [Double] = []
  private var theirs: [Double] = []
  private static let window = 64

  init(lab: OpenLab, program: CProgram) {
    self.lab = lab
    self.program = program
  }

  mutating func measure() throws {
    try exchangeHere()
    theirs += try program.start(lab.interface, "300").numbers()
  }

  private mutating func exchangeHere() throws {
    let link = try LiveLink(interface: lab.interface)
    defer { link.close() }
    let echo = try PreparedPacket(Echoes.template(), varying: [.init(layer: 2, "sequence")])
    var sequence: UInt64 = 0
    var total = 0
    let start = link.now()
    var time = Duration.zero
    repeat {
      // Again and again, since a target that checks on its neighbor gets no answer.
      var requests = sequence % 1024 == 0 ? [Echoes.introduction] : []
      for _ in 0..<Self.window {
        requests.append(echo.encode(sequence))
        sequence += 1
      }
      try link.send(requests)
      var answers = 0
      let deadline = link.now() + .milliseconds(20)
      // What is lost, is lost.
      while answers < Self.window, link.now() < deadline {
        try link.receive(until: deadline) { frame in
          let icmp = Dissection(frame.bytes).layer(.icmpv4)
          if let icmp, icmp.number("type") == 0, icmp.number("identifier") == Echoes.identifier {
            answers += 1
          }
        }
      }
      total += answers
      time = link.now() - start
    } while time < .milliseconds(300)
    guard total > 0 else { throw BenchmarkFailure.isWrong("no answers") }
    ours.append(Double(total) / (time / .seconds(1)))
  }

  var rows: [Row] {
    [Row(name: "echo transactions", unit: "/s", ours: ours, reference: ("pcap and sendmmsg", theirs))]
  }
}
