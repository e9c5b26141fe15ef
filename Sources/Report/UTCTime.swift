package import Capture

extension Timestamp {
  /// The time in UTC to the second, without a zone: `2026-11-22T09:15:02`.
  var utc: String {
    let (second, _) = Self.divide(nanoseconds, by: 1_000_000_000)
    let (day, secondOfDay) = Self.divide(second, by: 86_400)
    let (year, month, dayOfMonth) = Self.date(ofDay: day)
    let date = "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(dayOfMonth, 2))"
    let (hour, minute) = (secondOfDay / 3600, secondOfDay / 60 % 60)
    return "\(date)T\(Self.padded(hour, 2)):\(Self.padded(minute, 2)):\(Self.padded(secondOfDay % 60, 2))"
  }

  /// The time in UTC with nanoseconds and the zone: `2026-11-22T09:15:02.000000001Z`.
  package var preciseUTC: String {
    "\(utc).\(Self.padded(Self.divide(nanoseconds, by: 1_000_000_000).remainder, 9))Z"
  }

  /// Division that rounds down, also below zero.
  private static func divide(_ value: Int64, by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }

  /// The Gregorian date of a day counted from 1970-01-01.
  ///
  /// Counts in years that begin in March, so that the leap day comes last, within eras of 400 years.
  private static func date(ofDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, dayOfEra) = divide(day + 719_468, by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
