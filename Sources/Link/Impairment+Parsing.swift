extension Impairment {
  /// Why a text describes no impairment.
  public struct ParsingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// In one sentence, for the one who wrote it.
    public let description: String
  }

  /// No path is slower; the unit of a time is wrong more likely.
  private static let longestTime = Duration.seconds(10)

  private static let keys = "loss, duplicate, reorder, corrupt, delay, jitter, seed"

  /// Reads `loss=2%,duplicate=2%,reorder=2%,delay=1ms,jitter=200us,corrupt=1%,seed=7`, any of it in any order.
  public init(parsing text: String) throws(ParsingError) {
    var seen: Set<String> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard pair.count == 2 else {
        throw ParsingError(
          description: "'\(part)' is not KEY=VALUE; an impairment is written like loss=2%,delay=1ms,seed=7"
        )
      }
      let (key, value) = (pair[0], pair[1])
      guard seen.insert(key).inserted else { throw ParsingError(description: "'\(key)' is there twice") }
      switch key {
      case "loss": loss = try Self.share(value, of: key)
      case "duplicate": duplication = try Self.share(value, of: key)
      case "reorder": reordering = try Self.share(value, of: key)
      case "corrupt": corruption = try Self.share(value, of: key)
      case "delay": delay = try Self.time(value, of: key)
      case "jitter": jitter = try Self.time(value, of: key)
      case "seed":
        guard let number = UInt64(value) else {
          throw ParsingError(description: "seed is a whole number, not '\(value)'")
        }
        seed = number
      default:
        throw ParsingError(description: "no impairment is called '\(key)'; there are \(Self.keys)")
      }
    }
    if self == Impairment(seed: seed) {
      throw ParsingError(description: "'\(text)' impairs nothing; say what, for example loss=2%")
    }
  }

  private init(seed: UInt64) { self.seed = seed }

  /// A number with up to four decimals and a percent sign.
  private static func share(_ text: String, of key: String) throws(ParsingError) -> Share {
    let error = ParsingError(description: "\(key) is a share from 0% to 100%, for example 2%, not '\(text)'")
    guard text.hasSuffix("%") else { throw error }
    let parts = text.dropLast().split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy({ isNumber($0) }), let whole = Int(parts[0]),
      whole <= 100
    else { throw error }
    var decimals = 0
    if parts.count == 2 {
      guard parts[1].count <= 4, let number = Int(parts[1]) else { throw error }
      decimals = (parts[1].count..<4).reduce(number) { number, _ in number * 10 }
    }
    let perMillion = whole * 10_000 + decimals
    guard perMillion <= 1_000_000 else { throw error }
    return Share(perMillion: perMillion)
  }

  /// A whole number of seconds, milliseconds or microseconds.
  private static func time(_ text: String, of key: String) throws(ParsingError) -> Duration {
    let units: [(String, Int)] = [("us", 1), ("ms", 1000), ("s", 1_000_000)]
    for (unit, microseconds) in units where text.hasSuffix(unit) {
      let digits = text.dropLast(unit.count)
      guard isNumber(digits), let number = Int(digits), number <= 10_000_000 else { continue }
      let time = Duration.microseconds(number * microseconds)
      if time <= longestTime { return time }
    }
    throw ParsingError(description: "\(key) is a time up to 10s, for example 1ms or 200us, not '\(text)'")
  }

  private static func isNumber(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.count <= 9
      && text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
  }
}
