internal import CLinux
internal import Glibc
internal import Link

/// A child process that serves a lab and ends with the process that made it, however that ends.
struct Companion: Hashable, Sendable {
  /// Its number.
  var process: Int32
  /// A descriptor that gets an error condition when the child is gone.
  var life: Int32

  /// Forks a child that does some work and then ends.
  ///
  /// - Parameters:
  ///   - name: what the child is called in lists of processes, at most 15 characters.
  ///   - descriptors: what it keeps of the open descriptors.
  ///   - work: gets a descriptor that becomes readable when the work is to end.
  /// - Returns: the child, in the parent alone.
  /// - Throws: `failed`; also if this process has several threads, since only one of them would be in the child.
  static func start(
    _ name: String,
    keeping descriptors: [Int32],
    _ work: (_ life: Int32) -> Void
  ) throws(LabError) -> Companion {
    guard threads == 1 else {
      throw .failed(step: "start \(name)", reason: "a process with several threads can't fork it")
    }
    var life: Int32 = -1
    let process = assay_fork_companion(name, descriptors, Int32(descriptors.count), &life)
    if process < 0 { throw .failed(step: "start \(name)", reason: SystemErrno(-process).text) }
    if process == 0 {
      work(life)
      _exit(0)
    }
    return Companion(process: process, life: life)
  }

  /// Ends the child and waits until it's gone.
  func end() {
    close(life)
    kill(process, SIGKILL)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
  }

  /// How many threads this process has; 0 if it can't be known.
  private static var threads: Int {
    let line = (try? readSmallFile("/proc/self/status"))?.split(separator: "\n")
      .first { $0.hasPrefix("Threads:") }
    return line.flatMap { Int($0.dropFirst(8).filter(\.isNumber)) } ?? 0
  }
}
