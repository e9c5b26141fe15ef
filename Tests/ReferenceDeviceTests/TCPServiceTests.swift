import Capture
import Link
import ReferenceDevice
import Testing
import Wire

/// The device's TCP port that sends everything back.
@Suite struct TCPServiceTests {
  static let families: [LayerKind] = [.ipv4, .ipv6]

  @Test(arguments: families)
  func `Data comes back with its acknowledgement, and a FIN is answered with one`(family: LayerKind) throws {
    var client = TCPClient(family)
    try client.connect()
    let data = [UInt8](repeating: 7, count: 20)
    #expect(
      try client.exchange(client.segment(0x18, at: 1, acknowledging: 1, data: data)) == ["18 1 21 data 20"]
    )
    #expect(try client.exchange(client.segment(0x11, at: 21, acknowledging: 21)) == ["11 21 22"])
    #expect(try client.exchange(client.segment(0x10, at: 22, acknowledging: 22)) == [])
    // Now it is unknown.
    #expect(try client.exchange(client.segment(0x10, at: 22, acknowledging: 22)) == ["4 22 16"])
  }

  @Test(arguments: families)
  func `What isn't acknowledged is sent again after one second, then two`(family: LayerKind) throws {
    var client = TCPClient(family)
    #expect(
      try client.exchange(client.segment(0x02, at: 0), wait: .milliseconds(3500)) == [
        "12 0 1", "12 0 1", "12 0 1",
      ]
    )
    #expect(try client.exchange(client.segment(0x10, at: 1, acknowledging: 1), wait: .seconds(10)) == [])
    let data = client.segment(0x18, at: 1, acknowledging: 1, data: [1])
    #expect(
      try client.exchange(data, wait: .milliseconds(3500)) == Array(repeating: "18 1 2 data 1", count: 3)
    )
  }

  @Test func `Segments are as large as the client takes`() throws {
    var client = TCPClient(.ipv4)
    try client.connect(size: 100)
    let data = [UInt8](repeating: 7, count: 250)
    #expect(
      try client.exchange(client.segment(0x18, at: 1, acknowledging: 1, data: data))
        == ["10 1 251 data 100", "10 101 251 data 100", "18 201 251 data 50"]
    )
  }

  @Test func `The client's window is kept, and asked about when it is shut`() throws {
    var client = TCPClient(.ipv4)
    try client.connect(size: 1000)
    let shut = client.segment(0x18, at: 1, acknowledging: 1, window: 0, data: [1, 2, 3])
    #expect(try client.exchange(shut) == ["10 1 4"])
    #expect(try client.exchange(wait: .milliseconds(600)) == ["10 1 4 data 1"])
    let open = client.segment(0x10, at: 4, acknowledging: 2, window: 2)
    #expect(try client.exchange(open) == ["18 2 4 data 2"])
  }

  @Test func `Only an exact reset ends a connection`() throws {
    var client = TCPClient(.ipv4)
    try client.connect()
    #expect(try client.exchange(client.segment(0x04, at: 500)) == ["10 1 1"])
    #expect(try client.exchange(client.segment(0x04, at: 100_000)) == [])
    #expect(try client.exchange(client.segment(0x02, at: 500)) == ["10 1 1"])
    #expect(try client.exchange(client.segment(0x18, at: 1, acknowledging: 900, data: [1])) == ["10 1 1"])
    #expect(try client.exchange(client.segment(0x18, at: 2, acknowledging: 1, data: [1])) == ["10 1 1"])
    #expect(try client.exchange(client.segment(0x04, at: 1)) == [])
    #expect(try client.exchange(client.segment(0x10, at: 1, acknowledging: 1)) == ["4 1 16"])
  }

  @Test(arguments: families)
  func `Other ports are closed`(family: LayerKind) throws {
    var client = TCPClient(family)
    let answer = try client.exchange(client.segment(0x02, at: 0, port: 33_434))
    #expect(answer.map { $0.prefix(2) } == ["14"])
  }

  @Test(arguments: families)
  func `On a path that became narrower, what is under way is sent again in smaller segments`(
    family: LayerKind
  ) throws {
    var client = TCPClient(family)
    try client.connect(size: 1440)
    let data = client.segment(0x18, at: 1, acknowledging: 1, data: [UInt8](repeating: 7, count: 1400))
    #expect(try client.exchange(data) == ["18 1 1401 data 1400"])
    let segment = try #require(client.lastSegment)
    let error =
      family == .ipv4 ? TCPErrorStimulus(type: 3, code: 4, mtu: 576) : TCPErrorStimulus(type: 2, mtu: 1280)
    let sizes = try client.exchange(error.frame(about: segment, over: family)).map {
      $0.split(separator: " ").last
    }
    #expect(sizes == (family == .ipv4 ? ["536", "536", "328"] : ["1220", "180"]))
  }
}
