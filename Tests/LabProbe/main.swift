import Glibc
import Lab
import Link

// Runs one scenario in a lab and prints what happened as lines of key=value; the tests read and judge them.

let arguments = Arguments(Array(CommandLine.arguments.dropFirst()))

do {
  switch arguments.scenario {
  case "open": try Scenario.open(arguments, thenSleeps: arguments.rest.contains("--sleep"))
  case "echo": try Scenario.echo()
  case "seen": try Scenario.seen()
  case "burst": try Scenario.burst(arguments.number(0))
  case "errors": try Scenario.errors(arguments.number(0))
  case "down": try Scenario.down(flaps: arguments.rest.contains("--flap"))
  case "costs": try Scenario.costs()
  case "vanish": try Scenario.vanish()
  case "small-buffer": try Scenario.smallBuffer(arguments.number(0))
  case "unprivileged": try Scenario.unprivileged()
  case "settings": try Scenario.settings(arguments)
  case "signal": try Scenario.signal()
  case "mute": try Scenario.mute()
  case "services": try Scenario.services()
  case "route": try Scenario.route()
  case "refused": try Scenario.refused()
  case "refused-among": try Scenario.refusedAmong(arguments.number(0), at: arguments.number(1))
  case "passage": try Scenario.passage(arguments)
  case "routes": try Scenario.routes(arguments)
  case "reply": try Scenario.reply(arguments)
  case "witness": try Scenario.witness(arguments)
  case "up":
    let rules = arguments.rulesets.flatMap { ["--ruleset", $0] }
    let command = ["/proc/self/exe", "hold", "--lab", arguments.lab] + rules
    report("process", try PersistentLab.up(arguments.lab, command: command).process)
  case "hold": exit(PersistentLab.hold(arguments.lab, rulesets: arguments.rulesets))
  case "take-down": try PersistentLab.down(arguments.lab)
  case "shell": try PersistentLab.shell(arguments.lab, command: arguments.rest)
  case "doctor":
    for check in Doctor.examine(interface: arguments.rest.first) {
      report(check.name, "\(check.status) \(check.detail) \(check.remedy ?? "")")
    }
  default: exit(64)
  }
} catch {
  report("error", error)
  exit(1)
}
