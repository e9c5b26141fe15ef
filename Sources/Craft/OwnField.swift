internal import Suite
public import Wire

/// Another field of the very frame that is looked at, and how a field has to compare with it: `$this.icmpv6.target`.
public struct OwnField: Hashable, Sendable {
  /// How the two compare.
  public enum Relation: Hashable, Sendable {
    case equal
    case atLeast
    case atMost
  }

  /// The outermost layer of that kind is meant; nil: the element of a list in which this is said.
  public var layer: LayerKind?
  /// The field's name.
  public var field: String
  /// Whether not the address but the group is meant to which neighbours ask for it [RFC 4291 2.7.1].
  public var isGroup: Bool
  /// How a field has to compare with it.
  public var relation: Relation

  /// The field of a layer that a path names behind `this`; nil if it names none.
  init?(ofLayer path: ArraySlice<String>, _ relation: Relation) {
    let parts = Array(path)
    guard parts.count == 2 || parts.count == 3 && parts[2] == Self.group,
      let definition = Protocols.definition(of: LayerKind(rawValue: parts[0])),
      let field = definition.field(named: parts[1])
    else { return nil }
    isGroup = parts.count == 3
    if isGroup, field.format != .ipv6 { return nil }
    (layer, self.field, self.relation) = (definition.kind, parts[1], relation)
  }

  /// The field of an element that a path names behind `this`; nil if it names none.
  init?(of element: ElementDefinition?, _ path: ArraySlice<String>, _ relation: Relation) {
    guard path.count == 1, let name = path.first, element?.field(named: name) != nil else { return nil }
    (layer, field, isGroup, self.relation) = (nil, name, false, relation)
  }

  /// The part of an IPv6 address that is its solicited-node group.
  static let group = "solicited-node"

  /// What a field must be that has to compare so with a value.
  public func predicate(_ value: FieldValue) -> Predicate {
    var value = value
    if isGroup, case .ipv6(let address) = value { value = .ipv6(address.solicitedNodeMulticast) }
    return switch relation {
    case .equal: .equals(value)
    case .atLeast: .atLeast(value)
    case .atMost: .atMost(value)
    }
  }
}

extension Crafter {
  /// What an expected field must be: as another one of the same frame or element is, or by itself.
  ///
  /// - Parameters:
  ///   - pattern: What the suite says.
  ///   - field: The field.
  ///   - position: Where it is said.
  ///   - own: Finds the other field by its path and how the two compare.
  /// - Returns: The condition.
  /// - Throws: A `CraftError`: there is no such field, or no such value of it.
  func predicate(
    _ pattern: ValuePattern,
    for field: Field?,
    at position: SourcePosition,
    own: (ArraySlice<String>, OwnField.Relation) -> OwnField?
  ) throws(CraftError) -> Predicate {
    let (expression, relation): (Expression, OwnField.Relation)
    switch pattern {
    case .equals(let other): (expression, relation) = (other, .equal)
    case .atLeast(let other): (expression, relation) = (other, .atLeast)
    case .atMost(let other): (expression, relation) = (other, .atMost)
    default: return try predicate(pattern, for: field, at: position)
    }
    guard case .variable(let path) = expression, path.first == "this" else {
      return try predicate(pattern, for: field, at: position)
    }
    guard let found = own(path.dropFirst(), relation) else {
      throw resolver.invalid(
        position,
        "'$\(path.joined(separator: "."))' must name a layer and a field, for example $this.ipv6.source, or in a list a field of the element"
      )
    }
    return .own(found)
  }
}
