/// A time as a suite says it: with its unit, or by a variable.
public enum TimeSpecification: Hashable, Sendable {
  /// `250ms`.
  case fixed(Duration)
  /// `$wait`, `$capability.reassembly-seconds + 5`: a time, or a number of seconds.
  case computed(Located<Expression>)
}

extension SuiteDecoder {
  /// A time such as `1s`, or a variable whose value is one, or is a number of seconds.
  mutating func time(_ tree: YAMLTree, _ what: String) -> TimeSpecification? {
    if let text = tree.scalar, text.contains("$") { return expression(tree, what).map { .computed($0) } }
    return reader.duration(tree, what).map { .fixed($0) }
  }
}
