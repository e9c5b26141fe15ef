/// A value as a suite writes it, before addresses and variants are known.
public indirect enum Expression: Hashable, Sendable {
  /// A literal or a name; the field it is for decides what it means.
  case text(String)
  /// `$sent.icmpv4.identifier` as `["sent", "icmpv4", "identifier"]`.
  case variable([String])
  case sum(Expression, Expression)
  case difference(Expression, Expression)
  case product(Expression, Expression)

  /// Parses a scalar: `64`, `$length * 8`, `$computed - 4`.
  ///
  /// Operators stand between spaces, because names contain hyphens. A text longer than any expression a person writes is
  /// taken as one word, so that no depth of recursion depends on the file.
  public init(parsing text: String) {
    guard text.utf8.count <= 400 else {
      self = .text(text)
      return
    }
    var terms: [(negated: Bool, text: Substring)] = []
    var negated = false
    var start = text.startIndex
    var index = text.startIndex
    while index < text.endIndex {
      let rest = text[index...]
      if rest.hasPrefix(" + ") || rest.hasPrefix(" - ") {
        terms.append((negated, text[start..<index]))
        negated = rest.hasPrefix(" - ")
        index = text.index(index, offsetBy: 3)
        start = index
      } else {
        index = text.index(after: index)
      }
    }
    terms.append((negated, text[start...]))
    var result: Expression?
    for term in terms {
      let product = Self.product(of: term.text)
      switch (result, term.negated) {
      case (nil, _): result = product
      case (let left?, false): result = .sum(left, product)
      case (let left?, true): result = .difference(left, product)
      }
    }
    self = result ?? .text(text)
  }

  private static func product(of text: Substring) -> Expression {
    var result: Expression?
    var rest = text
    while true {
      let end = rest.firstRange(of: " * ")
      let factor = atom(rest[..<(end?.lowerBound ?? rest.endIndex)])
      result = result.map { .product($0, factor) } ?? factor
      guard let end else { return result ?? factor }
      rest = rest[end.upperBound...]
    }
  }

  private static func atom(_ text: Substring) -> Expression {
    var trimmed = text
    while trimmed.first == " " { trimmed.removeFirst() }
    while trimmed.last == " " { trimmed.removeLast() }
    guard trimmed.first == "$", trimmed.count > 1 else { return .text(String(trimmed)) }
    return .variable(
      trimmed.dropFirst().split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    )
  }

  /// The first components of all variables in it.
  public var variables: Set<String> {
    switch self {
    case .text: []
    case .variable(let path): path.first.map { [$0] } ?? []
    case .sum(let a, let b), .difference(let a, let b), .product(let a, let b): a.variables.union(b.variables)
    }
  }
}

extension Substring {
  /// The first place where `text` stands in it.
  fileprivate func firstRange(of text: String) -> Range<Index>? {
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(text) { return index..<self.index(index, offsetBy: text.count) }
      index = self.index(after: index)
    }
    return nil
  }
}

/// What a field of an expected frame may hold.
public indirect enum ValuePattern: Hashable, Sendable {
  case equals(Expression)
  case range(Expression, Expression)
  case oneOf([ValuePattern])
  case not(ValuePattern)
  case atLeast(Expression)
  case atMost(Expression)
  /// Anything; documents a don't-care.
  case any
  /// The field is there.
  case present
  /// The field isn't there.
  case absent

  /// The first components of all variables in it.
  public var variables: Set<String> {
    switch self {
    case .equals(let a), .atLeast(let a), .atMost(let a): a.variables
    case .range(let a, let b): a.variables.union(b.variables)
    case .oneOf(let all): all.reduce(into: []) { $0.formUnion($1.variables) }
    case .not(let pattern): pattern.variables
    case .any, .present, .absent: []
    }
  }
}
