internal import CLinux
internal import Glibc
internal import Link

/// A lab that stays up between commands, held by a process in the background.
public enum PersistentLab {
  /// The lab of this name that is up; a state file whose process is gone is removed.
  public static func find(_ name: String) throws(LabError) -> LabHolder? {
    let directory = LabStateDirectory.ofThisUser
    guard let holder = try directory.read(name) else { return nil }
    if holder.isAlive { return holder }
    directory.remove(name)
    return nil
  }

  /// Starts the holder and waits until the lab is there.
  ///
  /// - Parameters:
  ///   - name: a lab of the catalogue.
  ///   - command: the program and arguments that end in a call of `hold(_:)`, for example
  ///     `["/proc/self/exe", "lab", "hold", "linux-host"]`.
  /// - Returns: the holder.
  /// - Throws: `alreadyUp`, or what kept the holder from making the lab.
  public static func up(_ name: String, command: [String]) throws(LabError) -> LabHolder {
    _ = try LabBlueprint.named(name)
    let directory = LabStateDirectory.ofThisUser
    try directory.prepare()
    let lock = try directory.lock()
    defer { lock.close() }
    if let holder = try find(name) { throw .alreadyUp(name, process: holder.process) }

    var ends: [Int32] = [-1, -1]
    if pipe(&ends) != 0 { throw .failed(step: "open a pipe", reason: SystemErrno.last.text) }
    let (output, input) = (Descriptor(owning: ends[0]), Descriptor(owning: ends[1]))
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let process = spawn(command, output: input.number)
    if process < 0 {
      throw .failed(step: "start \(command.first ?? "")", reason: SystemErrno(-process).text)
    }
    input.close()
    let report = HolderReport(Self.read(output, atMost: 10_000))
    if report == .ready, let holder = try find(name) { return holder }
    kill(process, SIGTERM)
    var status: Int32 = 0
    waitpid(process, &status, 0)
    if case .failed(let error) = report { throw error }
    throw .failed(step: "hold \(name)", reason: "it ended without a word")
  }

  /// Ends the holder and waits until it's gone, and the lab with it.
  ///
  /// - Throws: `notUp`, or `failed` if it doesn't end.
  public static func down(_ name: String) throws(LabError) {
    _ = try LabBlueprint.named(name)
    guard let holder = try find(name) else { throw .notUp(name) }
    let directory = LabStateDirectory.ofThisUser
    let lock = try directory.lock()
    defer { lock.close() }
    kill(holder.process, SIGTERM)
    var waited = 0
    while holder.isAlive {
      if waited == 2000 { kill(holder.process, SIGKILL) }
      if waited > 4000 { throw .failed(step: "end process \(holder.process)", reason: "it doesn't end") }
      usleep(1000)
      waited += 1
    }
    directory.remove(name)
  }

  /// Moves into a namespace of a lab that is up, and becomes a command there.
  ///
  /// - Parameters:
  ///   - name: the lab.
  ///   - isTester: whether on the tester's side, to look at the wire from there; else on the target's.
  ///   - command: the program, looked for in `PATH`, and its arguments; if empty, the user's shell.
  /// - Returns: never; it throws, or the process is another program.
  /// - Throws: `notUp`, or `failed`.
  public static func shell(_ name: String, onTester isTester: Bool = false, command: [String] = [])
    throws(LabError) -> Never
  {
    _ = try LabBlueprint.named(name)
    guard let holder = try find(name) else { throw .notUp(name) }
    let lab = try holder.join()
    try (isTester ? lab.tester : lab.target).enter()
    let words = command.isEmpty ? [getenv("SHELL").map { String(cString: $0) } ?? "/bin/sh"] : command
    let reason = withArguments(words) { arguments -> SystemErrno in
      if let program = arguments.first, let program { execvp(program, arguments) }
      return .last
    }
    throw .failed(step: "run \(words[0])", reason: reason.text)
  }

  private static func spawn(_ command: [String], output: Int32) -> Int32 {
    guard let program = command.first else { return -ENOENT }
    return withArguments(command) { assay_spawn_detached(program, $0, output) }
  }

  /// What the holder says until it closes the pipe, or nothing more comes for this many milliseconds.
  private static func read(_ output: Descriptor, atMost milliseconds: Int64) -> String {
    var text: [UInt8] = []
    while assay_wait_readable([output.number], 1, milliseconds * 1_000_000) > 0 {
      var buffer = [UInt8](repeating: 0, count: 4096)
      let length = Glibc.read(output.number, &buffer, buffer.count)
      if length <= 0 { break }
      text += buffer[..<length]
    }
    return String(decoding: text, as: UTF8.self)
  }
}
