public import Capture

/// A target that lives in virtual time at the other end of a simulated link.
///
/// It is told the time and never asks for it, so the same frames at the same times give the same answers.
public protocol SimulatedDevice {
  /// Takes one frame off the wire and says what goes out because of it.
  mutating func receive(_ frame: [UInt8], at time: Timestamp) -> [Emission]

  /// When the device wants to be woken though no frame came; nil when it waits for nothing.
  ///
  /// `wake` must move it beyond the time at which it was called.
  var nextWake: Timestamp? { get }

  /// Lets the timers run out which are due at that time, and says what goes out because of it.
  mutating func wake(at time: Timestamp) -> [Emission]
}

/// A frame which a device puts on the wire.
public struct Emission: Hashable, Sendable {
  /// How long after its cause, on top of the link's latency.
  public var delay: Duration
  /// The octets from the Ethernet header on.
  public var frame: [UInt8]

  /// Puts the parts together.
  public init(delay: Duration = .zero, frame: [UInt8]) {
    self.delay = delay
    self.frame = frame
  }
}
