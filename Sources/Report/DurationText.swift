extension Duration {
  /// Whole microseconds, never negative.
  var wholeMicroseconds: Int64 {
    let (seconds, attoseconds) = components
    if seconds < 0 || attoseconds < 0 { return 0 }
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
    return overflow ? .max / 2 : product + attoseconds / 1_000_000_000_000
  }

  /// Seconds with three decimals as machines read them, for example `0.074`; rounded, never negative.
  var decimalSeconds: String {
    let milliseconds = (wholeMicroseconds + 500) / 1000
    let fraction = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
  }

  /// The duration as people say it: `41 µs`, `1.2 ms`, `3.1 s`, `74 s`.
  var spoken: String {
    let value = wholeMicroseconds
    switch value {
    case ..<1000: return "\(value) µs"
    case ..<100_000: return Self.tenths(value, of: 1000) + " ms"
    case ..<1_000_000: return "\((value + 500) / 1000) ms"
    case ..<10_000_000: return Self.tenths(value, of: 1_000_000) + " s"
    default: return "\((value + 500_000) / 1_000_000) s"
    }
  }

  private static func tenths(_ value: Int64, of unit: Int64) -> String {
    let tenths = (value * 10 + unit / 2) / unit
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
