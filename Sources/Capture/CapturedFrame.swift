public import Wire

/// One frame to be sent, and from where.
public struct OutgoingFrame: Hashable, Sendable {
  /// The octets from the Ethernet header on.
  public var bytes: [UInt8]
  /// The side from which it goes.
  public var arm: Arm

  /// Puts the parts together.
  public init(_ bytes: [UInt8], from arm: Arm = .near) {
    self.bytes = bytes
    self.arm = arm
  }
}

/// One frame as the observer saw it on the wire, sent or received.
public struct CapturedFrame: Hashable, Sendable {
  /// When the frame passed the observer.
  public var time: Timestamp
  /// Which of the tester's interfaces saw it.
  public var arm: Arm
  /// The octets from the Ethernet header on.
  public var bytes: [UInt8]
  /// Its length on the wire; more than `bytes.count` if the capture cut it.
  public var originalLength: Int

  /// Puts the parts together.
  public init(time: Timestamp, arm: Arm = .near, bytes: [UInt8], originalLength: Int? = nil) {
    self.time = time
    self.arm = arm
    self.bytes = bytes
    self.originalLength = originalLength ?? bytes.count
  }
}
