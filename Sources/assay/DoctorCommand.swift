import ArgumentParser
import Lab
import Report

/// `assay doctor`: what is missing on this machine.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say what this machine lacks, and how to get it."
  )

  @Option(help: "Look at this real interface, too.")
  var interface: String?

  func run() throws {
    let checks = Doctor.examine(interface: interface)
    let width = checks.map(\.name.count).max() ?? 0
    var text = ""
    for check in checks {
      let name = check.name + String(repeating: " ", count: width - check.name.count)
      text += "\(check.status.mark) \(name)  \(check.detail)\n"
      if let remedy = check.remedy {
        text += "          \(String(repeating: " ", count: width))→ \(remedy)\n"
      }
    }
    Console.out(text)
    if checks.contains(where: { $0.status == .missing }) { throw ExitCode(ExitStatus.noPermission.rawValue) }
  }
}

extension DoctorCheck.Status {
  fileprivate var mark: String {
    switch self {
    case .ok: "ok      "
    case .warning: "warning "
    case .missing: "MISSING "
    }
  }
}
