internal import Glibc

/// A file descriptor which is closed exactly once, at the latest with its last reference.
package final class Descriptor {
  /// The number, or -1 after `close()`.
  package private(set) var number: Int32

  /// Takes the ownership of an open descriptor.
  package init(owning number: Int32) { self.number = number }

  /// Opens a file for this process alone (not for its children).
  package init(opening path: String, flags: Int32 = O_RDONLY) throws(SystemErrno) {
    let number = open(path, flags | O_CLOEXEC)
    if number < 0 { throw .last }
    self.number = number
  }

  deinit { close() }

  /// Gives the descriptor up to the process: it stays open until the process ends.
  package func release() -> Int32 {
    defer { number = -1 }
    return number
  }

  package func close() {
    if number >= 0 { _ = Glibc.close(number) }
    number = -1
  }
}
