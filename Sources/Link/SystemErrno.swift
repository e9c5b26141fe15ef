internal import Glibc

/// A system call's failure.
package struct SystemErrno: Error, Hashable, Sendable {
  /// The number of the error, positive, for example `EPERM`.
  package var code: Int32
  package init(_ code: Int32) { self.code = code }

  /// The failure of the call just made.
  package static var last: SystemErrno { SystemErrno(errno) }

  /// The system's words for it, for example `Operation not permitted`.
  package var text: String {
    guard let words = strerror(code) else { return "error \(code)" }
    return String(cString: words)
  }
}
