/// One packet of a capture file.
public struct CapturedPacket: Hashable, Sendable {
  /// Which way a packet went, seen from the capturing machine.
  public enum Direction: UInt32, Hashable, Sendable {
    case inbound = 1
    case outbound = 2
  }

  /// When it was captured; nil in the blocks that don't say (simple packet blocks).
  public var time: Timestamp?
  /// Index into the file's interfaces.
  public var interface: Int
  /// The captured octets.
  public var bytes: [UInt8]
  /// Its length on the wire; more than `bytes.count` if the capture cut it.
  public var originalLength: Int
  /// Comments on this packet, in order; classic pcap has none.
  public var comments: [String]
  /// Which way it went; nil where the file doesn't say.
  public var direction: Direction?

  /// Creates a packet; `originalLength` is that of `bytes` if left out.
  public init(
    time: Timestamp?,
    interface: Int = 0,
    bytes: [UInt8],
    originalLength: Int? = nil,
    comments: [String] = [],
    direction: Direction? = nil
  ) {
    self.time = time
    self.interface = interface
    self.bytes = bytes
    self.originalLength = originalLength ?? bytes.count
    self.comments = comments
    self.direction = direction
  }
}
