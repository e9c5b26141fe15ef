/// A place in a stream of octets, counted modulo 2^32 [RFC 9293 3.4].
public struct SequenceNumber: Hashable, Sendable, CustomStringConvertible {
  /// The number as it stands in a segment.
  public var rawValue: UInt32

  /// The place with that number.
  public init(_ rawValue: UInt32) { self.rawValue = rawValue }

  /// A place so many octets further on, or back.
  public static func + (a: SequenceNumber, octets: Int) -> SequenceNumber {
    SequenceNumber(a.rawValue &+ UInt32(truncatingIfNeeded: octets))
  }

  /// How many octets lie between two places, by the shorter way: negative when the first one comes first.
  public static func - (a: SequenceNumber, b: SequenceNumber) -> Int {
    Int(Int32(truncatingIfNeeded: a.rawValue &- b.rawValue))
  }

  /// Whether it lies among so many octets from a place on.
  public func isIn(_ length: Int, from start: SequenceNumber) -> Bool {
    Int(rawValue &- start.rawValue) < length
  }

  /// The number.
  public var description: String { "\(rawValue)" }
}
