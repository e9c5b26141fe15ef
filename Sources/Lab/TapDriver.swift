internal import CLinux
internal import Capture
internal import Glibc
internal import Link

/// Lets a simulated device live in real time at the end of a TAP interface.
struct TapDriver {
  private var tap: TapInterface
  private var schedule: DeviceSchedule
  private let clock = AnchoredClock()
  /// So many frames are taken before the device's timers are looked at again.
  private static let batch = 256

  init(_ device: any SimulatedDevice, on tap: TapInterface) {
    self.tap = tap
    schedule = DeviceSchedule(device)
  }

  /// Drives the device until `life` becomes readable or the interface is taken away.
  mutating func run(until life: Int32) {
    while true {
      send()
      let wait = schedule.nextTime.map { max(0, ($0 - clock.now()).wholeNanoseconds) } ?? -1
      let ready = assay_wait_readable([tap.descriptor.number, life], 2, wait)
      if ready < 0 || ready & 0b10 != 0 { return }
      if ready & 0b01 != 0, !receive() { return }
    }
  }

  private mutating func send() {
    for frame in schedule.due(at: clock.now()) { tap.write(frame) }
  }

  /// Takes what is there; false if the interface is gone.
  private mutating func receive() -> Bool {
    for _ in 0..<Self.batch {
      switch tap.read() {
      case .frame(let frame):
        schedule.receive(frame, at: clock.now())
        send()
      case .nothing: return true
      case .gone: return false
      }
    }
    return true
  }
}
