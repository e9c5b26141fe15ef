public import Suite

extension ObservedRun {
  /// The formats that can be read.
  enum Format: String, CaseIterable {
    case results = "assay-results/1"
    case short = "assay-observation/1"
  }

  /// Reads the results of a run (`results.json`), or their short form; throws the file's faults with their places.
  public init(decoding text: String, file: String) throws(SuiteError) {
    var reader = JSONReader(try JSONDocument(text, file: file))
    let root = reader.document.root
    guard let top = reader.object(root, "a file of results"),
      let format = reader.choice("format", of: top, as: Format.self)
    else { throw SuiteError(reader.faults) }
    self =
      switch format {
      case .results: Self.results(top, &reader, file: file)
      case .short: Self.short(top, &reader, file: file)
      }
    self = try reader.finish(self)
  }

  private static func results(_ top: JSONObject, _ reader: inout JSONReader, file: String) -> ObservedRun {
    let target = reader.object("target", of: top)
    if target == nil { reader.error(at: top.offset, "results lack 'target'") }
    var run = ObservedRun(
      file: file,
      target: target.map { reader.text("name", of: $0) } ?? "",
      role: target.flatMap { reader.choice("role", of: $0, as: Role.self) } ?? .host,
      version: reader.text("version", of: top),
      seed: reader.text("seed", of: top),
      started: reader.text("started", of: top),
      facts: [],
      environment: environment(of: top, &reader),
      remarks: reader.optionalTexts("remarks", of: top),
      interruptedBy: reader.optionalText("interruptedBy", of: top),
      suites: [],
      cases: [],
      clauses: [:],
      isDetailed: true
    )
    if let target, target.members["facts"] != nil {
      for fact in reader.objects("facts", of: target, each: "a fact") {
        run.facts.append(Fact(reader.text("key", of: fact), reader.text("value", of: fact)))
      }
    }
    for suite in reader.objects("suites", of: top, each: "a suite") {
      let name = reader.text("name", of: suite)
      run.suites.append(name)
      run.add(reader.objects("trials", of: suite, each: "a trial"), of: name, &reader)
    }
    return run
  }

  private mutating func add(_ trials: [JSONObject], of suite: String, _ reader: inout JSONReader) {
    var places: [String: Int] = [:]
    for trial in trials {
      let id = suite + "." + reader.text("case", of: trial)
      let cited = reader.objects("requirements", of: trial, each: "a clause")
      let names = cited.map { reader.text("id", of: $0) }
      for (name, clause) in zip(names, cited) where clauses[name] == nil {
        clauses[name] = Self.clause(name, clause, &reader)
      }
      guard let (outcome, why) = Self.outcome(of: trial, &reader) else { continue }
      let place: Int
      if let known = places[id] {
        place = known
      } else {
        place = cases.count
        places[id] = place
        cases.append(ObservedCase(id: id, requirements: names))
      }
      let name = reader.text("id", of: trial)
      cases[place].counts[outcome] += 1
      if outcome != .notRun { cases[place].trials.insert(name) }
      if outcome == .passed {
        if case .bool(true) = trial.members["flaky"]?.content { cases[place].flaky += 1 }
      } else {
        cases[place].notable.append(NotableTrial(id: name, outcome: outcome, why: why))
      }
    }
  }

  /// The words of `verdict.outcome`.
  private enum Verdict: String, CaseIterable { case pass, warn, fail, inconclusive, error, skipped }

  private static func outcome(of trial: JSONObject, _ reader: inout JSONReader) -> (ObservedOutcome, String)?
  {
    guard let verdict = reader.object("verdict", of: trial) else {
      reader.error(at: trial.offset, "a trial lacks 'verdict'")
      return nil
    }
    guard let word = reader.choice("outcome", of: verdict, as: Verdict.self) else { return nil }
    let summary = reader.text("summary", of: verdict)
    let known = reader.object("knownDeviation", of: trial)
    let isKnown = known.map { reader.text("match", of: $0) == "expected" } ?? false
    let why = isKnown ? known.map { reader.text("reason", of: $0) } ?? summary : summary
    switch word {
    case .pass: return (.passed, summary)
    case .warn: return (isKnown ? .knownWarning : .warned, why)
    case .fail: return (isKnown ? .knownDeviation : .failed, why)
    case .inconclusive: return (.inconclusive, summary)
    case .error: return (.error, summary)
    case .skipped: return (reader.text("reason", of: verdict) == "not-run" ? .notRun : .skipped, summary)
    }
  }

  /// A clause as the results tell it, for those that the catalogue doesn't have.
  private static func clause(_ id: String, _ clause: JSONObject, _ reader: inout JSONReader) -> Requirement {
    var words = reader.text("citation", of: clause).split(separator: " ").map(String.init)
    if words.first == "RFC" { words.removeFirst() }
    return Requirement(
      id: id,
      rfc: words.first ?? "",
      section: words.dropFirst().joined(separator: " "),
      level: reader.choice("level", of: clause, as: RequirementLevel.self) ?? .must,
      title: reader.text("title", of: clause),
      text: reader.optionalText("text", of: clause) ?? ""
    )
  }

  /// What is said of the machine that the run was made on, by label.
  static func environment(of top: JSONObject, _ reader: inout JSONReader) -> [Fact] {
    guard let object = reader.object("environment", of: top) else { return [] }
    return object.members.keys.sorted().compactMap { label in
      reader.optionalText(label, of: object).map { Fact(label, $0) }
    }
  }
}
