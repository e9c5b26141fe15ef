public import Suite

extension RunRecord {
  /// The suites that were run, decoded again.
  ///
  /// - Throws: A `SuiteError` with all faults of the first suite that has some.
  public func decodedSuites() throws(SuiteError) -> [TestSuite] {
    var result: [TestSuite] = []
    for suite in suites {
      guard let source = suite.sources.first else { continue }
      result.append(try TestSuite(source, among: suite.sources))
    }
    return result
  }

  /// The part of the plan that is about some trials, for a capture with their frames only.
  ///
  /// - Parameters:
  ///   - chosen: Names of the trials.
  ///   - places: Places in the run's capture of the frames that are kept, in order.
  /// - Returns: The plan, with places in the smaller capture.
  public func selecting(_ chosen: Set<String>, keeping places: [Int]) -> RunRecord {
    var record = self
    record.frames = places.count
    record.attempts = attempts.filter { chosen.contains($0.trial) }.map { attempt in
      var attempt = attempt
      attempt.begin.frames = places.count { $0 < attempt.begin.frames }
      attempt.end.frames = places.count { $0 < attempt.end.frames }
      return attempt
    }
    // Numbers of attempts change with those that are left out.
    let numbers = attempts.indices.filter { chosen.contains(attempts[$0].trial) }
    record.inquiries = inquiries.filter { chosen.contains($0.culprit ?? "") }.map { inquiry in
      var inquiry = inquiry
      inquiry.attempts = inquiry.attempts.compactMap { numbers.firstIndex(of: $0) }
      return inquiry
    }
    record.grounded = grounded.filter(chosen.contains)
    record.ending?.unrun = ending?.unrun.filter(chosen.contains) ?? []
    record.suites = suites.filter { suite in chosen.contains { $0.hasPrefix(suite.name + ".") } }
    let texts = record.suites.flatMap(\.sources).map(\.text)
    record.requirements = requirements.filter { clause in texts.contains { $0.contains(clause.id) } }
    return record
  }
}
