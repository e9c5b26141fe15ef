internal import CLinux
internal import Glibc
internal import Link

/// What the state file says about a lab that is up: which process holds it, and where its namespaces are.
public struct LabHolder: Hashable, Sendable {
  /// Its name in the catalogue.
  public var name: String
  /// The process that holds it.
  public var process: Int32
  /// When that process started, in the kernel's ticks: tells it from a later one with the same number.
  var startTicks: UInt64
  /// The holder's descriptor of the target's namespace.
  var targetDescriptor: Int32
  /// Made in a user namespace, without privileges.
  public var isRootless: Bool
  var hasIPv6: Bool
  var hasEcho: Bool
  /// What isn't as it should be, a sentence each; usually none.
  public var remarks: [String]
  /// The files whose rules its target was made with, in place of the lab's own.
  public var rulesets: [String] = []

  /// Whether the holder still runs.
  var isAlive: Bool { Self.startTicks(of: process) == startTicks }

  /// When a process started, in ticks since the machine did; nil if there's no such process or it's a zombie.
  static func startTicks(of process: Int32) -> UInt64? {
    guard let text = try? readSmallFile("/proc/\(process)/stat"),
      let end = text.lastIndex(of: ")")  // The name before it may hold anything.
    else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
    return UInt64(fields[19])
  }

  /// Moves the calling thread into the tester's namespace of the lab.
  ///
  /// - Throws: `LabError.failed`, for example if the lab belongs to another user.
  public func join() throws(LabError) -> OpenLab {
    let start = ContinuousClock.now
    let blueprint = try LabBlueprint.named(name)
    // All are opened before the first step: afterwards the other namespace may hide them.
    let user = isRootless ? try NamespaceDescriptor.open("/proc/\(process)/ns/user") : nil
    let tester = try NamespaceDescriptor.open("/proc/\(process)/ns/net")
    let target = try NamespaceDescriptor.open("/proc/\(process)/fd/\(targetDescriptor)")
    // Another process might have got the number between the look and the open.
    if !isAlive { throw .notUp(name) }
    try user?.enter(assay_clone_newuser)
    try tester.enter()
    return OpenLab(
      blueprint: blueprint,
      origin: .joined(process: process),
      elapsed: ContinuousClock.now - start,
      isRootless: isRootless,
      hasIPv6: hasIPv6,
      hasEcho: hasEcho,
      remarks: remarks,
      rulesets: rulesets,
      target: target,
      tester: tester
    )
  }

  /// The lines of the state file.
  var text: String {
    """
    name=\(name)
    process=\(process)
    start-ticks=\(startTicks)
    target-descriptor=\(targetDescriptor)
    rootless=\(isRootless)
    ipv6=\(hasIPv6)
    echo=\(hasEcho)

    """ + remarks.map { "remark=\($0)\n" }.joined() + rulesets.map { "ruleset=\($0)\n" }.joined()
  }

  init(
    name: String,
    process: Int32,
    startTicks: UInt64,
    targetDescriptor: Int32,
    isRootless: Bool,
    hasIPv6: Bool,
    hasEcho: Bool,
    remarks: [String],
    rulesets: [String] = []
  ) {
    self.name = name
    self.process = process
    self.startTicks = startTicks
    self.targetDescriptor = targetDescriptor
    self.isRootless = isRootless
    self.hasIPv6 = hasIPv6
    self.hasEcho = hasEcho
    self.remarks = remarks
    self.rulesets = rulesets
  }

  /// Reads a state file's lines; nil if something is missing or isn't understood.
  init?(_ text: String) {
    var values: [Substring: Substring] = [:]
    var (remarks, rulesets): ([String], [String]) = ([], [])
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      switch parts[0] {
      case "remark": remarks.append(String(parts[1]))
      case "ruleset": rulesets.append(String(parts[1]))
      default: values[parts[0]] = parts[1]
      }
    }
    guard let name = values["name"], let process = values["process"].flatMap({ Int32($0) }), process > 1,
      let ticks = values["start-ticks"].flatMap({ UInt64($0) }),
      let target = values["target-descriptor"].flatMap({ Int32($0) }),
      let isRootless = values["rootless"].flatMap({ Bool(String($0)) }),
      let hasIPv6 = values["ipv6"].flatMap({ Bool(String($0)) }),
      let hasEcho = values["echo"].flatMap({ Bool(String($0)) })
    else { return nil }
    self.init(
      name: String(name),
      process: process,
      startTicks: ticks,
      targetDescriptor: target,
      isRootless: isRootless,
      hasIPv6: hasIPv6,
      hasEcho: hasEcho,
      remarks: remarks,
      rulesets: rulesets
    )
  }
}
