import Glibc
import InputWatch

/// Examines inputs one by one and keeps count of what they cost.
struct Examiner {
  let target: FuzzTarget
  private(set) var count = 0
  private(set) var slowest = 0.0
  private(set) var wrongs: [String] = []
  /// Seconds of processor time that an input may take.
  private let limit: Double
  private let start = Watch.clock()

  init(_ target: FuzzTarget, limit: Double) {
    self.target = target
    self.limit = limit
  }

  mutating func examine(_ input: [UInt8], named name: @autoclosure () -> String) {
    count += 1
    let before = Watch.clock()
    do throws(BrokenProperty) {
      try target.examine(input)
    } catch {
      wrongs.append("\(name()): \(error)")
    }
    let time = Watch.clock() - before
    slowest = max(slowest, time)
    if time > limit { wrongs.append("\(name()): took \(time) seconds") }
  }

  /// Examines an input, and again, when all that is kept for later is there: memory that grows each time leaks.
  mutating func examineRepeatedly(_ input: [UInt8], named name: String) {
    examine(input, named: name)
    guard wrongs.isEmpty else { return }
    var least = Int.max
    // The allocator keeps some pieces back, but not the same each time.
    for _ in 0..<20 where least > 0 {
      let before = Watch.octetsInUse()
      try? target.examine(input)
      least = min(least, Watch.octetsInUse() - before)
    }
    if least > 0 { wrongs.append("\(name): leaks \(least) octets") }
  }

  /// `wire: 1000 inputs, 3 s, slowest 2 ms, most memory 40 MiB, 0 wrong`.
  var report: String {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return "\(target.rawValue): \(count) inputs, \(Int((Watch.clock() - start).rounded())) s, slowest "
      + "\(Int((slowest * 1000).rounded(.up))) ms, most memory \(usage.ru_maxrss >> 10) MiB, \(wrongs.count) wrong"
  }
}
