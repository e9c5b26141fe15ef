internal import Wire

extension SuiteDecoder {
  /// Words which spoil the right value of a computed field.
  static let faultWords = Set(Grammar.faultWords.map(\.name))

  /// Reports literals that their fields can't hold, all of a layer at once; what variables come to is known later.
  mutating func checkLiterals(of layer: LayerSpecification) {
    let settings = layer.fields.map { field in
      Setting(name: field.name, values: [field.value.value], isExact: true, position: field.value.position)
    }
    check(settings, of: layer.kind, isSent: true)
  }

  /// Reports literals that can never be seen in their fields.
  mutating func checkLiterals(of layer: LayerPattern) {
    let settings = layer.fields.map { field in
      var isExact = false
      if case .equals = field.pattern { isExact = true }
      return Setting(
        name: field.name,
        values: field.pattern.expressions,
        isExact: isExact,
        position: field.position
      )
    }
    check(settings, of: layer.kind, isSent: false)
  }

  /// Reports a literal that the field of an element can't hold; of several fields of one name, one must do.
  mutating func checkLiteral(
    _ value: Expression,
    for fields: [Field],
    isSent: Bool,
    at position: SourcePosition
  ) {
    guard case .text(let text) = value else { return }
    var fault: LiteralFault?
    for field in fields {
      if isSent, field.byDefault == .computed, Self.faultWords.contains(text) { return }
      do throws(LiteralFault) {
        if let misfit = field.misfit(of: try field.value(ofLiteral: text)) {
          throw LiteralFault(message: misfit)
        }
        return
      } catch {
        fault = fault ?? error
      }
    }
    if let fault { reader.error(at: position, fault.message) }
  }

  /// What is said about one field.
  private struct Setting {
    var name: String
    var values: [Expression]
    /// Whether the field has the only value, so that a type decides the form of the header.
    var isExact: Bool
    var position: SourcePosition
  }

  private mutating func check(_ settings: [Setting], of kind: LayerKind, isSent: Bool) {
    var form = HeaderForm(of: kind)
    var isFormKnown = true
    for setting in form.ordered(settings, by: \.name) {
      let name = setting.name
      guard isFormKnown || (name != "code" && form.isCommon(name)), let field = form.field(named: name) else {
        continue
      }
      var values: [FieldValue] = []
      for case .text(let text) in setting.values {
        if isSent, field.byDefault == .computed, Self.faultWords.contains(text) { continue }
        do throws(LiteralFault) {
          let value = try field.value(ofLiteral: text)
          if let misfit = field.misfit(of: value) { throw LiteralFault(message: misfit) }
          values.append(value)
        } catch {
          reader.error(at: setting.position, error.message)
        }
      }
      if case .number(let number)? = values.first, setting.isExact {
        form.learn(name, number)
      } else if name == "type" {
        isFormKnown = false
      }
    }
  }
}

extension ValuePattern {
  /// All expressions in it.
  var expressions: [Expression] {
    switch self {
    case .equals(let a), .atLeast(let a), .atMost(let a): [a]
    case .range(let a, let b): [a, b]
    case .oneOf(let all): all.flatMap(\.expressions)
    case .not(let pattern): pattern.expressions
    case .any, .present, .absent: []
    }
  }
}
