/// What the device sent of late, as errors about it would quote it: source, destination, protocol, and the first
/// eight octets behind the IP headers.
struct SentPackets: Sendable {
  private var known: Set<[UInt8]> = []
  private var order: [[UInt8]] = []
  private var oldest = 0

  /// How many are remembered.
  private static let limit = 8192

  mutating func note(_ fingerprint: [UInt8]) {
    guard known.insert(fingerprint).inserted else { return }
    if order.count < Self.limit {
      order.append(fingerprint)
    } else {
      known.remove(order[oldest])
      order[oldest] = fingerprint
      oldest = (oldest + 1) % Self.limit
    }
  }

  func contains(_ fingerprint: [UInt8]) -> Bool { known.contains(fingerprint) }
}
