import Glibc
import Lab
import Link

/// The services of the target, used by another process of its namespace.
extension Scenario {
  /// The child process that serves; on a busy machine it needs a moment to get its name.
  static var echoProcess: Int32? {
    for _ in 0..<2000 {
      if let process = namedEchoProcess { return process }
      usleep(1000)
    }
    return nil
  }

  private static var namedEchoProcess: Int32? {
    let text = (try? readSmallFile("/proc/thread-self/children")) ?? ""
    return text.split(whereSeparator: \.isWhitespace).lazy.compactMap { Int32($0) }.first { process in
      ((try? readSmallFile("/proc/\(process)/comm")) ?? "").hasPrefix("assay-echo")
    }
  }

  static func services() throws {
    let lab = try Lab.open(LinuxHostLab.name)
    let counts = try lab.inTarget {
      [
        ("tcp4", stream(to: address4(127, 0, 0, 1), octets: 300_000)),
        ("tcp6", stream(to: loopback6, octets: 300_000)),
        ("udp4", datagram(to: address4(192, 0, 2, 1), octets: 11)),
        ("udp6", datagram(to: loopback6, octets: 11)),
        ("broadcast", datagram(to: address4(127, 255, 255, 255), octets: 11)),
        ("tcp-after-many", afterMany()),
      ]
    }
    for (name, count) in counts { report(name, count) }
  }

  /// A socket address of either family, as octets.
  private struct Place {
    var family: Int32
    var octets: [UInt8]

    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result? {
      octets.withUnsafeBytes { bytes in
        bytes.bindMemory(to: sockaddr.self).baseAddress.map { body($0, socklen_t(bytes.count)) }
      }
    }
  }

  private static func address4(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> Place {
    Place(family: AF_INET, octets: [UInt8(AF_INET), 0, 0, 7, a, b, c, d] + [UInt8](repeating: 0, count: 8))
  }

  private static let loopback6 = Place(
    family: AF_INET6,
    octets: [UInt8(AF_INET6), 0, 0, 7] + [UInt8](repeating: 0, count: 19) + [1, 0, 0, 0, 0]
  )

  private static func connected(_ place: Place, _ type: __socket_type) -> Int32 {
    let descriptor = socket(place.family, Int32(type.rawValue), 0)
    var limit = timeval(tv_sec: 1, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var on: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_BROADCAST, &on, 4)
    _ = place.withPointer { connect(descriptor, $0, $1) }
    return descriptor
  }

  /// How many octets come back before the stream ends, all of them right.
  private static func stream(to place: Place, octets: Int) -> Int {
    let descriptor = connected(place, SOCK_STREAM)
    defer { close(descriptor) }
    let sent = (0..<octets).map { UInt8(truncatingIfNeeded: $0 / 7) }
    var (written, received) = (0, [UInt8]())
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      if written < octets {
        let part = sent[written..<min(octets, written + 30_000)]
        let count = part.withUnsafeBytes {
          send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        if count <= 0 { break }
        written += count
        if written == octets { shutdown(descriptor, Int32(SHUT_WR)) }
      }
      let isDone = written == octets
      let count = recv(descriptor, &buffer, buffer.count, isDone ? 0 : Int32(MSG_DONTWAIT))
      if count > 0 { received += buffer[..<count] } else if isDone { break }
    }
    return received == Array(sent.prefix(received.count)) ? received.count : -1
  }

  /// How many octets come back from the address that they were sent to.
  private static func datagram(to place: Place, octets: Int) -> Int {
    let descriptor = connected(place, SOCK_DGRAM)
    defer { close(descriptor) }
    let sent = [UInt8](repeating: 0x5a, count: octets)
    _ = send(descriptor, sent, octets, 0)
    var buffer = [UInt8](repeating: 0, count: 100)
    return max(0, recv(descriptor, &buffer, buffer.count, 0))
  }

  /// The same when more connections are open than the service has room for.
  private static func afterMany() -> Int {
    let idle = (0..<600).map { _ in connected(loopback6, SOCK_STREAM) }
    defer { for descriptor in idle { close(descriptor) } }
    return stream(to: loopback6, octets: 11)
  }
}
