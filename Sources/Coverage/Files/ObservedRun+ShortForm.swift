internal import Suite

extension ObservedRun {
  /// Reads the short form.
  static func short(_ top: JSONObject, _ reader: inout JSONReader, file: String) -> ObservedRun {
    var run = ObservedRun(
      file: file,
      target: reader.text("target", of: top),
      role: reader.choice("role", of: top, as: Role.self) ?? .host,
      version: reader.text("version", of: top),
      seed: reader.text("seed", of: top),
      started: reader.text("date", of: top),
      facts: [],
      environment: environment(of: top, &reader),
      remarks: reader.optionalTexts("remarks", of: top),
      interruptedBy: reader.optionalText("interruptedBy", of: top),
      suites: reader.texts("suites", of: top),
      cases: [],
      clauses: [:],
      isDetailed: false
    )
    for entry in reader.objects("cases", of: top, each: "a case") {
      var counts = OutcomeCounts()
      for outcome in ObservedOutcome.allCases { counts[outcome] = reader.count(outcome.rawValue, of: entry) }
      run.cases.append(
        ObservedCase(
          id: reader.text("id", of: entry),
          requirements: reader.texts("requirements", of: entry),
          counts: counts
        )
      )
    }
    return run
  }

  /// The short form: how each case came out, and nothing of what changes from run to run.
  public var shortForm: String {
    let entries = cases.sorted { $0.id < $1.id }.map { entry in
      JSONValue.object(
        [("id", .string(entry.id)), ("requirements", .array(entry.requirements.map { .string($0) }))]
          + ObservedOutcome.allCases.filter { entry.counts[$0] > 0 }.map {
            ($0.rawValue, .integer(entry.counts[$0]))
          }
      )
    }
    let document = JSONValue.object([
      ("format", .string(Format.short.rawValue)),
      ("target", .string(target)),
      ("role", .string(role.rawValue)),
      ("version", .string(version)),
      ("seed", .string(seed)),
      ("date", .string(day)),
      ("environment", .object(kernel.map { [("kernel", .string($0))] } ?? [])),
      ("remarks", .array(remarks.map { .string($0) })),
      ("interruptedBy", interruptedBy.map { .string($0) } ?? .null),
      ("suites", .array(suites.map { .string($0) })),
      ("cases", .array(entries)),
    ])
    return document.text(width: 240) + "\n"
  }
}
