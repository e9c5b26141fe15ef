import Foundation
import InputWatch

// Fuzz test TARGET FIRST COUNT [SECONDS]   stored inputs, then so many mutants from this number on
// Fuzz one TARGET FILE                     a single input
// Fuzz print TARGET NUMBER                 the mutant with this number, in hexadecimal
// Fuzz seeds DIRECTORY                     writes what to begin with to DIRECTORY/TARGET
// Fuzz pack DIRECTORY                      prints the files of a directory, each as a line of hexadecimal
// Fuzz guided TARGET OPTIONS…              libFuzzer's loop, where it is built in

let arguments = Array(CommandLine.arguments.dropFirst())
func argument(_ index: Int) -> String { arguments.indices.contains(index) ? arguments[index] : "" }

/// The inputs that mutants are made of.
func beginnings(_ target: FuzzTarget, every step: Int) -> [[UInt8]] {
  StoredInputs.corpus(target) + StoredInputs.regressions(target).map(\.input)
    + (Seeds(every: step).inputs[target] ?? [])
}

switch argument(0) {
case "test":
  guard let target = FuzzTarget(rawValue: argument(1)), let first = UInt64(argument(2)),
    let count = UInt64(argument(3))
  else { exit(64) }
  var examiner = Examiner(target, limit: Double(argument(4)) ?? 1)
  Watch.nameInputsThatTrap()
  for (name, input) in StoredInputs.regressions(target) {
    print("\(target.rawValue): \(name)")
    examiner.examineRepeatedly(input, named: name)
  }
  let corpus = StoredInputs.corpus(target)
  guard !corpus.isEmpty else { exit(66) }
  for (number, input) in corpus.enumerated() {
    Watch.begin(UInt64(number))
    examiner.examineRepeatedly(input, named: "line \(number + 1) of the corpus")
  }
  let mutator = Mutator(corpus + StoredInputs.regressions(target).map(\.input))
  for number in first..<first + count {
    Watch.begin(number)
    examiner.examine(mutator.input(number), named: "mutant \(number)")
  }
  for wrong in examiner.wrongs.prefix(20) { print("\(target.rawValue): \(wrong)") }
  print(examiner.report)
  exit(examiner.wrongs.isEmpty ? 0 : 1)
case "one":
  guard let target = FuzzTarget(rawValue: argument(1)), let input = StoredInputs.file(at: argument(2)) else {
    exit(66)
  }
  if target == .judge { print(JudgeTarget.describe(input)) }
  var examiner = Examiner(target, limit: 1)
  examiner.examine(input, named: argument(2))
  print((examiner.wrongs + [examiner.report]).joined(separator: "\n"))
  exit(examiner.wrongs.isEmpty ? 0 : 1)
case "print":
  guard let target = FuzzTarget(rawValue: argument(1)), let number = UInt64(argument(2)) else { exit(64) }
  let stored = StoredInputs.corpus(target) + StoredInputs.regressions(target).map(\.input)
  print(StoredInputs.hex(Mutator(stored).input(number)))
case "seeds":
  for target in FuzzTarget.allCases {
    try StoredInputs.write(beginnings(target, every: 5), to: "\(argument(1))/\(target.rawValue)")
  }
case "pack":
  for input in StoredInputs.files(in: argument(1)) { print(StoredInputs.hex(input)) }
default:
  #if LIBFUZZER
    let isGuided = argument(0) == "guided"
    let name = isGuided ? argument(1) : ProcessInfo.processInfo.environment[Guided.variable] ?? ""
    if let target = FuzzTarget(rawValue: name) {
      Guided.run(target, arguments: isGuided ? Array(arguments.dropFirst(2)) : arguments)
    }
  #endif
  exit(64)
}
