internal import Suite
public import Wire

/// Another field of the very frame that is looked at: `$this.icmpv6.target`.
public struct OwnField: Hashable, Sendable {
  /// The outermost layer of that kind is meant.
  public var layer: LayerKind
  /// The field's name.
  public var field: String
  /// Whether not the address but the group is meant to which neighbours ask for it [RFC 4291 2.7.1].
  public var isGroup: Bool

  /// The field that a path names behind `this`; nil if it names none.
  init?(_ path: ArraySlice<String>) {
    let parts = Array(path)
    guard parts.count == 2 || parts.count == 3 && parts[2] == Self.group,
      let definition = Protocols.definition(of: LayerKind(rawValue: parts[0])),
      let field = definition.field(named: parts[1])
    else { return nil }
    isGroup = parts.count == 3
    if isGroup, field.format != .ipv6 { return nil }
    (layer, self.field) = (definition.kind, parts[1])
  }

  /// The part of an IPv6 address that is its solicited-node group.
  static let group = "solicited-node"
}

extension Crafter {
  /// The field of the same frame that a field has to equal; nil where a pattern says something else.
  func ownField(_ pattern: ValuePattern, at position: SourcePosition) throws(CraftError) -> OwnField? {
    guard case .equals(.variable(let path)) = pattern, path.first == "this" else { return nil }
    guard let own = OwnField(path.dropFirst()) else {
      throw resolver.invalid(
        position,
        "'$\(path.joined(separator: "."))' must name a layer and a field, for example $this.ipv6.source"
      )
    }
    return own
  }
}
