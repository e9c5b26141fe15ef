/// What is fuzzed: each takes any octets at all, and checks what must be true of what comes of them.
enum FuzzTarget: String, CaseIterable {
  /// Frames taken apart, shown, and made again; texts of addresses and names.
  case wire
  /// Capture files read, and written again.
  case capture
  /// The recording of a right trial, altered, and judged.
  case judge
  /// Frames sent to the reference device.
  case device
  /// Frames sent through the strict router, NAT or firewall.
  case transit

  /// Works an input off.
  func examine(_ input: [UInt8]) throws(BrokenProperty) {
    switch self {
    case .wire: try WireTarget(input).examine()
    case .capture: try CaptureTarget(input).examine()
    case .judge: try JudgeTarget.examine(input)
    case .device: try DeviceTarget.examine(input)
    case .transit: try TransitTarget.examine(input)
    }
  }
}

/// Something that must be true of every input, and isn't.
struct BrokenProperty: Error, CustomStringConvertible {
  /// The rule, and what was seen.
  var description: String

  init(_ description: String) { self.description = description }
}

/// Throws unless the condition holds.
func require(_ condition: Bool, _ text: @autoclosure () -> String) throws(BrokenProperty) {
  if !condition { throw BrokenProperty(text()) }
}
