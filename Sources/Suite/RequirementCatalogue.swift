/// The clauses that cases cite, by id.
public struct RequirementCatalogue: Sendable {
  private var byID: [String: Requirement] = [:]
  private var order: [String] = []

  /// Puts the parts together.
  public init() {}

  /// The clauses that a run has recorded.
  public init(_ clauses: [Requirement]) {
    byID = Dictionary(clauses.map { ($0.id, $0) }) { first, _ in first }
    var seen: Set<String> = []
    order = clauses.map(\.id).filter { seen.insert($0).inserted }
  }

  /// Adds the clauses of one catalogue file; throws all faults of the file at once.
  public mutating func add(decoding text: String, file: String) throws(SuiteError) {
    let tree = try YAMLTree.parse(text, file: file)
    var reader = TreeReader()
    guard let items = tree.sequence else {
      throw SuiteError([
        Diagnostic(at: tree.position, "a catalogue is a list of clauses, not \(tree.kindName)")
      ])
    }
    for item in items {
      // Catalogue entries carry more than Assay needs (source, logo_test…), so other keys are no faults here.
      var entries: [String: YAMLTree] = [:]
      for (key, value) in item.mapping ?? [] { entries[key.value] = value }
      guard let id = entries["id"]?.scalar, !id.isEmpty, let rfc = entries["rfc"]?.scalar, !rfc.isEmpty,
        let level = entries["level"]
      else {
        reader.error(at: item.position, "a clause needs 'id', 'rfc' and 'level'")
        continue
      }
      guard let strength = reader.choice(level, "a level", as: RequirementLevel.self) else { continue }
      if byID[id] == nil { order.append(id) }
      if byID[id] != nil { reader.error(at: item.position, "a second clause '\(id)'") }
      byID[id] = Requirement(
        id: id,
        rfc: rfc,
        section: entries["section"]?.scalar ?? "",
        level: strength,
        title: entries["title"]?.scalar ?? id,
        text: entries["requirement"]?.scalar ?? "",
        testability: reader.testability(entries)
      )
    }
    if !reader.diagnostics.isEmpty { throw SuiteError(reader.diagnostics) }
  }

  /// All clauses, in the order of the files.
  public var clauses: [Requirement] { order.compactMap { byID[$0] } }

  /// The clause of that id.
  public subscript(id: String) -> Requirement? { byID[id] }

  /// The clauses that have all these words in their id, title, section or text, by id.
  public func clauses(about text: String) -> [Requirement] {
    let words = text.lowercased().split(separator: " ")
    return byID.values.filter { clause in
      let all = "\(clause.id) \(clause.citation) \(clause.title) \(clause.text)".lowercased()
      return words.allSatisfy { all.contains($0) }
    }.sorted { $0.id < $1.id }
  }

  /// Number of clauses.
  public var count: Int { byID.count }

  /// The faults of a suite's citations: ids that aren't in the catalogue.
  public func unknownCitations(in suite: TestSuite) -> [Diagnostic] {
    unknown(suite.cases.flatMap(\.requirements))
  }

  /// The faults of a policy's citations.
  public func unknownCitations(in policy: FilterPolicy) -> [Diagnostic] {
    unknown(policy.allRules.flatMap(\.requirements))
  }

  private func unknown(_ citations: [Located<String>]) -> [Diagnostic] {
    let known = byID.keys.sorted()
    let unknown = citations.filter { byID[$0.value] == nil }
    return unknown.prefix(TreeReader.faultLimit).map { citation in
      let near = Spelling.nearest(to: citation.value, among: known)
      let hint = near.map { "; did you mean '\($0)'?" } ?? ""
      return Diagnostic(
        at: citation.position,
        "no clause '\(citation.value)' in the requirement catalogue\(hint)"
      )
    }
  }
}

extension TreeReader {
  /// How a clause can be tested; what isn't said is what nearly all clauses are.
  fileprivate mutating func testability(_ entries: [String: YAMLTree]) -> Testability {
    var result = Testability()
    if let role = entries["role"], let duty = choice(role, "a role", as: Duty.self) { result.duty = duty }
    if let word = entries["observable"],
      let observability = choice(word, "a way to observe", as: Observability.self)
    {
      result.observability = observability
    }
    if let word = entries["topology"], let topology = choice(word, "a topology", as: Topology.self) {
      result.topology = topology
    }
    result.stimulus = entries["stimulus"]?.scalar ?? ""
    result.expected = entries["expected"]?.scalar ?? ""
    result.reason = entries["reason"]?.scalar ?? ""
    result.notes = entries["notes"]?.scalar ?? ""
    result.obsoletedBy = entries["obsoleted_by"].flatMap { text($0, "'obsoleted_by'") }
    return result
  }
}
