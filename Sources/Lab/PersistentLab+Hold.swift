internal import CLinux
internal import Glibc
internal import Link

extension PersistentLab {
  /// Makes a lab and holds it until SIGTERM; the body of the process that `up` starts.
  ///
  /// It says on standard output either that the lab is ready or why it isn't, then closes it.
  ///
  /// - Parameters:
  ///   - name: a lab of the catalogue.
  ///   - rulesets: files with rules that take the place of the lab's own.
  /// - Returns: the process's exit status.
  public static func hold(_ name: String, rulesets: [String] = []) -> Int32 {
    // The user's number and the directory belong to the world outside, so they come first.
    let directory = LabStateDirectory.ofThisUser
    do throws(LabError) {
      let blueprint = try LabBlueprint.named(name)
      SignalFlag.install()
      let lab = try LabMaker.make(blueprint, rulesets: rulesets)
      guard let ticks = LabHolder.startTicks(of: getpid()) else {
        throw .failed(step: "look at /proc", reason: "this process isn't there")
      }
      try directory.write(
        LabHolder(
          name: name,
          process: getpid(),
          startTicks: ticks,
          targetDescriptor: lab.target.number,
          isRootless: lab.isRootless,
          hasIPv6: lab.hasIPv6,
          hasEcho: lab.hasEcho,
          remarks: lab.remarks,
          rulesets: rulesets
        )
      )
      chdir("/")
      say(HolderReport.ready.text)
    } catch {
      say(HolderReport.failed(error).text)
      return 1
    }
    while SignalFlag.pending == nil { _ = assay_wait_readable([assay_signal_descriptor()], 1, -1) }
    directory.remove(name)
    return 0
  }

  /// Hands one text to the process that waits for it.
  private static func say(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(STDOUT_FILENO, bytes, bytes.count)
    let nothing = open("/dev/null", O_WRONLY)
    if nothing >= 0 { dup2(nothing, STDOUT_FILENO) }
  }
}
