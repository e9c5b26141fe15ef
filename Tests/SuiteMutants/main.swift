import Craft
import Foundation
import InputWatch

// Examines mutants of bundled suites and prints one line; ends with 1 if one breaks the rules, and with a signal if
// one traps. SuiteMutants DIRECTORY FIRST COUNT [SECONDS MEBIBYTES], or SuiteMutants DIRECTORY --print NUMBER

let arguments = CommandLine.arguments
guard arguments.count >= 4, let context = CraftContext.laboratory else { exit(64) }
let folders = ["icmpv4", "icmpv6"].map { URL(filePath: arguments[1]).appending(path: $0) }
let paths = folders.flatMap { folder in
  (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
}
let files = paths.filter { $0.pathExtension == "yaml" }.sorted { $0.path < $1.path }
  .compactMap { try? String(contentsOf: $0, encoding: .utf8) }
let mutants = Mutants(files)
guard files.count > 20 else { exit(66) }

if arguments[2] == "--print" {
  print(mutants.text(UInt64(arguments[3]) ?? 0), terminator: "")
  exit(0)
}
guard let first = UInt64(arguments[2]), let count = UInt64(arguments[3]) else { exit(64) }
let seconds = arguments.count > 4 ? Double(arguments[4]) ?? 1 : 1
let mebibytes = arguments.count > 5 ? Int(arguments[5]) ?? 128 : 128

var examination = Examination(context)
var slowest = (seconds: 0.0, number: first)
var largest = (mebibytes: 0, number: first)
var wrongs: [String] = []
Watch.nameInputsThatTrap()
for number in first..<first + count {
  Watch.begin(number)
  let text = mutants.text(number)
  let before = Watch.memory().now
  let start = Watch.clock()
  examination.examine(text, number)
  let time = Watch.clock() - start
  let grown = max(0, Watch.memory().most - before) >> 10
  if time > slowest.seconds { slowest = (time, number) }
  if grown > largest.mebibytes { largest = (grown, number) }
  if time > seconds { wrongs.append("mutant \(number): took \(time) seconds") }
  if grown > mebibytes { wrongs.append("mutant \(number): took \(grown) MiB") }
}
wrongs += examination.wrongs
for wrong in wrongs.prefix(20) { print(wrong) }
print(
  "\(count) mutants from \(first): \(examination.refused) refused, \(examination.valid) valid; "
    + "\(examination.crafted) trials crafted, \(examination.notCrafted) refused; slowest "
    + "\(Int(slowest.seconds * 1000)) ms (mutant \(slowest.number)), most memory \(largest.mebibytes) MiB "
    + "(mutant \(largest.number)); \(wrongs.count) wrong"
)
exit(wrongs.isEmpty ? 0 : 1)
