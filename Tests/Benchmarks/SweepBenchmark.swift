import Foundation

/// All types and codes of ICMPv4 from one side of the nft lab to the other: the built command's own measure of its sweep, and a
/// C program that makes the same system calls with the same frames.
struct SweepBenchmark: Benchmark {
  let command: CProgram
  let program: CProgram
  /// What the filter lets through, and the rules; nil for those that the lab comes with.
  let title: String
  let rules: String?
  private let folder = FileManager.default.temporaryDirectory.appending(path: "assay-sweep-bench-\(getpid())")
  private var ours: [Double] = []
  private var theirs: [Double] = []
  private var isUp = false

  init(title: String, rules: String?, command: CProgram, program: CProgram) {
    (self.title, self.rules, self.command, self.program) = (title, rules, command, program)
  }

  /// Lets everything through.
  static let open = """
    table ip open {
      chain forward {
        type filter hook forward priority filter; policy accept;
        counter
      }
    }

    """

  /// The lab's name.
  private static let lab = "nft-firewall"

  mutating func measure() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // A lab of its own, whatever this user has up.
    setenv("XDG_RUNTIME_DIR", folder.path, 1)
    var arguments: [String] = []
    if let rules {
      let file = folder.appending(path: "rules.nft")
      try rules.write(to: file, atomically: true, encoding: .utf8)
      arguments = ["--ruleset", file.path]
    }
    _ = try command.run(["lab", "up", Self.lab] + arguments)
    defer { _ = try? command.run(["lab", "down", Self.lab]) }
    let file = folder.appending(path: "sweep.json")
    _ = try command.run([
      "sweep", "--lab", Self.lab, "--ip", "4", "--direction", "outbound", "--state", "unsolicited", "--quiet",
      "--json", file.path,
    ])
    let swept = try Swept(file)
    ours.append(swept.seconds)
    let text = try command.run([
      "lab", "shell", Self.lab, "--tester", "--", "\(program.folder)/\(program.name)", "near0", "far0",
      "\(swept.copies)",
    ])
    let numbers = text.split { $0 == " " || $0 == "\n" }.compactMap { Double($0) }
    // It must have found out the same, or it did something else.
    guard numbers.count == 4, numbers.dropFirst().map({ Int($0) }) == swept.counts else {
      throw BenchmarkFailure.isWrong("\(program.name) printed \(text), not \(swept.counts)")
    }
    theirs.append(numbers[0])
  }

  var rows: [Row] {
    [
      Row(
        name: "65,536 types and codes, \(title)",
        unit: "s",
        ours: ours,
        reference: (program.name, theirs),
        bar: .atMost(1.3)
      )
    ]
  }

  /// What the sweep says of itself.
  private struct Swept {
    var seconds: Double
    /// Probes besides the first attempt and the second at what vanished.
    var copies: Int
    /// Delivered, rejected, dropped.
    var counts: [Int]

    init(_ file: URL) throws {
      let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
      let slices = json?["slices"] as? [[String: Any]]
      guard let slice = slices?.first, let evidence = slice["evidence"] as? [String: Any],
        let nanoseconds = evidence["nanoseconds"] as? Int, let sent = evidence["probesSent"] as? Int
      else { throw BenchmarkFailure.isWrong("the saved sweep") }
      var numbers: [String: Int] = [:]
      for range in slice["ranges"] as? [[String: Any]] ?? [] {
        guard let types = range["types"] as? [Int], let codes = range["codes"] as? [Int],
          let fate = (range["fate"] as? [String: Any])?["fate"] as? String
        else { continue }
        numbers[fate, default: 0] += (types[1] - types[0] + 1) * (codes[1] - codes[0] + 1)
      }
      seconds = Double(nanoseconds) / 1e9
      counts = ["delivered", "rejected", "dropped"].map { numbers[$0, default: 0] }
      copies = sent - 65_536 - counts[2]
    }
  }
}

extension CProgram {
  /// Runs it to its end; what it printed.
  fileprivate func run(_ arguments: [String]) throws -> String { try start(words: arguments).text() }
}
