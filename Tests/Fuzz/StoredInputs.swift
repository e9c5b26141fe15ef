import Foundation

/// The inputs kept beside this file: a corpus that reaches much of the code, and everything that ever broke something.
enum StoredInputs {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  /// `Corpus/TARGET.hex`: one input a line.
  static func corpus(_ target: FuzzTarget) -> [[UInt8]] {
    inputs(folder.appending(path: "Corpus/\(target.rawValue).hex"))
  }

  /// `Regressions/TARGET/WHAT.hex`, in the order of their names.
  static func regressions(_ target: FuzzTarget) -> [(name: String, input: [UInt8])] {
    let files = try? FileManager.default.contentsOfDirectory(
      at: folder.appending(path: "Regressions/\(target.rawValue)"),
      includingPropertiesForKeys: nil
    )
    return (files ?? []).filter { $0.pathExtension == "hex" }.sorted { $0.path < $1.path }.flatMap { file in
      inputs(file).map { (name: file.lastPathComponent, input: $0) }
    }
  }

  /// The files of a directory, each an input.
  static func files(in directory: String) -> [[UInt8]] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return names.sorted().compactMap { file(at: "\(directory)/\($0)") }
  }

  static func file(at path: String) -> [UInt8]? {
    (try? Data(contentsOf: URL(filePath: path))).map { Array($0) }
  }

  /// Writes each input to a file of its own.
  static func write(_ inputs: [[UInt8]], to directory: String) throws {
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    for (number, input) in inputs.enumerated() {
      try Data(input).write(to: URL(filePath: directory).appending(path: "stored-\(number)"))
    }
  }

  static func hex(_ input: [UInt8]) -> String {
    input.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private static func inputs(_ file: URL) -> [[UInt8]] {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").compactMap { line in
      let digits = line.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
      guard digits.count.isMultiple(of: 2) else { return nil }
      return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
  }
}
