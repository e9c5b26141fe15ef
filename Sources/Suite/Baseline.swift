/// The known deviations of one target.
public struct Baseline: Sendable {
  /// One known deviation.
  public struct Entry: Sendable {
    /// Which trials: `suite.case`, or a glob.
    public var trial: String
    /// Verdicts that are expected, in the words of the reports.
    public var verdicts: [String]
    /// Why the target deviates.
    public var reason: String
    /// Where it is tracked; may be empty.
    public var ticket: String
    /// The last day on which the entry holds, `YYYY-MM-DD`; nil: no end.
    public var until: String?
    /// Where the entry begins in its file.
    public var position: SourcePosition

    /// Whether the entry speaks of a trial: by its full id, by its case, or by a glob over either.
    public func covers(_ candidate: Trial) -> Bool {
      let glob = Glob(trial)
      return glob.matches(candidate.id) || glob.matches("\(candidate.suite).\(candidate.testCase.id)")
    }
  }

  /// The target's name.
  public var target: String
  /// Its known deviations, in the order of the file.
  public var entries: [Entry]
  /// The text it was decoded from; nil if it wasn't.
  public var source: SourceText?

  /// Puts the parts together.
  public init(target: String, entries: [Entry] = []) {
    self.target = target
    self.entries = entries
  }

  /// Decodes a baseline file; throws all faults of the file at once.
  public init(decoding text: String, file: String) throws(SuiteError) {
    source = SourceText(file: file, text: text)
    let tree = try YAMLTree.parse(text, file: file)
    var reader = TreeReader()
    let top = reader.entries(tree, .baseline)
    target = top["target"].flatMap { reader.text($0.value, "the target's name") } ?? ""
    entries = []
    if let list = top["deviations"]?.value, list.sequence == nil {
      reader.error(at: list.position, "'deviations' must be a list, not \(list.kindName)")
    }
    for item in top["deviations"]?.value.sequence ?? [] {
      let entry = reader.entries(item, .deviation)
      let verdicts = entry["verdict"].map { reader.texts($0.value, "a verdict") } ?? []
      for verdict in verdicts where !Grammar.Mapping.verdicts.contains(verdict.value) {
        let hint = reader.hint(for: verdict.value, among: Grammar.Mapping.verdicts)
        reader.error(at: verdict.position, "'\(verdict.value)' is not a verdict\(hint)")
      }
      let until = entry["until"].flatMap { reader.text($0.value, "'until'") }
      if let until, !Self.isDate(until) {
        reader.error(
          at: entry["until"]?.value.position ?? item.position,
          "'until' is a date such as 2027-06-30, not '\(until)'"
        )
      }
      entries.append(
        Entry(
          trial: entry["trial"].flatMap { reader.text($0.value, "'trial'") } ?? "",
          verdicts: verdicts.map(\.value),
          reason: entry["reason"].flatMap { reader.text($0.value, "the reason") } ?? "",
          ticket: entry["ticket"].flatMap { reader.text($0.value, "the ticket") } ?? "",
          until: until,
          position: item.position
        )
      )
    }
    if !reader.diagnostics.isEmpty { throw SuiteError(reader.diagnostics) }
  }

  /// The first entry that speaks of a trial.
  public func entry(for trial: Trial) -> Entry? { entries.first { $0.covers(trial) } }

  /// Entries that speak of no trial of these suites: slips of the pen, or cases that are gone.
  public func unmatched(in suites: [TestSuite]) -> [Diagnostic] {
    let trials = suites.flatMap(\.trials)
    return entries.compactMap { entry in
      guard !trials.contains(where: { entry.covers($0) }) else { return nil }
      return Diagnostic(at: entry.position, "the baseline names '\(entry.trial)', but there is no such trial")
    }
  }

  private static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard text.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }) else {
      return false
    }
    let numbers = parts.compactMap { UInt64($0) }
    guard parts.map(\.count) == [4, 2, 2], numbers.count == 3, (1...12).contains(numbers[1]) else {
      return false
    }
    let (year, month) = (numbers[0], numbers[1])
    let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    let days: UInt64 = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    return (1...days).contains(numbers[2])
  }
}
