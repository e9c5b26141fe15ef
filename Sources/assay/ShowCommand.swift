import ArgumentParser
import Craft
import Judge
import Report
import Suite
import Wire

/// `assay show`: a case in words, with its requirement and its packets.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Explain cases: the clause, each packet as annotated hex, what is expected."
  )

  @Argument(help: "suite.case, suite.case[variant], a suite's name, or FILE:CASE; '*' stands for anything.")
  var name: String

  func run() throws {
    let library = SuiteLibrary()
    let catalogue = try library.catalogue()
    let preview = Preview(catalogue: catalogue)
    let (files, wanted) = selection
    let glob = Glob(wanted)
    var text = ""
    for suite in try library.suites(files) {
      for testCase in suite.cases {
        let trials = testCase.vary.combinations.map {
          Trial(suite: suite.name, testCase: testCase, bindings: $0)
        }
        let exact = trials.filter { glob.matches($0.id) }
        let id = "\(suite.name).\(testCase.id)"
        let isNamed = glob.matches(id) || glob.matches(testCase.id) || glob.matches(suite.name)
        guard let trial = exact.first ?? (isNamed ? trials.first : nil) else { continue }
        text += explain(trial, of: trials.count, in: suite, catalogue, preview) + "\n"
      }
    }
    guard !text.isEmpty else {
      throw Failure.exit(.nothingSelected, "no case '\(name)'; 'assay list' shows them")
    }
    Console.out(text)
  }

  /// The suite files to look in, all bundled ones if none is named, and the case looked for in them.
  private var selection: (files: [String], wanted: String) {
    let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
    guard let file = parts.first, file.hasSuffix(".yaml") else { return ([], name) }
    return ([file], parts.count > 1 ? parts[1] : "*")
  }

  private func explain(
    _ trial: Trial,
    of count: Int,
    in suite: TestSuite,
    _ catalogue: RequirementCatalogue,
    _ preview: Preview
  ) -> String {
    let testCase = trial.testCase
    var lines = [
      "\(suite.name).\(testCase.id)", "  \(testCase.title)", "  \(suite.file):\(testCase.position.line)",
    ]
    for citation in testCase.requirements {
      guard let clause = catalogue[citation.value] else { continue }
      lines.append("  \(clause.id), \(clause.citation), \(clause.level.rawValue): \(clause.title)")
      lines.append("      \(clause.text)")
    }
    if count > 1 { lines.append("  \(count) variants; shown: \(trial.variant)") }
    do {
      let plan = try preview.plan(trial)
      if !testCase.locks.isEmpty {
        lines.append("  needs for itself: \(testCase.locks.map(\.value).joined(separator: ", "))")
      }
      for (index, step) in plan.steps.enumerated() {
        lines.append("")
        lines.append("  \(plan.sections.name(of: index)) \(index + 1): \(step.explanation)")
        if plan.late?.isLate(index) ?? false {
          lines.append("    (as it is after the answer that is expected; made again from the one that comes)")
        }
        for line in step.dump.split(separator: "\n", omittingEmptySubsequences: false)
        where !step.dump.isEmpty {
          lines.append("    \(line)")
        }
      }
    } catch {
      lines.append("  can't be crafted: \(error)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension PlanSections {
  /// What part of the case a step belongs to.
  fileprivate func name(of step: Int) -> String {
    step < caseStart ? "setup" : step < cleanupStart ? "step" : "cleanup"
  }
}

extension PlannedStep {
  /// Annotated hex of what it sends, as far as that is known before the target has answered.
  var dump: String {
    switch self {
    case .send(let stimulus): stimulus.dump
    case .connect(let connection): AnnotatedHex.render(connection.opening)
    case .expect, .forbid, .wait, .control, .exchange, .close: ""
    }
  }

  /// The frames that it sends, as far as they are known before the target has answered.
  var frames: [[UInt8]] {
    switch self {
    case .send(let stimulus): stimulus.frames.map(\.bytes)
    case .connect(let connection): [connection.opening.bytes]
    case .expect, .forbid, .wait, .control, .exchange, .close: []
    }
  }
}

extension PlannedStimulus {
  /// Annotated hex of its frames: by its layers where a frame is the packet itself, else as a dissection sees it.
  var dump: String {
    var seen: Set<[UInt8]> = []
    return frames.filter { seen.insert($0.bytes).inserted }.map { frame in
      frame.bytes == packet.bytes ? AnnotatedHex.render(packet) : AnnotatedHex.render(Dissection(frame.bytes))
    }.joined(separator: "\n")
  }
}
