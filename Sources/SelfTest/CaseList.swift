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
    /// The strict device that it is for: the first of its suite's roles, a host if that is one of them.
    let role: Role
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
          trials: testCase.vary.combinations.count,
          role: suite.applies(to: .host) ? .host : suite.roles[0]
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

  /// Those for one kind of box.
  func all(for role: Role) -> Set<Int> { Set(entries.indices.filter { entries[$0].role == role }) }

  /// The clauses that those for one kind of box cite.
  func cited(for role: Role) -> Set<String> {
    Set(entries.filter { $0.role == role }.flatMap(\.requirements))
  }

  /// The kinds of boxes that they are for.
  var roles: [Role] { Role.allCases.filter { role in entries.contains { $0.role == role } } }

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
