import Foundation
import Testing

/// The examples of `docs/writing-suites.md`, by what their fence says they are.
enum Tutorial {
  /// A fenced block of the page.
  struct Example: CustomStringConvertible, Sendable {
    /// What follows the fence: `yaml suite`, `yaml steps`, `yaml steps craft`, `yaml include NAME`, `console`.
    var kind: String
    var text: String
    /// Where it begins in the page.
    var line: Int
    var description: String { "writing-suites.md:\(line)" }

    /// Whether it stands on both sides of a NAT.
    var isTwoSided: Bool { text.contains("arms: near+far") }

    /// The example as a suite file; nil for one that isn't a suite or its steps.
    var suite: String? {
      switch kind {
      case "yaml suite": return text
      case "yaml steps", "yaml steps craft":
        let steps = text.split(separator: "\n", omittingEmptySubsequences: false).map { "      " + $0 }
        let head = "suite: doc.line-\(line)\ncases:\n  - id: it\n    title: An example\n    steps:\n"
        return head + steps.joined(separator: "\n") + "\n"
      default: return nil
      }
    }
  }

  static let examples: [Example] = {
    let page = Command.project + "/docs/writing-suites.md"
    let text = (try? String(contentsOfFile: page, encoding: .utf8)) ?? ""
    var examples: [Example] = []
    var open: Example?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard line.hasPrefix("```") else {
        open?.text += line + "\n"
        continue
      }
      if let example = open {
        examples.append(example)
        open = nil
      } else {
        open = Example(kind: String(line.dropFirst(3)), text: "", line: index + 1)
      }
    }
    return examples
  }()

  /// Examples of whole suites, and of steps that can be run.
  static let runnable = examples.filter { ["yaml suite", "yaml steps"].contains($0.kind) }
  /// Examples of steps of which only the packets count.
  static let craftable = examples.filter { $0.kind == "yaml steps craft" }

  /// A directory with an example in `example.yaml` and all files that examples include beside it.
  static func place(of example: Example) throws -> Place {
    let place = Place()
    for file in examples where file.kind.hasPrefix("yaml include ") {
      _ = try place.file(String(file.kind.dropFirst("yaml include ".count)), file.text)
    }
    _ = try place.file("example.yaml", example.suite ?? "")
    return place
  }
}
