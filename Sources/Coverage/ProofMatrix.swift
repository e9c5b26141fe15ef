public import Suite

/// Which cases fail on which mutants of the reference device, as `assay selftest --json` found.
public struct ProofMatrix: Sendable {
  /// What became of a mutant.
  public enum Status: String, Hashable, Sendable, CaseIterable {
    /// At least one case fails on it.
    case caught
    /// No case fails on it, but what it spoils is the proof itself, so that cases end inconclusive.
    case silenced
    /// The cases that should notice it pass.
    case survived
    /// It wasn't tried.
    case notRun = "not-run"
  }

  /// A deviation of the reference device.
  public struct Mutant: Hashable, Sendable {
    /// Its name, for example `replies-to-bad-checksum`.
    public var name: String
    /// The clauses that it breaks.
    public var requirements: [String]
    /// What it does.
    public var summary: String
    /// What became of it.
    public var status: Status
    /// The cases that fail on it.
    public var cases: Set<String>
  }

  /// Path of the file as the user gave it.
  public var file: String
  /// The mutants, in order.
  public var mutants: [Mutant]
  /// The clauses that each case cited then, by `suite.case`.
  public var citations: [String: [String]]
  /// The mutants that each case failed on then, without those that fail every case, by `suite.case`.
  public var failures: [String: Set<String>]

  /// Reads a matrix; throws the file's faults with their places.
  public init(decoding text: String, file: String) throws(SuiteError) {
    self.file = file
    (mutants, citations, failures) = ([], [:], [:])
    var reader = JSONReader(try JSONDocument(text, file: file))
    guard let top = reader.object(reader.document.root, "a matrix of proofs") else {
      throw SuiteError(reader.faults)
    }
    for entry in reader.objects("cases", of: top, each: "a case") {
      let id = reader.text("id", of: entry)
      if citations[id] != nil { reader.error(at: entry.offset, "a second case '\(id.prefix(80))'") }
      citations[id] = reader.texts("requirements", of: entry)
      failures[id] = Set(reader.texts("mutants", of: entry))
    }
    var names: Set<String> = []
    for entry in reader.objects("mutants", of: top, each: "a mutant") {
      let name = reader.text("name", of: entry)
      if !names.insert(name).inserted {
        reader.error(at: entry.offset, "a second mutant '\(name.prefix(80))'")
      }
      mutants.append(
        Mutant(
          name: name,
          requirements: reader.texts("requirements", of: entry),
          summary: reader.text("summary", of: entry),
          status: reader.choice("status", of: entry, as: Status.self) ?? .survived,
          cases: Set(reader.texts("cases", of: entry))
        )
      )
    }
    self = try reader.finish(self)
  }

  /// Whether a case proves something by failing on a mutant: only where both the case's and the mutant's entry say so,
  /// since what fails everywhere is no proof that a case looks at what it cites.
  func hasFailed(_ id: String, on mutant: Mutant) -> Bool {
    mutant.status == .caught && mutant.cases.contains(id) && failures[id]?.contains(mutant.name) == true
  }
}
