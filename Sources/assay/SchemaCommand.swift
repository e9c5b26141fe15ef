import ArgumentParser
import Report
import Suite

/// `assay schema`: what files for Assay may say, as JSON Schema.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Write the JSON Schema of suite files for editors and validators, or their reference."
  )

  /// Kinds of file that have a schema.
  enum FileKind: String, ExpressibleByArgument, CaseIterable {
    case suite, target, baseline, policy

    var mapping: Grammar.Mapping {
      switch self {
      case .suite: .suite
      case .target: .target
      case .baseline: .baseline
      case .policy: .policy
      }
    }
  }

  @Option(name: .customLong("of"), help: "The kind of file: suite, target, baseline or policy.")
  var kind: FileKind = .suite

  @Flag(help: "The reference of all files in Markdown instead.")
  var markdown = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("A file instead of standard output.", valueName: "file")
  )
  var output: String?

  func run() throws {
    let text = markdown ? Reference.markdown() : JSONSchema.text(of: kind.mapping)
    guard let output else {
      Console.out(text)
      return
    }
    do { try ReportFiles.write(Array(text.utf8), to: output) } catch {
      throw Failure.exit(.cannotWrite, "\(error)")
    }
  }
}
