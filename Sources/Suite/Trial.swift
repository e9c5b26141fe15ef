/// One execution of one combination of a case.
public struct Trial: Sendable {
  /// The suite's name.
  public var suite: String
  /// The case that it is an execution of.
  public var testCase: TestCase
  /// The values of the case's `vary`, in the file's order.
  public var bindings: [Binding]

  /// Puts the parts together.
  public init(suite: String, testCase: TestCase, bindings: [Binding]) {
    self.suite = suite
    self.testCase = testCase
    self.bindings = bindings
  }

  /// `ttl=64,length=0`, the name that the combination has, or empty.
  public var variant: String {
    bindings.first { $0.name == Binding.rowName }?.value ?? variables
  }

  private var variables: String { bindings.map { "\($0.name)=\($0.text)" }.joined(separator: ",") }

  /// `suite.case[variant]`: what `--filter`, the baseline and reports call it.
  public var id: String { "\(suite).\(testCase.id)" + (variant.isEmpty ? "" : "[\(variant)]") }
}

extension TestSuite {
  /// All trials, in the order of the file.
  public var trials: [Trial] {
    cases.flatMap { testCase in
      testCase.vary.combinations.map { Trial(suite: name, testCase: testCase, bindings: $0) }
    }
  }
}

/// A pattern with `*` (any run of characters) and `?` (one), as in `--filter` and baselines.
public struct Glob: Hashable, Sendable {
  private let pattern: [Unicode.Scalar]
  /// Puts the parts together.
  public init(_ pattern: String) { self.pattern = Array(pattern.unicodeScalars) }

  /// Whether the whole text matches.
  ///
  /// - Complexity: O(pattern × text).
  public func matches(_ text: String) -> Bool {
    let text = Array(text.unicodeScalars)
    var p = 0
    var t = 0
    var star: (pattern: Int, text: Int)?
    while t < text.count {
      if p < pattern.count, pattern[p] == "*" {
        star = (p, t)
        p += 1
      } else if p < pattern.count, pattern[p] == "?" || pattern[p] == text[t] {
        p += 1
        t += 1
      } else if let last = star {
        p = last.pattern + 1
        t = last.text + 1
        star = (last.pattern, last.text + 1)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == "*" }
  }
}
