internal import Suite
internal import Wire

/// Works out expressions: what a literal, name or variable means for a given field of a given trial.
struct Resolver {
  let trial: Trial
  let endpoints: Endpoints
  let capabilities: [String: String]
  /// Packets sent by earlier steps, by name; `sent` is the latest.
  var packets: [String: EncodedPacket] = [:]
  /// Which repetition of a step is crafted, from 0.
  var repetition = 0
  /// The side from which the packet is sent that is being crafted.
  var arm = Arm.near

  /// Remembers a packet that is sent, and its fragments, under its names.
  mutating func remember(_ stimulus: PlannedStimulus) {
    for name in ["sent", stimulus.name].compactMap(\.self) {
      for key in packets.keys where key.hasPrefix(name + ".fragment-") { packets[key] = nil }
      packets[name] = stimulus.packet
      for (number, fragment) in stimulus.fragments.enumerated() {
        packets["\(name).fragment-\(number)"] = fragment
      }
    }
  }
  /// How connections stand, by name.
  var connections: [String: ConnectionSnapshot] = [:]

  /// Remembers how a connection stands, and its latest packets.
  mutating func note(_ snapshot: ConnectionSnapshot, as name: String) {
    connections[name] = snapshot
    packets["\(name).last-sent"] = snapshot.lastSent
    packets["\(name).last-received"] = snapshot.lastReceived
  }

  /// A failure with the place in the suite.
  func invalid(_ position: SourcePosition, _ message: String) -> CraftError {
    let variant = trial.variant.isEmpty ? "" : " (variant \(trial.variant))"
    return .invalid(Diagnostic(at: position, message + variant))
  }

  /// Numbers which aren't a field's, such as lengths, go up to here.
  static let numberLimit = 1 << 24

  /// The value of an expression for a field, which can hold it.
  func value(
    _ expression: Expression,
    for field: Field?,
    at position: SourcePosition
  ) throws(CraftError) -> FieldValue {
    let result = try value(expression, for: field, at: position, depth: 0)
    if let misfit = field?.misfit(of: result) { throw invalid(position, misfit) }
    return result
  }

  /// The value of an expression; `depth` counts variants that refer to other variants.
  func value(
    _ expression: Expression,
    for field: Field?,
    at position: SourcePosition,
    depth: Int
  ) throws(CraftError) -> FieldValue {
    guard depth < 8 else { throw invalid(position, "the variables refer to each other in a circle") }
    switch expression {
    case .text(let text):
      return try literal(text, for: field, at: position)
    case .variable(let path):
      return try variable(path, for: field, at: position, depth: depth)
    case .sum(let a, let b):
      if let sum = try sequence(a, b, at: position, depth: depth, { $0 &+ $1 }) { return sum }
      return try combine(a, b, for: field, at: position, depth: depth, "+") { $0.addingReportingOverflow($1) }
    case .difference(let a, let b):
      if let difference = try sequence(a, b, at: position, depth: depth, { $0 &- $1 }) { return difference }
      return try combine(a, b, for: field, at: position, depth: depth, "-") {
        $0.subtractingReportingOverflow($1)
      }
    case .product(let a, let b):
      return try combine(a, b, for: field, at: position, depth: depth, "*") {
        $0.multipliedReportingOverflow(by: $1)
      }
    }
  }

  /// The word that an expression comes to, or `computed` where it starts from the right value; else nil.
  func fault(_ expression: Expression, depth: Int = 0) -> String? {
    switch expression {
    case .text(let text): return text
    case .variable(["computed"]): return "computed"
    case .variable(let path):
      guard depth < 8, path.count == 1, let bound = trial.bindings.first(where: { $0.name == path[0] }) else {
        return nil
      }
      return fault(Expression(parsing: bound.value), depth: depth + 1)
    case .sum(let start, _), .difference(let start, _):
      return fault(start, depth: depth) == "computed" ? "computed" : nil
    case .product: return nil
    }
  }

  /// A whole number that isn't a field's: a length, a count.
  func number(_ expression: Located<Expression>) throws(CraftError) -> Int {
    let result = try value(expression.value, for: nil, at: expression.position)
    guard case .number(let number) = result else {
      throw invalid(expression.position, "expected a whole number, not \(result.kind)")
    }
    guard let small = Int(exactly: number), small <= Self.numberLimit else {
      throw invalid(expression.position, "\(number) is too large; at most \(Self.numberLimit)")
    }
    return small
  }

  /// Arithmetic on the sequence numbers of a connection, which go on from zero behind the highest; nil for others.
  private func sequence(
    _ a: Expression,
    _ b: Expression,
    at position: SourcePosition,
    depth: Int,
    _ operation: (UInt64, UInt64) -> UInt64
  ) throws(CraftError) -> FieldValue? {
    guard isSequence(a), case .number(let start) = try value(a, for: nil, at: position, depth: depth),
      case .number(let count) = try value(b, for: nil, at: position, depth: depth)
    else { return nil }
    return .number(operation(start, count) & 0xffff_ffff)
  }

  private func isSequence(_ expression: Expression) -> Bool {
    switch expression {
    case .variable(let path):
      if path.count == 2, connections[path[0]] != nil { return path[1].hasSuffix("-next") }
      return [["tcp", "sequence"], ["tcp", "acknowledgement"]].contains(path.suffix(2))
    case .sum(let start, _), .difference(let start, _): return isSequence(start)
    case .text, .product: return false
    }
  }

  private func combine(
    _ a: Expression,
    _ b: Expression,
    for field: Field?,
    at position: SourcePosition,
    depth: Int,
    _ sign: String,
    _ operation: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
  ) throws(CraftError) -> FieldValue {
    let left = try value(a, for: field, at: position, depth: depth)
    let right = try value(b, for: nil, at: position, depth: depth)
    guard case .number(let n) = right, let count = Int64(exactly: n) else {
      throw invalid(position, "'\(sign)' needs a number on its right")
    }
    switch left {
    case .number(let m):
      guard let start = Int64(exactly: m) else { break }
      let (result, overflow) = operation(start, count)
      guard !overflow, result >= 0 else {
        throw invalid(position, "\(m) \(sign) \(n) is not a non-negative number")
      }
      return .number(UInt64(result))
    case .ipv4(let address) where sign != "*":
      let (result, overflow) = operation(Int64(address.rawValue), count)
      guard !overflow, let raw = UInt32(exactly: result) else {
        throw invalid(position, "\(address) \(sign) \(n) leaves the IPv4 addresses")
      }
      return .ipv4(IPv4Address(rawValue: raw))
    case .ipv6(let address) where sign != "*":
      let (low, overflow) =
        sign == "+" ? address.low.addingReportingOverflow(n) : address.low.subtractingReportingOverflow(n)
      guard !overflow else {
        throw invalid(position, "\(address) \(sign) \(n) leaves the lower 64 bits of the address")
      }
      return .ipv6(IPv6Address(high: address.high, low: low))
    default: break
    }
    throw invalid(position, "'\(sign)' works on numbers and addresses only")
  }

  /// What a word means for a field; without a field it is a number.
  func literal(_ text: String, for field: Field?, at position: SourcePosition) throws(CraftError)
    -> FieldValue
  {
    guard let field else {
      if let number = UInt64(literal: text) { return .number(number) }
      if let address = IPv4Address(text) { return .ipv4(address) }
      if let address = IPv6Address(text) { return .ipv6(address) }
      if let address = MACAddress(text) { return .mac(address) }
      throw invalid(position, "'\(text)' is not a number")
    }
    do throws(LiteralFault) {
      return try field.value(ofLiteral: text)
    } catch {
      throw invalid(position, error.message)
    }
  }
}
