import Wire

/// An echo request of 64 octets, each time with other numbers.
struct CraftingBenchmark: Benchmark {
  let program: CProgram
  private var ours: [Double] = []
  private var oursKept: [Double] = []
  private var oursFromTemplate: [Double] = []
  private var theirs: [Double] = []
  private var theirsKept: [Double] = []

  init(program: CProgram) { self.program = program }

  mutating func measure() throws {
    ours.append(try nanosecondsPrepared(3_000_000, isKept: false))
    oursKept.append(try nanosecondsPrepared(3_000_000, isKept: true))
    let numbers = try program.start("3000000").numbers()
    guard numbers.count == 2 else { throw BenchmarkFailure.isWrong("craft-echo") }
    theirs.append(numbers[0])
    theirsKept.append(numbers[1])
    oursFromTemplate.append(try nanosecondsEncoded(200_000))
  }

  /// The packet is prepared once; where it's kept, each one is an array of its own, as the link takes it.
  private func nanosecondsPrepared(_ count: Int, isKept: Bool) throws -> Double {
    let echo = try PreparedPacket(
      Echoes.template(),
      varying: [
        .init(layer: 1, "source"), .init(layer: 1, "identification"), .init(layer: 2, "identifier"),
        .init(layer: 2, "sequence"),
      ]
    )
    var batch = [[UInt8]](repeating: [], count: 64)
    var frame: [UInt8] = []
    let time = processorTime {
      for number in 0..<UInt64(count) {
        let values: InlineArray<4, UInt64> = [0xc000_0200 | number & 0xff, number, ~number, number]
        if isKept {
          batch[Int(truncatingIfNeeded: number & 63)] = echo.encode(values.span)
        } else {
          echo.encode(values.span, into: &frame)
        }
      }
    }
    if !isKept { batch = [frame] }
    guard batch.allSatisfy({ $0.count == 64 && Dissection($0).remarks.isEmpty }) else {
      throw BenchmarkFailure.isWrong("crafted echoes")
    }
    return time / Double(count)
  }

  /// Each packet is encoded from its template.
  private func nanosecondsEncoded(_ count: Int) throws -> Double {
    var template = Echoes.template()
    var octets = 0
    let time = try processorTime {
      for number in 0..<UInt64(count) {
        template.layers[2].fields["sequence"] = .given(.number(number & 0xffff))
        octets += try template.encode().bytes.count
      }
    }
    guard octets == count * 64 else { throw BenchmarkFailure.isWrong("encoded echoes") }
    return time / Double(count)
  }

  var rows: [Row] {
    [
      Row(name: "crafting an echo", unit: "ns", ours: ours, reference: ("in place", theirs), bar: .atMost(2)),
      Row(
        name: "crafting an echo to keep",
        unit: "ns",
        ours: oursKept,
        reference: ("malloc", theirsKept)
      ),
      Row(
        name: "encoding its template anew",
        unit: "ns",
        ours: oursFromTemplate,
        reference: ("in place", theirs)
      ),
    ]
  }
}
