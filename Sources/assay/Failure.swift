import ArgumentParser
import Foundation
import Lab
import Report

/// Ends the command with a message on standard error and an exit status.
enum Failure {
  static func exit(_ status: ExitStatus, _ message: String) -> ExitCode {
    Console.error("assay: \(message)")
    return ExitCode(status.rawValue)
  }

  /// The same for what went wrong with a lab.
  static func exit(_ error: LabError) -> ExitCode {
    let status: ExitStatus =
      switch error {
      case .unknown, .simulated, .alreadyUp, .notUp: .usage
      case .rulesRefused: .badInput
      case .rulesUnreadable: .noInput
      case .forbidden: .noPermission
      case .failed, .programMissing, .stateFile: .unavailable
      }
    return exit(status, "\(error)")
  }
}

/// Standard output for results, standard error for everything else.
enum Console {
  static func out(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }

  static func error(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

  /// Whether standard error is a terminal that can redraw a line.
  static var isInteractive: Bool {
    isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  /// Whether standard output may be coloured [no-color.org].
  static var style: TerminalSummary.Style {
    let environment = ProcessInfo.processInfo.environment
    if let value = environment["NO_COLOR"], !value.isEmpty { return .plain }
    if let value = environment["FORCE_COLOR"], !value.isEmpty { return .ansi }
    return isatty(STDOUT_FILENO) == 1 && environment["TERM"] != "dumb" ? .ansi : .plain
  }

  /// Columns of the terminal, or 100.
  static var width: Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
    return min(Int(size.ws_col), 140)
  }
}
