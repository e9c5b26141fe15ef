import CLinux
import Foundation

/// A program to be compared with, built by the Makefile into one folder with the others.
///
/// It's started by the system's own call: Foundation's `Process` needs a loopback interface, which the lab hasn't got.
struct CProgram {
  let folder: String
  let name: String

  /// A program that was started.
  struct Running {
    let name: String
    let process: Int32
    let output: FileHandle

    /// Waits for a line of its output.
    func awaitLine() throws {
      while let octet = try output.read(upToCount: 1), !octet.isEmpty, octet != Data([10]) {}
    }

    /// Waits for its end; what it printed.
    func text() throws -> String {
      let data = try output.readToEnd() ?? Data()
      var status: Int32 = 0
      waitpid(process, &status, 0)
      let text = String(decoding: data, as: UTF8.self)
      guard status == 0 else {
        throw BenchmarkFailure.isWrong("\(name) ended with status \(status): \(text)")
      }
      return text
    }

    /// The same, as numbers.
    func numbers() throws -> [Double] {
      let text = try text()
      let numbers = text.split { $0 == " " || $0 == "\n" }.map { Double($0) ?? .nan }
      guard !numbers.isEmpty, numbers.allSatisfy(\.isFinite) else {
        throw BenchmarkFailure.isWrong("\(name) printed \(text)")
      }
      return numbers
    }
  }

  /// Starts it in the network namespace of this thread.
  func start(_ arguments: String...) throws -> Running { try start(words: arguments) }

  /// The same with a list.
  func start(words arguments: [String]) throws -> Running {
    let pipe = Pipe()
    var words: [UnsafeMutablePointer<CChar>?] = ([name] + arguments).map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    let process = assay_spawn_detached(
      "\(folder)/\(name)",
      &words,
      pipe.fileHandleForWriting.fileDescriptor
    )
    try pipe.fileHandleForWriting.close()
    guard process > 0 else { throw BenchmarkFailure.isWrong("\(name) can't be started: \(process)") }
    return Running(name: name, process: process, output: pipe.fileHandleForReading)
  }
}
