import Capture
import Link
import Testing

@testable import Lab

/// When a simulated device's frames go out in real time; the time is only told here.
@Suite struct DeviceScheduleTests {
  /// Sends each frame back after as many nanoseconds as its first octet says, and one of its own at a set time.
  private struct Device: SimulatedDevice {
    var nextWake: Timestamp?

    mutating func receive(_ frame: [UInt8], at time: Timestamp) -> [Emission] {
      [Emission(delay: .nanoseconds(Int64(frame.first ?? 0)), frame: frame)]
    }

    mutating func wake(at time: Timestamp) -> [Emission] {
      nextWake = nil
      return [Emission(frame: [0xff])]
    }
  }

  private func time(_ nanoseconds: Int64) -> Timestamp { Timestamp(nanoseconds: nanoseconds) }

  @Test func `An answer without delay goes out at once`() {
    var schedule = DeviceSchedule(Device())
    schedule.receive([0, 1], at: time(100))
    #expect(schedule.due(at: time(100)) == [[0, 1]])
    #expect(schedule.nextTime == nil)
  }

  @Test func `Answers go out when they are due, not when their causes came`() {
    var schedule = DeviceSchedule(Device())
    schedule.receive([30], at: time(100))
    schedule.receive([10], at: time(105))
    schedule.receive([0], at: time(110))
    #expect(schedule.nextTime == time(110))
    #expect(schedule.due(at: time(110)) == [[0]])
    #expect(schedule.nextTime == time(115))
    #expect(schedule.due(at: time(200)) == [[10], [30]])
  }

  @Test func `Answers of one time keep their order`() {
    var schedule = DeviceSchedule(Device())
    for number: UInt8 in 1...5 { schedule.receive([0, number], at: time(100)) }
    #expect(schedule.due(at: time(100)) == (1...5).map { [0, $0] })
  }

  @Test func `A timer ends when its time has come, not before`() {
    var schedule = DeviceSchedule(Device(nextWake: time(500)))
    #expect(schedule.nextTime == time(500))
    #expect(schedule.due(at: time(499)) == [])
    #expect(schedule.due(at: time(500)) == [[0xff]])
    #expect(schedule.nextTime == nil)
  }
}
