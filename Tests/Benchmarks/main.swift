import Foundation
import Lab

// What Assay's own work costs, beside C programs that do the same, each measured several times in turn.
// AssayBenchmarks FOLDER-OF-PROGRAMS [ROUNDS [NAME…]]; it ends with 1 if a bar isn't met. Names: sending, capturing, echo,
// crafting, judging, silence, sweeping, reading; without any, all.

let arguments = CommandLine.arguments
let rounds = arguments.count > 2 ? Int(arguments[2]) ?? 0 : 9
guard arguments.count > 1, rounds > 0 else { exit(64) }
let folder = arguments[1]
func program(_ name: String) -> CProgram { CProgram(folder: folder, name: name) }

do {
  // Comes first: without privileges a lab is made by a process of one thread only.
  let lab = try Lab.open(LinuxHostLab.name)
  let names = Set(arguments.dropFirst(3))
  func isWanted(_ name: String) -> Bool { names.isEmpty || names.contains(name) }
  var benchmarks: [any Benchmark] = []
  if isWanted("sending") { benchmarks.append(SendingBenchmark(lab: lab, program: program("send-frames"))) }
  if isWanted("capturing") {
    benchmarks.append(
      CapturingBenchmark(lab: lab, capturer: program("capture-frames"), sender: program("send-frames"))
    )
  }
  if isWanted("echo") { benchmarks.append(EchoBenchmark(lab: lab, program: program("echo-transactions"))) }
  if isWanted("crafting") { benchmarks.append(CraftingBenchmark(program: program("craft-echo"))) }
  if isWanted("judging") { benchmarks.append(try JudgingBenchmark(suites: "Suites")) }
  if isWanted("silence") { benchmarks.append(SilenceBenchmark(command: program("assay"))) }
  if isWanted("sweeping") {
    for (title, rules) in [("nearly all dropped", nil), ("all delivered", SweepBenchmark.open)] {
      benchmarks.append(
        SweepBenchmark(
          title: title,
          rules: rules,
          command: program("assay"),
          program: program("sweep-filter")
        )
      )
    }
  }
  for _ in 0..<rounds {
    for index in benchmarks.indices { try benchmarks[index].measure() }
  }
  let rows = benchmarks.flatMap(\.rows)
  print("Medians of \(rounds) rounds:\n\(table(rows))\n")
  if isWanted("reading") { try ReadingBenchmark(reader: program("yaml-events"), runs: rounds).run() }
  exit(rows.contains { $0.isMet == false } ? 1 : 0)
} catch {
  FileHandle.standardError.write(Data("\(error)\n".prefix(500).utf8))
  exit(70)
}
