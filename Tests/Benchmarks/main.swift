import Foundation

// Times reading a large suite, unfolding its trials and crafting them, beside libyaml reading the same file.
// AssayBenchmarks YAML-EVENTS [RUNS]

let arguments = CommandLine.arguments
let runs = arguments.count > 2 ? Int(arguments[2]) ?? 0 : 9
guard arguments.count > 1, runs > 0 else { exit(64) }
do {
  try Benchmark(reader: arguments[1], runs: runs).run()
} catch {
  FileHandle.standardError.write(Data("\(error)".prefix(500).utf8))
  exit(70)
}
