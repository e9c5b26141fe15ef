import Capture
import Link
import ReferenceDevice
import Suite
import Wire

/// Frames one after the other through a strict router, NAT or firewall, or a mutant of it: each is a head of four octets
/// (how long after the last one, its side and whether its lengths and checksums are made right, its length) and its octets.
enum TransitTarget {
  private static let roles: [Role] = [.router, .nat, .firewall]
  private static let mostFrames = 200
  private static let mostTimers = 3000

  static func examine(_ input: [UInt8]) throws(BrokenProperty) {
    var source = ByteSource(input)
    let choice = source.byte()
    let role = roles[Int(choice) % roles.count]
    let mutants = Mutant.allCases(of: role)
    let isStrict = choice < 128 || mutants.isEmpty
    var device = ForwardingDevice(
      role,
      mutants: isStrict ? [] : [mutants[Int(source.number(2)) % mutants.count]]
    )
    var time = Timestamp(nanoseconds: 1_767_225_600_000_000_000)
    for frame in Introductions.frames { _ = device.receive(frame, from: .near, at: time) }
    for _ in 0..<64 where !source.isEmpty {
      time = time + .microseconds(1 << Int64(source.byte() % 28))
      let kind = source.byte()
      let octets = source.octets(Int(source.number(2)) % 1515)
      try ring(&device, until: time)
      let frame = kind & 1 == 1 ? Repair.octets(octets) : octets
      try check(device.receive(frame, from: kind & 2 == 0 ? .near : .far, at: time))
    }
    try ring(&device, until: time + .seconds(300))
  }

  /// Lets the timers end that are due.
  private static func ring(_ device: inout ForwardingDevice, until time: Timestamp) throws(BrokenProperty) {
    var count = 0
    while let wake = device.nextWake, wake <= time {
      count += 1
      try require(count < mostTimers, "timers never end")
      try check(device.wake(at: wake))
    }
  }

  /// What is passed on may be as wrong as it came; no frame is too long for the link, and none comes from the past.
  private static func check(_ emissions: [Emission]) throws(BrokenProperty) {
    try require(emissions.count <= mostFrames, "\(emissions.count) frames at once")
    for emission in emissions {
      try require((14...1514).contains(emission.frame.count), "a frame of \(emission.frame.count) octets")
      try require(emission.delay >= .zero, "a frame from the past")
    }
  }
}
