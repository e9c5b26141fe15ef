import Glibc

#if LIBFUZZER
  /// libFuzzer's own loop; it ends the process.
  @_silgen_name("LLVMFuzzerRunDriver")
  private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
  ) -> CInt

  nonisolated(unsafe) private var examiner = Examiner(.wire, limit: 1)

  /// Inputs that libFuzzer finds by what code they reach.
  enum Guided {
    /// The environment variable that names the target to processes started by libFuzzer.
    static let variable = "FUZZ_TARGET"

    /// Runs with libFuzzer's options; a broken property or a slow input ends the process like a trap, so that libFuzzer
    /// keeps the input.
    static func run(_ target: FuzzTarget, arguments: [String]) {
      // It starts this program again to minimise inputs, with its own options only.
      setenv(variable, target.rawValue, 1)
      examiner = Examiner(target, limit: 1)
      var strings = ([CommandLine.arguments[0]] + arguments).map { strdup($0) }
      strings.append(nil)
      var count = CInt(strings.count - 1)
      atexit { print(examiner.report) }
      strings.withUnsafeMutableBufferPointer { buffer in
        guard var base = buffer.baseAddress else { return }
        _ = runDriver(&count, &base) { start, count in
          examiner.examine(Array(UnsafeBufferPointer(start: start, count: count)), named: "an input")
          if let wrong = examiner.wrongs.first { fatalError(wrong) }
          return 0
        }
      }
    }
  }
#endif
