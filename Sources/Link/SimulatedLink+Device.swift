public import Capture
public import Wire

/// A target that lives in virtual time at the other end of a simulated link.
///
/// It is told the time and never asks for it, so the same frames at the same times give the same answers.
public protocol SimulatedDevice {
  /// Takes one frame off the wire and says what goes out because of it.
  mutating func receive(_ frame: [UInt8], at time: Timestamp) -> [Emission]

  /// Takes one frame off the wire of an arm; a device with one arm never sees the far one.
  mutating func receive(_ frame: [UInt8], from arm: Arm, at time: Timestamp) -> [Emission]

  /// When the device wants to be woken though no frame came; nil when it waits for nothing.
  ///
  /// `wake` must move it beyond the time at which it was called.
  var nextWake: Timestamp? { get }

  /// Lets the timers run out which are due at that time, and says what goes out because of it.
  mutating func wake(at time: Timestamp) -> [Emission]
}

extension SimulatedDevice {
  /// What comes from the far side goes nowhere.
  public mutating func receive(_ frame: [UInt8], from arm: Arm, at time: Timestamp) -> [Emission] {
    arm == .near ? receive(frame, at: time) : []
  }
}

/// A frame which a device puts on the wire.
public struct Emission: Hashable, Sendable {
  /// How long after its cause, on top of the link's latency.
  public var delay: Duration
  /// The octets from the Ethernet header on.
  public var frame: [UInt8]
  /// The side where it goes out.
  public var arm: Arm

  /// Puts the parts together.
  public init(delay: Duration = .zero, frame: [UInt8], at arm: Arm = .near) {
    self.arm = arm
    self.delay = delay
    self.frame = frame
  }
}
