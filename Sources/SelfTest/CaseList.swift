internal import Suite

/// The cases of a self-test by number, in the order of suites and files.
struct CaseList: Sendable {
  /// One case.
  struct Entry: Sendable {
    /// `suite.case`.
    let id: String
    let title: String
    let file: String
    let line: Int
    /// The clauses it cites.
    let requirements: [String]
    let trials: Int
  }

  let suites: [TestSuite]
  let entries: [Entry]
  private let numbers: [String: Int]
  /// The number of each suite's first case.
  private let firsts: [Int]

  init(_ suites: [TestSuite]) {
    self.suites = suites
    var entries: [Entry] = []
    var firsts: [Int] = []
    for suite in suites {
      firsts.append(entries.count)
      entries += suite.cases.map { testCase in
        Entry(
          id: "\(suite.name).\(testCase.id)",
          title: testCase.title,
          file: suite.file,
          line: testCase.position.line,
          requirements: testCase.requirements.map(\.value),
          trials: testCase.vary.combinations.count
        )
      }
    }
    self.entries = entries
    self.firsts = firsts
    numbers = Dictionary(entries.enumerated().map { ($1.id, $0) }) { first, _ in first }
  }

  /// The number of a case by `suite.case`; nil if there is none.
  func number(_ id: String) -> Int? { numbers[id] }

  var all: Set<Int> { Set(entries.indices) }

  /// The cases that cite one of the clauses.
  func citing(_ clauses: [String]) -> Set<Int> {
    let clauses = Set(clauses)
    return Set(
      entries.indices.filter { number in entries[number].requirements.contains(where: clauses.contains) }
    )
  }

  /// The suites with these cases only.
  func suites(with cases: Set<Int>) -> [TestSuite] {
    if cases.count == entries.count { return suites }
    return suites.indices.compactMap { index in
      var part = suites[index]
      part.cases = part.cases.indices.filter { cases.contains(firsts[index] + $0) }.map { part.cases[$0] }
      return part.cases.isEmpty ? nil : part
    }
  }
}
