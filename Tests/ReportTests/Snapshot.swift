import Foundation
import Testing

/// Compares a text with the file `Snapshots/NAME`; `ASSAY_RECORD_SNAPSHOTS=1` rewrites the files.
func expectSnapshot(
  _ text: String,
  _ name: String,
  location: SourceLocation = #_sourceLocation
) throws {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Snapshots").appendingPathComponent(name)
  if ProcessInfo.processInfo.environment["ASSAY_RECORD_SNAPSHOTS"] == "1" {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(text.utf8).write(to: file)
    return
  }
  let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
  let (ours, theirs) = (text.components(separatedBy: "\n"), expected.components(separatedBy: "\n"))
  for (index, (seen, wanted)) in zip(ours, theirs).enumerated() where seen != wanted {
    Issue.record("\(name):\(index + 1) is\n  \(seen)\nand not\n  \(wanted)", sourceLocation: location)
    return
  }
  #expect(ours.count == theirs.count, "\(name) has another number of lines", sourceLocation: location)
}
