import Foundation

/// The date that the ends of baseline entries are held against.
enum UTCDate {
  /// Today, `YYYY-MM-DD`.
  static var today: String { text(Date()) }

  /// The day of a moment, `YYYY-MM-DD`.
  static func text(_ date: Date) -> String {
    let formatter = DateFormatter()
    formatter.dateFormat = "yyyy-MM-dd"
    formatter.timeZone = TimeZone(identifier: "UTC")
    formatter.locale = Locale(identifier: "en_US_POSIX")
    return formatter.string(from: date)
  }
}
