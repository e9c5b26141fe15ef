import Capture
import Link
import ReferenceDevice
import Wire

/// Frames one after the other, sent to the reference device or a mutant of it: each is a head of four octets (how long
/// after the last one, whether its lengths and checksums are made right, its length) and its octets.
enum DeviceTarget {
  /// One frame brings the device to send no more than this at once: the fragments of the largest datagram.
  private static let mostFrames = 80
  private static let mostTimers = 3000

  static func examine(_ input: [UInt8]) throws(BrokenProperty) {
    var source = ByteSource(input)
    let choice = source.byte()
    let mutants = Mutant.allCases
    var device = ReferenceDevice(mutants: choice < 128 ? [] : [mutants[Int(source.byte()) % mutants.count]])
    let isStrict = device.mutants.isEmpty
    var time = Timestamp(nanoseconds: 1_767_225_600_000_000_000)
    for frame in Introductions.frames { _ = device.receive(frame, at: time) }
    for _ in 0..<64 where !source.isEmpty {
      let delay = source.byte()
      time = time + .microseconds(1 << Int64(delay % 28))
      let isRepaired = source.byte() & 1 == 1
      let length = Int(source.number(2)) % 1515
      let octets = source.octets(length)
      try ring(&device, until: time, isStrict)
      let frame = isRepaired ? Repair.octets(octets) : octets
      try check(device.receive(frame, at: time), isStrict)
    }
    try ring(&device, until: time + .seconds(300), isStrict)
  }

  /// Lets the timers end that are due.
  private static func ring(
    _ device: inout ReferenceDevice,
    until time: Timestamp,
    _ isStrict: Bool
  ) throws(BrokenProperty) {
    var count = 0
    while let wake = device.nextWake, wake <= time {
      count += 1
      try require(count < mostTimers, "timers never end")
      try check(device.wake(at: wake), isStrict)
    }
  }

  private static func check(_ emissions: [Emission], _ isStrict: Bool) throws(BrokenProperty) {
    try require(emissions.count <= mostFrames, "\(emissions.count) frames at once")
    for emission in emissions {
      try require(
        (14...1514).contains(emission.frame.count),
        "a frame of \(emission.frame.count) octets"
      )
      try require(emission.delay >= .zero, "a frame from the past")
      guard isStrict else { continue }
      let dissection = Dissection(emission.frame)
      let malformed = dissection.remarks.first {
        !$0.isQuoted && [.checksum, .length, .truncated, .version].contains($0.kind)
      }
      try require(malformed == nil, "\(dissection.summary): \(malformed?.text ?? "")")
      try checkError(dissection)
    }
  }

  /// No error is about an error, or about another fragment than the first [RFC 1122 3.2.2] [RFC 4443 2.4].
  private static func checkError(_ dissection: Dissection) throws(BrokenProperty) {
    let (icmp4, icmp6) = (dissection.layer(.icmpv4), dissection.layer(.icmpv6))
    let isError =
      [3, 4, 5, 11, 12].contains(icmp4?.number("type")) || (icmp6?.number("type")).map { $0 < 128 } == true
    guard isError, !dissection.quote.isEmpty else { return }
    // What IPv4 carries as protocol 58 is no ICMP there, nor is protocol 1 within IPv6.
    let version = dissection.quote.first?.kind
    if version == .ipv4, let quoted = dissection.quotedLayer(.icmpv4)?.number("type") {
      try require(![3, 4, 5, 11, 12].contains(quoted), "an error about an error: \(dissection.summary)")
    }
    if version == .ipv6, let quoted = dissection.quotedLayer(.icmpv6)?.number("type") {
      try require(quoted >= 128 && quoted != 137, "an error about an error: \(dissection.summary)")
    }
    if icmp4 != nil, let offset = dissection.quotedLayer(.ipv4)?.number("fragment-offset") {
      try require(offset == 0, "an error about a later fragment: \(dissection.summary)")
    }
  }
}
