import Capture
import Link
import Testing

/// The link that replays a capture.
@Suite struct FileLinkTests {
  private func frame(_ nanoseconds: Int64, _ byte: UInt8) -> CapturedFrame {
    CapturedFrame(time: Timestamp(nanoseconds: nanoseconds), bytes: [byte])
  }

  private func bytes(_ link: FileLink, until nanoseconds: Int64) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try link.receive(until: Timestamp(nanoseconds: nanoseconds)) { bytes += $0.bytes }
    return bytes
  }

  @Test func `Frames come by time, and in their order where the time is the same`() throws {
    let link = FileLink(frames: [frame(30, 3), frame(10, 1), frame(30, 4), frame(20, 2)])
    #expect(try bytes(link, until: 100) == [1, 2, 3, 4])
    #expect(link.isAtEnd)
    #expect(link.statistics() == LinkStatistics(received: 4))
  }

  @Test func `Frames after the deadline wait for a later one`() throws {
    let link = FileLink(frames: [frame(10, 1), frame(20, 2)])
    #expect(try bytes(link, until: 10) == [1])
    #expect(try bytes(link, until: 19) == [])
    #expect(try bytes(link, until: 20) == [2])
  }

  @Test func `The clock is that of the capture`() throws {
    let link = FileLink(frames: [frame(10, 1), frame(20, 2)])
    #expect(link.now().nanoseconds == 10)
    _ = try bytes(link, until: 15)
    _ = try bytes(link, until: 17)
    #expect(link.now().nanoseconds == 17)
    _ = try bytes(link, until: .max)
    #expect(link.now().nanoseconds == 20)
    _ = try bytes(link, until: .max)
    #expect(link.now().nanoseconds == 20)
  }

  @Test func `Nothing can be sent into a capture`() {
    let link = FileLink(frames: [])
    #expect(throws: LinkError.sendRefused(length: 2, reason: "a capture file is only read")) {
      try link.send([[1, 2]])
    }
  }

  @Test func `A closed one says so`() {
    let link = FileLink(frames: [frame(10, 1)])
    link.close()
    #expect(throws: LinkError.closed) { try link.receive(until: .distantFuture) { _ in } }
    #expect(throws: LinkError.closed) { try link.send([]) }
  }
}
