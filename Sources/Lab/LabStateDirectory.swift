internal import Glibc
internal import Link

/// The directory of one user in which each lab that's up has a file.
struct LabStateDirectory {
  var path: String

  /// `$XDG_RUNTIME_DIR/assay`, else `/tmp/assay-UID`.
  ///
  /// The user's number is the one outside of user namespaces, so this is to be asked for before a lab is entered.
  static var ofThisUser: LabStateDirectory {
    if let runtime = getenv("XDG_RUNTIME_DIR").map({ String(cString: $0) }), runtime.hasPrefix("/") {
      return LabStateDirectory(path: runtime + "/assay")
    }
    return LabStateDirectory(path: "/tmp/assay-\(getuid())")
  }

  /// Makes it where it's missing; refuses one that others can write to.
  func prepare() throws(LabError) {
    if mkdir(path, 0o700) != 0, errno != EEXIST {
      throw .stateFile(path: path, reason: SystemErrno.last.text)
    }
    try verify()
  }

  /// Whether it's there, and nobody else's.
  @discardableResult
  func verify() throws(LabError) -> Bool {
    var facts = stat()
    if lstat(path, &facts) != 0 {
      if errno == ENOENT { return false }
      throw .stateFile(path: path, reason: SystemErrno.last.text)
    }
    guard facts.st_mode & S_IFMT == S_IFDIR, facts.st_uid == getuid(), facts.st_mode & 0o022 == 0 else {
      throw .stateFile(
        path: path,
        reason: "must be a directory of your own that nobody else can write (XDG_RUNTIME_DIR chooses another)"
      )
    }
    return true
  }

  func file(of name: String) -> String { "\(path)/\(name).lab" }

  /// The holder that a file names; nil if there's none or it isn't understood.
  func read(_ name: String) throws(LabError) -> LabHolder? {
    guard try verify(), let text = try? readSmallFile(file(of: name)) else { return nil }
    return LabHolder(text)
  }

  /// Writes a holder's file, whole or not at all.
  func write(_ holder: LabHolder) throws(LabError) {
    let (temporary, final) = ("\(path)/.\(holder.name).\(getpid())", file(of: holder.name))
    let number = creat(temporary, 0o600)
    if number < 0 { throw .stateFile(path: temporary, reason: SystemErrno.last.text) }
    let descriptor = Descriptor(owning: number)
    let bytes = Array(holder.text.utf8)
    let isWritten = Glibc.write(number, bytes, bytes.count) == bytes.count
    descriptor.close()
    if !isWritten || rename(temporary, final) != 0 {
      let reason = SystemErrno.last.text
      unlink(temporary)
      throw .stateFile(path: final, reason: reason)
    }
  }

  func remove(_ name: String) { unlink(file(of: name)) }

  /// Keeps others from taking a lab up or down until the result is gone.
  func lock() throws(LabError) -> Descriptor {
    let file = try lockFile(".lock")
    if flock(file.number, LOCK_EX) != 0 { throw .stateFile(path: path, reason: SystemErrno.last.text) }
    return file
  }

  /// Claims a lab that is up for this process, until it ends.
  ///
  /// Two runs in one lab would speak from the same addresses.
  ///
  /// - Throws: `failed` if another process has it.
  func claim(_ name: String) throws(LabError) {
    let file = try lockFile(".\(name).use")
    if flock(file.number, LOCK_EX | LOCK_NB) != 0 {
      throw .failed(
        step: "join \(name)",
        reason: "another run uses it; wait for its end, or 'assay lab down \(name)'"
      )
    }
    _ = file.release()
  }

  private func lockFile(_ name: String) throws(LabError) -> Descriptor {
    let file = "\(path)/\(name)"
    let number = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    if number < 0 { throw .stateFile(path: file, reason: SystemErrno.last.text) }
    return Descriptor(owning: number)
  }
}
