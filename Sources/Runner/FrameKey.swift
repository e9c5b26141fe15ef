/// The octets of a frame, to find it by.
///
/// Hashed by its headers, where frames differ, and not by all of its data; compared in full.
struct FrameKey: Hashable {
  private let bytes: [UInt8]
  /// Behind Ethernet, IPv6 and the first words of what it carries.
  private static let hashed = 64

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func hash(into hasher: inout Hasher) {
    hasher.combine(bytes.count)
    bytes.withUnsafeBytes { hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: $0.prefix(Self.hashed))) }
  }
}
