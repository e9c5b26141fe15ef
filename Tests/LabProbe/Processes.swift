import Glibc

/// Prints one finding at once, so that it's there also if the process is killed later.
func report<Value>(_ key: String, _ value: Value) {
  let line = Array("\(key)=\(value)\n".utf8)
  _ = write(STDOUT_FILENO, line, line.count)
}

/// Runs a program to its end, in the calling thread's namespace; its exit status.
@discardableResult
func run(_ command: [String]) -> Int32 {
  var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
  arguments.append(nil)
  defer { for argument in arguments { free(argument) } }
  var files = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&files)
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
  defer { posix_spawn_file_actions_destroy(&files) }
  var process: pid_t = 0
  guard posix_spawnp(&process, command[0], &files, nil, arguments, environ) == 0 else { return -1 }
  var status: Int32 = 0
  waitpid(process, &status, 0)
  return status
}

/// What a symbolic link says, for example `net:[4026531840]`.
func link(to path: String) -> String {
  var buffer = [UInt8](repeating: 0, count: 256)
  let length = buffer.withUnsafeMutableBytes { bytes in
    bytes.withMemoryRebound(to: CChar.self) { text in
      text.baseAddress.map { readlink(path, $0, text.count) } ?? 0
    }
  }
  return String(decoding: buffer.prefix(max(0, length)), as: UTF8.self)
}
