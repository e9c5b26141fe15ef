import Suite
import Testing

/// How a fault is shown: place, message, source line, caret.
@Suite struct RenderingTests {
  private func fault(_ line: Int, _ column: Int) -> Diagnostic {
    Diagnostic(at: SourcePosition(file: "a.yaml", line: line, column: column), "no")
  }

  @Test func `The caret stands below the column`() {
    #expect(fault(2, 3).rendered(in: "one\ntwo\n") == "a.yaml:2:3: error: no\n  two\n    ^")
  }

  @Test func `Tabulators before the column stay, so that the caret is below it everywhere`() {
    #expect(fault(1, 3).rendered(in: "\ta: b") == "a.yaml:1:3: error: no\n  \ta: b\n  \t ^")
  }

  @Test func `Lines may end in a carriage return and a line feed`() {
    #expect(fault(2, 1).rendered(in: "one\r\ntwo\r\n") == "a.yaml:2:1: error: no\n  two\n  ^")
  }

  @Test(arguments: [(0, 1), (-1, 1), (3, 1), (Int.max, 1), (Int.min, 1)])
  func `A place outside of the file shows no line`(_ line: Int, _ column: Int) {
    #expect(fault(line, column).rendered(in: "one\ntwo") == fault(line, column).description)
  }

  @Test(arguments: [Int.min, -1, 0, 100, Int.max])
  func `A column outside of the line is shown at its nearest end`(_ column: Int) {
    #expect(fault(1, column).rendered(in: "one").hasSuffix(column < 1 ? "\n  ^" : "\n     ^"))
  }

  @Test func `A long line is shortened`() {
    #expect(fault(1, 1).rendered(in: String(repeating: "x", count: 1000)).utf8.count < 300)
  }

  @Test func `A warning says that it is one`() {
    let warning = Diagnostic(.warning, at: SourcePosition(file: "a.yaml", line: 1, column: 2), "hm")
    #expect(warning.description == "a.yaml:1:2: warning: hm")
    #expect(
      SuiteError([warning, fault(1, 1)]).description == "a.yaml:1:1: error: no\na.yaml:1:2: warning: hm"
    )
  }

  @Test func `Faults behind characters of several octets have the column of the character`() {
    expectFaults(
      "suite: test\ntitle: «[é]\n«cäses: []\ncases: «x",
      "the title must be a word or a number, not a list",
      "unknown key 'cäses' in a suite; did you mean 'cases'?",
      "'cases' must be a list of at least one case, not 'x'"
    )
    expectFaults(
      "{ suite: test, title: \"äöü€😀\", «tilte: 1, cases: «x }",
      "unknown key 'tilte' in a suite; did you mean 'title'?",
      "'cases' must be a list of at least one case, not 'x'"
    )
  }
}
