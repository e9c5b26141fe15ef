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
  case "signal": try Scenario.signal()
  case "mute": try Scenario.mute()
  case "route": try Scenario.route()
  case "refused": try Scenario.refused()
  case "up":
    let holder = try PersistentLab.up(LinuxHostLab.name, command: ["/proc/self/exe", "hold", LinuxHostLab.name])
    report("process", holder.process)
  case "hold": exit(PersistentLab.hold(arguments[2]))
  case "take-down": try PersistentLab.down(LinuxHostLab.name)
  case "shell": try PersistentLab.shell(LinuxHostLab.name, command: Array(arguments.dropFirst(2)))
  default: exit(64)
  }
} catch {
  report("error", error)
  exit(1)
}
