internal import Capture
internal import Link
internal import Wire

/// A device that falls silent for good when it has been asked, or has said, too much: a mutant that never stops talking
/// would keep a run in virtual time from ever ending.
struct BoundedDevice: SimulatedDevice {
  private var device: any SimulatedDevice
  /// How many frames and timers are left.
  private var budget: Int

  /// The device, which may see and send so many frames and timers in all.
  init(_ device: any SimulatedDevice, budget: Int) {
    self.device = device
    self.budget = budget
  }

  /// Whether it was cut off.
  var isExhausted: Bool { budget <= 0 }

  mutating func receive(_ frame: [UInt8], at time: Timestamp) -> [Emission] {
    guard budget > 0 else { return [] }
    return counted(device.receive(frame, at: time))
  }

  mutating func receive(_ frame: [UInt8], from arm: Arm, at time: Timestamp) -> [Emission] {
    guard budget > 0 else { return [] }
    return counted(device.receive(frame, from: arm, at: time))
  }

  var nextWake: Timestamp? { budget > 0 ? device.nextWake : nil }

  mutating func wake(at time: Timestamp) -> [Emission] {
    guard budget > 0 else { return [] }
    return counted(device.wake(at: time))
  }

  private mutating func counted(_ emissions: [Emission]) -> [Emission] {
    defer { budget -= 1 + emissions.count }
    return Array(emissions.prefix(budget))
  }
}
