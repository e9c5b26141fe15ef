internal import Capture
internal import Glibc
internal import Suite
internal import Wire

/// Tells what a captured frame says of the probes of a slice.
///
/// Pure: it sees frames, and knows what was crafted. Nearly all frames are probes that leave or come out unchanged; these are recognised by comparing octets with the probe crafted
/// again. What is left is taken apart.
struct FrameReader {
  let factory: ProbeFactory
  /// The tag of the witnesses, and the Ethernet address that they leave from.
  let witness: (tag: SweepTag, sender: MACAddress)
  /// The latest probe crafted for comparison, without a quote and with one.
  private var plain: [UInt8] = []
  private var quoting: [UInt8] = []

  private static let frameHeader = 14

  init(_ factory: ProbeFactory, witness: SweepTag, from sender: MACAddress) {
    self.factory = factory
    self.witness = (witness, sender)
  }

  var route: ProbeRoute { factory.route }
  var version: IPVersion { route.version }

  /// What the frame says.
  mutating func read(_ frame: CapturedFrame) -> Observation {
    if let kind = messageKind(frame.bytes) {
      let isSender = frame.arm == route.sender.arm
      if isSender, isOwn(frame.bytes) {
        return isCrafted(frame.bytes, kind) ? .left(kind) : dissect(frame)
      }
      if !isSender, isUnchanged(frame.bytes, kind) { return .arrived(kind, []) }
    }
    return dissect(frame)
  }

  /// Type and code of an ICMP message without options and extension headers in front of it.
  private func messageKind(_ bytes: [UInt8]) -> MessageKind? {
    let offset = factory.messageOffset
    guard bytes.count >= offset + 8 else { return nil }
    let isICMP =
      version == .v4
      ? bytes[12] == 0x08 && bytes[13] == 0 && bytes[14] == 0x45 && bytes[23] == 1
      : bytes[12] == 0x86 && bytes[13] == 0xdd && bytes[20] == 58
    return isICMP ? MessageKind(type: bytes[offset], code: bytes[offset + 1]) : nil
  }

  /// The probe as it was crafted.
  private mutating func expected(_ kind: MessageKind) -> [UInt8] {
    if version.quotes(kind.type) {
      factory.write(kind, into: &quoting)
      return quoting
    }
    factory.write(kind, into: &plain)
    return plain
  }

  /// Whether the sender's own Ethernet address is the source.
  private func isOwn(_ bytes: [UInt8]) -> Bool {
    let mac = route.sender.mac.rawValue
    var source: UInt64 = 0
    for place in 6..<12 { source = source << 8 | UInt64(bytes[place]) }
    return source == mac
  }

  /// Whether the frame is the probe, octet for octet.
  private mutating func isCrafted(_ bytes: [UInt8], _ kind: MessageKind) -> Bool {
    let expected = expected(kind)
    guard bytes.count == expected.count else { return false }
    return bytes.withUnsafeBytes { seen in
      expected.withUnsafeBytes { crafted in
        guard let a = seen.baseAddress, let b = crafted.baseAddress else { return false }
        return memcmp(a, b, crafted.count) == 0
      }
    }
  }

  /// Whether the packet is the probe, hop count and the header's checksum aside, which must be right.
  private mutating func isUnchanged(_ bytes: [UInt8], _ kind: MessageKind) -> Bool {
    guard bytes.count >= factory.length(of: kind) else { return false }
    let expected = expected(kind)
    let skipped = version == .v4 ? (22, 23) : (21, 22)
    let resumed = version == .v4 ? 26 : 22
    return bytes.withUnsafeBytes { seen in
      expected.withUnsafeBytes { crafted in
        guard let a = seen.baseAddress, let b = crafted.baseAddress else { return false }
        func same(_ range: Range<Int>) -> Bool {
          memcmp(a + range.lowerBound, b + range.lowerBound, range.count) == 0
        }
        guard same(Self.frameHeader..<skipped.0), same(resumed..<crafted.count) else { return false }
        guard version == .v4 else { return true }
        return seen[23] == crafted[23]
          && Checksum.internet(UnsafeRawBufferPointer(rebasing: seen[14..<34])) == 0
      }
    }
  }
}

extension Checksum {
  /// The checksum over octets in memory.
  fileprivate static func internet(_ bytes: UnsafeRawBufferPointer) -> UInt16 { internet(bytes.bytes) }
}
