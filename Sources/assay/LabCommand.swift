import ArgumentParser
import Foundation
import Lab
import ReferenceDevice
import Report

/// `assay lab`: targets that are made on this machine.
struct LabCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lab",
    abstract: "Make targets on this machine and look at them from inside.",
    discussion: """
      'assay run --lab NAME' makes a lab for itself. One that is up stays until 'down', so that its target can be \
      changed between runs:

        assay lab up nft-firewall
        assay lab shell nft-firewall -- nft list ruleset
        assay run --lab nft-firewall --ruleset my-rules.nft
        assay lab down nft-firewall

      The reference device on a TAP interface speaks to other programs as well:

        assay lab up reference-tap
        assay lab shell reference-tap --tester -- ping -c 3 192.0.2.1
      """,
    subcommands: [List.self, Up.self, Down.self, Shell.self, Rules.self, Hold.self]
  )

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the labs.")

    func run() throws {
      for entry in LabCatalogue.entries {
        let holder = try labs { () throws(LabError) in try PersistentLab.find(entry.name) }
        Console.out("\(entry.name)  \(entry.summary)\(holder.map { " (up, process \($0.process))" } ?? "")\n")
      }
    }
  }

  struct Up: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Make a lab that stays up.")

    @Argument(help: "The lab's name.") var name: String = LinuxHostLab.name

    @Option(help: "Deviation of the reference device; may be repeated.") var mutant: [String] = []

    @OptionGroup var rules: RulesetOption

    func run() throws {
      let mutants = try Mutants.named(mutant, in: name)
      var command = [Bundle.main.executablePath ?? CommandLine.arguments[0], "lab", "hold", name]
      command += mutants.map(\.name).sorted().flatMap { ["--mutant", $0] }
      command += rules.files.flatMap { ["--ruleset", $0] }
      let holder = try labs { () throws(LabError) in try PersistentLab.up(name, command: command) }
      holder.remarks.forEach { Console.error("assay: \($0)") }
      Console.out("\(name) is up (process \(holder.process))\n")
    }
  }

  struct Down: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Take a lab down.")

    @Argument(help: "The lab's name.") var name: String = LinuxHostLab.name

    func run() throws {
      try labs { () throws(LabError) in try PersistentLab.down(name) }
      Console.out("\(name) is down\n")
    }
  }

  struct Shell: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Run a command, or a shell, on the target's side of a lab that is up."
    )

    @Argument(help: "The lab's name.") var name: String = LinuxHostLab.name

    @Flag(help: "On the tester's side instead, for example to capture there beside a run.") var tester = false

    @Argument(parsing: .postTerminator, help: "The command and its arguments, behind '--'.") var command:
      [String] = []

    func run() throws {
      try labs { () throws(LabError) in try PersistentLab.shell(name, onTester: tester, command: command) }
    }
  }

  struct Rules: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the packet filter's rules that a lab comes with, to begin with.",
      discussion: "The inner network is at the target's eth0, the outer one at its eth1."
    )

    @Argument(help: "The lab's name.") var name: String

    func run() throws {
      guard let rules = try labs({ () throws(LabError) in try LabCatalogue.rules(of: name) }) else {
        Console.error("\(name) has no packet filter; --ruleset FILE gives it one")
        return
      }
      Console.out(rules)
    }
  }

  /// The process that keeps a lab up; started by `up`.
  struct Hold: ParsableCommand {
    static let configuration = CommandConfiguration(shouldDisplay: false)

    @Argument var name: String

    @Option var mutant: [String] = []

    @OptionGroup var rules: RulesetOption

    func run() throws {
      let mutants = try Mutants.named(mutant, in: name)
      let status = PersistentLab.hold(name, mutants: mutants, rulesets: rules.files)
      if status != 0 { throw ExitCode(status) }
    }
  }
}

/// Turns a lab's failures into messages and exit statuses.
private func labs<Value>(_ body: () throws(LabError) -> Value) throws -> Value {
  do { return try body() } catch { throw Failure.exit(error) }
}
