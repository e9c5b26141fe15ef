import Foundation
import Suite
import Synchronization

/// What the Python package jsonschema makes of a file, one process for all questions.
///
/// Each file is read twice: all scalars as text, as Assay does, and typed, as editors do.
final class SchemaOracle: Sendable {
  /// What it says of a file.
  enum Answer: String { case valid, invalid, unreadable }

  /// Of suites, target files, baselines and policies; nil without the Python packages.
  static let suite = SchemaOracle(JSONSchema.text(of: .suite))
  static let target = SchemaOracle(JSONSchema.text(of: .target))
  static let baseline = SchemaOracle(JSONSchema.text(of: .baseline))
  static let policy = SchemaOracle(JSONSchema.text(of: .policy))

  private let pipes: Mutex<(input: FileHandle, output: FileHandle)>
  private let process: Process

  private init?(_ schema: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", Self.script]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    self.process = process
    pipes = Mutex((input.fileHandleForWriting, output.fileHandleForReading))
    guard Self.ask(schema, input.fileHandleForWriting, output.fileHandleForReading) == "ready" else {
      return nil
    }
  }

  /// Both answers: with all scalars as text, and typed.
  func answers(to text: String) -> [Answer] {
    let line = pipes.withLock { Self.ask(text, $0.input, $0.output) }
    return line.split(separator: " ").compactMap { Answer(rawValue: String($0)) }
  }

  private static func ask(_ text: String, _ input: FileHandle, _ output: FileHandle) -> String {
    guard let question = try? JSONEncoder().encode(text) else { return "" }
    guard (try? input.write(contentsOf: question + [UInt8(ascii: "\n")])) != nil else { return "" }
    var line: [UInt8] = []
    while let octet = try? output.read(upToCount: 1)?.first, octet != UInt8(ascii: "\n") {
      line.append(octet)
    }
    return String(decoding: line, as: UTF8.self)
  }

  /// Ends by itself when the tests do.
  private static let script = """
    import json, re, sys
    try:
      import jsonschema, yaml
    except ImportError:
      sys.exit()
    class Typed(yaml.SafeLoader):
      pass
    # As YAML 1.2 has it, a day is text, and so are `on` and `no`.
    old = ['tag:yaml.org,2002:timestamp', 'tag:yaml.org,2002:bool']
    Typed.yaml_implicit_resolvers = {
      first: [rule for rule in rules if rule[0] not in old]
      for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()}
    Typed.add_implicit_resolver(
      old[1], re.compile('^(true|True|TRUE|false|False|FALSE)$'), list('tTfF'))
    schema = json.loads(json.loads(sys.stdin.readline()))
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    print('ready', flush=True)
    def answer(text, loader):
      try:
        document = yaml.load(text, loader)
      except Exception:
        return 'unreadable'
      return 'valid' if validator.is_valid(document) else 'invalid'
    for line in sys.stdin:
      text = json.loads(line)
      print(answer(text, yaml.BaseLoader), answer(text, Typed), flush=True)
    """
}

extension Diagnostic {
  /// Whether the fault is one of keys and shapes, which the JSON Schema knows as well.
  var isOfShape: Bool {
    // Which names a suite gives, a schema can't know.
    !message.contains("or the name of") && Self.shapeWords.contains { message.contains($0) }
  }

  private static let shapeWords = [
    "unknown key '", "unknown field '", "unknown layer '", "unknown option '", "unknown condition '",
    " lacks '",
    " must be a mapping", " must be a list", " is a list of ", "' is not a step", " is exactly one of ",
    " exclude each other", "' needs '", "is one key; put '", "a list is expected", " takes no value",
    " takes one value", " takes a list", " takes a mapping", " is not a role", " is not an outcome",
    " is not an IP version", " can only be ", " has either ", "the list is empty",
    " must be a word or a number, not a",
    " is true or false", "a condition is one of", "options must be a list", "a layer is a name",
    "held against one condition only", "no layer has a field", "is an empty list", " needs its octets",
    " needs { of",
    "an empty list matches nothing",
  ]
}
