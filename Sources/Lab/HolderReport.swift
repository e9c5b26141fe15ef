internal import FoundationEssentials

/// What a holder says to the process that started it.
enum HolderReport: Hashable, Codable {
  /// The lab is there.
  case ready
  /// Why it isn't.
  case failed(LabError)

  /// As it is handed over.
  var text: String {
    (try? JSONEncoder().encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Reads it; nil if it was cut off, or nothing was said.
  init?(_ text: String) {
    guard let report = try? JSONDecoder().decode(HolderReport.self, from: Data(text.utf8)) else { return nil }
    self = report
  }
}
