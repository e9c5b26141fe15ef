internal import CLinux
internal import Glibc
internal import Link

/// How a program ended and what it said.
public struct ProgramResult: Hashable, Sendable {
  /// Its exit status, or 128 and the number of the signal that ended it.
  public var status: Int32
  /// Its standard output.
  public var output: String
  /// Its standard error.
  public var errors: String
}

extension OpenLab {
  /// Runs a program on the target's side to its end, for example `["nft", "-j", "list", "ruleset"]`.
  ///
  /// - Parameters:
  ///   - command: the program, looked for in `PATH` and in the directories of administrators' programs, and its arguments.
  ///   - input: its standard input.
  /// - Returns: how it ended and what it said.
  /// - Throws: `failed` if there's no such program or it can't be run; its own failure is its result's matter.
  public func runInTarget(_ command: [String], input: String = "") throws(LabError) -> ProgramResult {
    guard let name = command.first, let path = Program.find(name) else {
      throw .failed(step: "run \(command.first ?? "nothing")", reason: "no such program")
    }
    return try inTarget { Program.run([path] + command.dropFirst(), input: input) }.get()
  }
}

/// Programs of this machine.
enum Program {
  /// The first of some programs that is there, in `PATH` and where administrators' programs are; nil if none is.
  static func find(_ names: String...) -> String? {
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    let directories = path.split(separator: ":").map(String.init) + ["/usr/sbin", "/sbin", "/usr/local/sbin"]
    let files = names.flatMap { name in
      name.contains("/") ? [name] : directories.map { "\($0)/\(name)" }
    }
    return files.first { access($0, X_OK) == 0 }
  }

  /// Runs a program in the calling thread's namespaces.
  static func run(_ words: [String], input: String) -> Result<ProgramResult, LabError> {
    // Files in memory, unlike pipes, never fill up while nobody reads.
    let files = (0..<3).map { _ in Descriptor(owning: assay_memory_file()) }
    defer { files.forEach { $0.close() } }
    func failure(_ code: Int32) -> LabError {
      .failed(step: "run \(words[0])", reason: SystemErrno(code).text)
    }
    if let refused = files.first(where: { $0.number < 0 }) { return .failure(failure(-refused.number)) }
    let bytes = Array(input.utf8)
    if pwrite(files[0].number, bytes, bytes.count, 0) != bytes.count { return .failure(failure(errno)) }
    var status: Int32 = 0
    let outcome = withArguments(words) {
      assay_run(words[0], $0, files[0].number, files[1].number, files[2].number, &status)
    }
    if outcome < 0 { return .failure(failure(-outcome)) }
    let texts = files.dropFirst().map { text(of: $0) }
    return .success(ProgramResult(status: status, output: texts[0], errors: texts[1]))
  }

  /// All that is in a file.
  static func text(of file: Descriptor) -> String {
    var bytes: [UInt8] = []
    while true {
      var length = 0
      let part = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
        length = pread(file.number, buffer.baseAddress, buffer.count, off_t(bytes.count))
        count = max(0, length)
      }
      if length <= 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += part
    }
  }
}

/// Calls with a program's arguments as C wants them: ended by nil.
func withArguments<Result>(
  _ words: [String],
  _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
  pointers.append(nil)
  defer { for pointer in pointers { free(pointer) } }
  return body(pointers)
}
