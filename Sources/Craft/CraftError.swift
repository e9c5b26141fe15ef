public import Suite

/// Why a trial can't be crafted.
public enum CraftError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The suite asks for something impossible; told with its place.
  case invalid(Diagnostic)
  /// The target or the network doesn't allow this trial: the reason, for `skipped`.
  case notApplicable(String)
  /// A fault came out right by accident (a zero checksum that is the right one): craft again with another tag.
  case faultIsRight(String)

  /// The reason, with its place where it has one.
  public var description: String {
    switch self {
    case .invalid(let diagnostic): diagnostic.description
    case .notApplicable(let reason): reason
    case .faultIsRight(let field): "the fault in \(field) is the right value by accident"
    }
  }
}
