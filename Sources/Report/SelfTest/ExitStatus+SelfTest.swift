public import SelfTest

extension ExitStatus {
  /// The exit status of a self-test; the worst wins.
  ///
  /// One that was cut short says so before anything else.
  public init(_ result: SelfTestResult) {
    self =
      switch (result.interruptedBy, result.conclusion) {
      case ("SIGTERM"?, _): .terminated
      case (.some, _): .interrupted
      case (nil, .nothingSelected): .nothingSelected
      case (nil, .refuted): .failed
      case (nil, .inconclusive): .inconclusive
      case (nil, .proved): .conforming
      }
  }
}
