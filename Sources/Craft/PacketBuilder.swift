internal import Suite
internal import Wire

/// Turns the layers of a suite into a packet template: what isn't said gets the trial's own values.
struct PacketBuilder {
  let resolver: Resolver

  /// The template of a whole packet, with an Ethernet header in front.
  func template(of layers: [LayerSpecification]) throws(CraftError) -> PacketTemplate {
    var templates: [LayerTemplate] = []
    for layer in layers { templates.append(try template(of: layer, isQuoted: false)) }
    if templates.first?.kind != .ethernet { templates.insert(LayerTemplate(.ethernet), at: 0) }
    fillLinkAddresses(of: &templates)
    return PacketTemplate(templates)
  }

  func template(of layer: LayerSpecification, isQuoted: Bool) throws(CraftError) -> LayerTemplate {
    var template = LayerTemplate(layer.kind)
    if let truncate = layer.truncate { template.truncate = try resolver.number(truncate) }
    switch layer.kind {
    case .data, .raw, .trailer:
      if let data = layer.data { template.body = try octets(data) }
    case .quote:
      template.padsOptions = layer.pads
      if let quote = layer.quote { try fill(&template, quoting: quote) }
    default:
      var form = HeaderForm(of: layer.kind)
      for (name, value) in form.ordered(layer.fields, by: \.name) {
        guard let field = form.field(named: name) else {
          throw resolver.invalid(value.position, "unknown field '\(name)' of \(layer.kind)")
        }
        let setting = try setting(value.value, for: field, at: value.position)
        template.fields[name] = setting
        if case .given(.number(let number)) = setting { form.learn(name, number) }
      }
      for list in layer.lists { template.lists[list.key] = try elements(list, of: layer.kind) }
      try fillDefaults(of: &template, isQuoted: isQuoted, at: layer.position)
    }
    return template
  }

  /// How one field gets its value: a fault word, a difference to the right value, or a value.
  func setting(
    _ expression: Expression,
    for field: Field,
    at position: SourcePosition,
    depth: Int = 0
  ) throws(CraftError) -> FieldSetting {
    switch expression {
    case .text(let word) where field.byDefault == .computed:
      switch word {
      case "wrong": return .wrong
      case "off-by-one": return .offByOne
      case "complement": return .complement
      case "no-pseudo-header": return .withoutPseudoHeader
      case "zero": return .given(.number(0))
      case "ones": return .given(.number(field.bitWidth >= 64 ? .max : 1 << UInt64(field.bitWidth) &- 1))
      default: break
      }
    case .variable(["computed"]) where field.byDefault == .computed: return .computedPlus(0)
    case .sum(let start, let difference) where resolver.fault(start) == "computed":
      guard case .computedPlus(let sum) = try setting(start, for: field, at: position) else { break }
      return .computedPlus(sum + (try resolver.number(Located(difference, at: position))))
    case .difference(let start, let difference) where resolver.fault(start) == "computed":
      guard case .computedPlus(let sum) = try setting(start, for: field, at: position) else { break }
      return .computedPlus(sum - (try resolver.number(Located(difference, at: position))))
    case .variable(let path):
      if path.count == 1, depth < 8,
        let binding = resolver.trial.bindings.first(where: { $0.name == path[0] })
      {
        return try setting(Expression(parsing: binding.value), for: field, at: position, depth: depth + 1)
      }
    default: break
    }
    return .given(try resolver.value(expression, for: field, at: position))
  }

  /// Data of one layer has at most this many octets: more than any datagram, even an impossible one, can hold.
  static let dataLimit = 1 << 18

  /// The octets of a data layer.
  func octets(_ data: DataSpecification) throws(CraftError) -> [UInt8] {
    switch data {
    case .counter(let length): return (0..<(try count(length))).map { UInt8(truncatingIfNeeded: $0) }
    case .zeros(let length): return [UInt8](repeating: 0, count: try count(length))
    case .random(let length):
      var generator = SplitMix64(seed: resolver.endpoints.seed)
      return (0..<(try count(length))).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    case .text(let text): return Array(text.utf8)
    case .hex(let octets): return octets
    case .hexVariable(let expression):
      guard let octets = resolver.fault(expression.value).flatMap({ [UInt8](hex: $0) }) else {
        throw resolver.invalid(expression.position, "the variable must be pairs of hexadecimal digits")
      }
      return octets
    case .number(let number, let count): return try octets(of: number, count: count)
    case .name(let name): return DomainName.octets(of: try domainName(name)) ?? []
    case .addresses(let addresses): return try octets(of: addresses)
    case .all(let list, let position):
      var all: [UInt8] = []
      for data in list {
        all += try octets(data)
        guard all.count <= Self.dataLimit else {
          throw resolver.invalid(position, "data has at most \(Self.dataLimit) octets")
        }
      }
      return all
    case .reference(let expression):
      let value = try resolver.value(expression.value, for: nil, at: expression.position)
      guard case .octets(let octets) = value else {
        throw resolver.invalid(expression.position, "data is octets such as $sent.data, not \(value)")
      }
      return octets
    }
  }

  private func count(_ length: Located<Expression>) throws(CraftError) -> Int {
    let number = try resolver.number(length)
    guard number <= Self.dataLimit else {
      throw resolver.invalid(length.position, "data has at most \(Self.dataLimit) octets, not \(number)")
    }
    return number
  }

  private func fill(_ template: inout LayerTemplate, quoting quote: QuoteSpecification) throws(CraftError) {
    switch quote {
    case .layers(let layers):
      for layer in try unfolded(layers) {
        template.quoted.append(try self.template(of: layer, isQuoted: true))
      }
    case .of(let reference, let edits):
      guard let packet = resolver.packet(reference.value) else {
        throw resolver.invalid(reference.position, "'of' must name an earlier packet, for example $sent")
      }
      template.quoted = try quoted(packet, edits: edits)
    }
  }
}

/// A small generator with a seed, the same on every machine (Steele, Lea and Flood, 2014).
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Puts the parts together.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }
}
