internal import Capture
internal import Link

/// A simulated device with what it has yet to send: told the time, it never asks for it.
struct DeviceSchedule {
  private var device: any SimulatedDevice
  /// Frames by the time when they are due, those of one time in the order in which they came.
  private var waiting: [(time: Timestamp, frame: [UInt8])] = []

  init(_ device: any SimulatedDevice) { self.device = device }

  /// When something happens that no frame brings about; nil if nothing does.
  var nextTime: Timestamp? {
    [waiting.first?.time, device.nextWake].compactMap(\.self).min()
  }

  /// The device takes a frame.
  mutating func receive(_ frame: [UInt8], at time: Timestamp) {
    schedule(device.receive(frame, at: time), after: time)
  }

  /// Lets timers end; the frames that go out now, in order.
  mutating func due(at time: Timestamp) -> [[UInt8]] {
    if let wake = device.nextWake, wake <= time { schedule(device.wake(at: time), after: time) }
    let count = waiting.firstIndex { $0.time > time } ?? waiting.count
    defer { waiting.removeFirst(count) }
    return waiting[..<count].map(\.frame)
  }

  private mutating func schedule(_ emissions: [Emission], after time: Timestamp) {
    for emission in emissions {
      let due = time + emission.delay
      let place = waiting.lastIndex { $0.time <= due }.map { $0 + 1 } ?? 0
      waiting.insert((due, emission.frame), at: place)
    }
  }
}
