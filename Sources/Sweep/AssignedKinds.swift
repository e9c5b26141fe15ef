internal import Suite
internal import Wire

/// Types and codes that have a name.
enum AssignedKinds {
  /// Those of a version, in order: of each named type the named codes, or code 0.
  static func all(_ version: IPVersion) -> [MessageKind] {
    let names = version.typeNames
    let definition = Protocols.definition(of: version == .v4 ? .icmpv4 : .icmpv6)
    let variants = definition?.variants ?? []
    return names.names.compactMap { names.number(named: $0) }.flatMap { number -> [MessageKind] in
      let type = UInt8(truncatingIfNeeded: number)
      let form = variants.first { $0.types.contains(type) && $0.code == nil }
      let codes = form?.fields.first { $0.name == "code" }?.names
      let numbers = codes.map { codes in codes.names.compactMap { codes.number(named: $0) } } ?? [0]
      return numbers.map { MessageKind(type: type, code: UInt8(truncatingIfNeeded: $0)) }
    }
  }
}
