public import Capture
internal import Foundation
public import Runner

/// The plan of a run inside its capture file: JSON, cut into comments that pcapng has room for.
public enum CapturedPlan {
  /// How each part begins; its number and the number of parts follow.
  private static let mark = "assay plan "
  /// Octets of JSON in one comment, whose length has 16 bits.
  private static let partLength = 60_000

  /// The plan as notes of a capture's section.
  static func notes(_ record: RunRecord) -> [String] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let octets = try? encoder.encode(record) else { return [] }
    var parts: [Data] = []
    var rest = octets[...]
    while !rest.isEmpty {
      var part = rest.prefix(partLength)
      // No character is halved: the next part begins with a whole one.
      while part.count > 1, part.endIndex < rest.endIndex, rest[part.endIndex] & 0xc0 == 0x80 {
        part = part.dropLast()
      }
      parts.append(Data(part))
      rest = rest[part.endIndex...]
    }
    return parts.enumerated().map { index, part in
      "\(mark)\(index + 1)/\(parts.count):\(String(decoding: part, as: UTF8.self))"
    }
  }

  /// The plan in a capture file; nil if there is none.
  ///
  /// - Throws: A `CapturedPlanError` when parts are missing or say something else than a plan.
  public static func read(from file: CaptureFile) throws(CapturedPlanError) -> RunRecord? {
    let notes = file.section.notes.filter { $0.hasPrefix(mark) }
    if notes.isEmpty { return nil }
    var parts: [Int: Substring] = [:]
    var count = 0
    for note in notes {
      let pieces = note.dropFirst(mark.count).split(separator: ":", maxSplits: 1)
      let numbers = pieces.first?.split(separator: "/").compactMap { Int($0) } ?? []
      guard pieces.count == 2, numbers.count == 2 else {
        throw CapturedPlanError(reason: "a part has no number")
      }
      parts[numbers[0]] = pieces[1]
      count = numbers[1]
    }
    guard count == parts.count, Set(parts.keys) == Set(1...max(count, 1)) else {
      throw CapturedPlanError(reason: "\(parts.count) of \(count) parts are there")
    }
    let text = (1...count).map { parts[$0] ?? "" }.joined()
    let record: RunRecord
    do { record = try JSONDecoder().decode(RunRecord.self, from: Data(text.utf8)) } catch {
      throw CapturedPlanError(reason: "\(error)")
    }
    if let name = record.implausibleNumber {
      throw CapturedPlanError(reason: "no run can have had such a number in '\(name)'")
    }
    return record
  }
}

/// Why a capture's plan can't be read.
public struct CapturedPlanError: Error, Hashable, Sendable {
  /// What is wrong with it.
  public var reason: String
}
