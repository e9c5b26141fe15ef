import Foundation

// Compares what two targets answered to the same stimuli, and holds the differences against their explanations.
//   Witness PROJECT LINUX.pcapng REFERENCE.pcapng [PAGE.md]
// Prints what is wrong, a line each, and at last a count; ends with 1 if something is.

let arguments = Array(CommandLine.arguments.dropFirst())
guard (3...4).contains(arguments.count) else { exit(64) }
do {
  let project = try Project(arguments[0])
  let (linux, reference) = (try Recording(file: arguments[1]), try Recording(file: arguments[2]))
  let comparison = Comparison(linux, reference)
  let review = Review(
    comparison.differences,
    project.explanations,
    catalogue: project.catalogue,
    suites: linux.suites,
    baseline: project.baseline
  )
  let faults = comparison.lonely.map { "only one target ran \($0)" } + review.faults
  for fault in faults { print(fault) }
  if arguments.count > 3 {
    let page = Page(
      comparison: comparison,
      review: review,
      catalogue: project.catalogue,
      kernel: linux.kernel ?? "Linux"
    )
    try (page.text + "\n").write(toFile: arguments[3], atomically: true, encoding: .utf8)
  }
  print(
    "\(comparison.trials) trials, \(comparison.answers.one) and \(comparison.answers.other) answers, "
      + "\(comparison.differences.count) differences, \(faults.count) wrong"
  )
  exit(faults.isEmpty && comparison.trials > 0 && comparison.answers.one > 0 ? 0 : 1)
} catch {
  FileHandle.standardError.write(Data("Witness: \(error)\n".utf8))
  exit(65)
}
