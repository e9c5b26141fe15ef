import Glibc
import Lab
import Link

// Runs one scenario in a lab and prints what happened as lines of key=value; the tests read and judge them.

let arguments = CommandLine.arguments

do {
  switch arguments.dropFirst().first {
  case "open": try Scenario.open(thenSleeps: arguments.contains("--sleep"))
  case "echo": try Scenario.echo()
  case "seen": try Scenario.seen()
  case "burst": try Scenario.burst(Int(arguments[2]) ?? 0)
  case "errors": try Scenario.errors(Int(arguments[2]) ?? 0)
  case "down": try Scenario.down(flaps: arguments.contains("--flap"))
  case "costs": try Scenario.costs()
  case "vanish": try Scenario.vanish()
  case "small-buffer": try Scenario.smallBuffer(Int(arguments[2]) ?? 0)
  case "unprivileged": try Scenario.unprivileged()
  case "settings": try Scenario.settings()
  case "signal": try Scenario.signal()
  case "mute": try Scenario.mute()
  case "services": try Scenario.services()
  case "route": try Scenario.route()
  case "refused": try Scenario.refused()
  case "refused-among": try Scenario.refusedAmong(Int(arguments[2]) ?? 0, at: Int(arguments[3]) ?? 0)
  case "up":
    let command = ["/proc/self/exe", "hold", LinuxHostLab.name]
    report("process", try PersistentLab.up(LinuxHostLab.name, command: command).process)
  case "hold": exit(PersistentLab.hold(arguments[2]))
  case "take-down": try PersistentLab.down(LinuxHostLab.name)
  case "shell": try PersistentLab.shell(LinuxHostLab.name, command: Array(arguments.dropFirst(2)))
  case "doctor":
    for check in Doctor.examine(interface: arguments.dropFirst(2).first) {
      report(check.name, "\(check.status) \(check.detail) \(check.remedy ?? "")")
    }
  default: exit(64)
  }
} catch {
  report("error", error)
  exit(1)
}
