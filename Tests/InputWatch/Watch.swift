internal import CAllocator
internal import Glibc

/// The number of the input that is being examined, for the handler of signals.
nonisolated(unsafe) private var current: UInt64 = 0

/// What one input costs, and which one it was when the process dies.
public enum Watch {
  /// Names the input that is being examined when the process traps, or runs out of stack or memory.
  public static func nameInputsThatTrap() {
    // A stack of its own, because the other one may be full.
    let size = 1 << 16
    var stack = stack_t(ss_sp: malloc(size), ss_flags: 0, ss_size: size)
    sigaltstack(&stack, nil)
    for signal in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE] {
      var action = sigaction()
      action.sa_flags = SA_ONSTACK | Int32(bitPattern: UInt32(SA_RESETHAND))
      action.__sigaction_handler.sa_handler = { signal in
        Watch.write("a trap at number ", current)
        raise(signal)
      }
      sigaction(signal, &action, nil)
    }
  }

  /// Says which input is examined next.
  public static func begin(_ number: UInt64) { current = number }

  /// Without memory of its own.
  private static func write(_ text: StaticString, _ number: UInt64) {
    Glibc.write(2, text.utf8Start, text.utf8CodeUnitCount)
    var divisor: UInt64 = 10_000_000_000_000_000_000
    var isLeading = true
    while divisor > 0 {
      var digit = UInt8(ascii: "0") + UInt8(number / divisor % 10)
      if digit != UInt8(ascii: "0") || divisor == 1 { isLeading = false }
      if !isLeading { Glibc.write(2, &digit, 1) }
      divisor /= 10
    }
    var newline = UInt8(ascii: "\n")
    Glibc.write(2, &newline, 1)
  }

  /// Kibibytes of memory that the process has now, and at most since the last call.
  public static func memory() -> (now: Int, most: Int) {
    var (now, most) = (0, 0)
    guard let file = fopen("/proc/self/status", "r") else { return (0, 0) }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let words = text.split { $0 == " " || $0 == "\t" || $0 == "\n" }
      guard words.count > 1 else { continue }
      if words[0] == "VmRSS:" { now = Int(words[1]) ?? 0 }
      if words[0] == "VmHWM:" { most = Int(words[1]) ?? 0 }
    }
    // From here on the most is counted anew.
    if let peaks = fopen("/proc/self/clear_refs", "w") {
      fputs("5", peaks)
      fclose(peaks)
    }
    return (now, most)
  }

  /// Octets that were allocated and not given back.
  public static func octetsInUse() -> Int {
    let counts = mallinfo2()
    return Int(counts.uordblks) + Int(counts.hblkhd)
  }

  /// Seconds of processor time, whatever else the machine does.
  public static func clock() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
