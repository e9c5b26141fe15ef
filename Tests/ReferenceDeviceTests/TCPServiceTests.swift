import Capture
import Link
import ReferenceDevice
import Testing
import Wire

/// The device's TCP port that sends everything back.
@Suite struct TCPServiceTests {
  static let families: [LayerKind] = [.ipv4, .ipv6]

  /// A client that counts by hand.
  private struct Client {
    let family: LayerKind
    var conversation = Conversation(ReferenceDevice())
    /// The device's first sequence number.
    var initial: UInt64 = 0

    init(_ family: LayerKind) { self.family = family }

    /// A segment whose numbers count from the beginning of each stream.
    func segment(
      _ flags: UInt64,
      at offset: UInt64,
      acknowledging number: UInt64 = 0,
      window: UInt64 = 65_535,
      port: UInt64 = 7,
      size: UInt16? = nil,
      data: [UInt8] = []
    ) -> [UInt8] {
      let isIPv4 = family == .ipv4
      let tester: FieldValue = isIPv4 ? .ipv4(Conversation.ipv4) : .ipv6(Conversation.ipv6)
      let target: FieldValue =
        isIPv4 ? .ipv4(DeviceConfiguration().ipv4) : .ipv6(DeviceConfiguration().ipv6)
      var tcp = LayerTemplate(
        .tcp,
        fields: [
          "source-port": .given(.number(50_000)), "destination-port": .given(.number(port)),
          "sequence": .given(.number((0xffff_fff0 + offset) & 0xffff_ffff)),
          "acknowledgement": .given(.number((initial + number) & 0xffff_ffff)),
          "flags": .given(.number(flags)), "window": .given(.number(window)),
        ]
      )
      if let size { tcp.lists["options"] = [ElementTemplate("mss", ["size": .given(.number(UInt64(size)))])] }
      let layers = [
        LayerTemplate(
          .ethernet,
          fields: [
            "source": .given(.mac(Conversation.mac)), "destination": .given(.mac(Conversation.target)),
          ]
        ),
        LayerTemplate(family, fields: ["source": .given(tester), "destination": .given(target)]),
        tcp, LayerTemplate(.data, body: data),
      ]
      return (try? PacketTemplate(layers).encode().bytes) ?? []
    }

    /// Sends frames; what came back in a few words: flags, both numbers from the beginning, octets of data.
    mutating func exchange(_ frames: [UInt8]..., wait: Duration = .milliseconds(500)) throws -> [String] {
      try conversation.exchange(frames, wait: wait).map { frame in
        let dissection = Dissection(frame)
        guard let tcp = dissection.layer(.tcp) else { return dissection.summary }
        #expect(dissection.remarks.map(\.text) == [])
        let flags = tcp.number("flags") ?? 0
        let sequence = tcp.number("sequence") ?? 0
        if flags & 0x02 != 0 { initial = sequence }
        let offset = (sequence &- initial) & 0xffff_ffff
        let number = ((tcp.number("acknowledgement") ?? 0) &- 0xffff_fff0) & 0xffff_ffff
        let count = tcp.payload.count
        return "\(String(flags, radix: 16)) \(offset) \(number)" + (count > 0 ? " data \(count)" : "")
      }
    }

    mutating func connect(size: UInt16? = nil) throws {
      #expect(try exchange(segment(0x02, at: 0, size: size)) == ["12 0 1"])
      #expect(try exchange(segment(0x10, at: 1, acknowledging: 1)) == [])
    }
  }

  @Test(arguments: families)
  func `Data comes back with its acknowledgement, and a FIN is answered with one`(family: LayerKind) throws {
    var client = Client(family)
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
    var client = Client(family)
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
    var client = Client(.ipv4)
    try client.connect(size: 100)
    let data = [UInt8](repeating: 7, count: 250)
    #expect(
      try client.exchange(client.segment(0x18, at: 1, acknowledging: 1, data: data))
        == ["10 1 251 data 100", "10 101 251 data 100", "18 201 251 data 50"]
    )
  }

  @Test func `The client's window is kept, and asked about when it is shut`() throws {
    var client = Client(.ipv4)
    try client.connect(size: 1000)
    let shut = client.segment(0x18, at: 1, acknowledging: 1, window: 0, data: [1, 2, 3])
    #expect(try client.exchange(shut) == ["10 1 4"])
    #expect(try client.exchange(wait: .milliseconds(600)) == ["10 1 4 data 1"])
    let open = client.segment(0x10, at: 4, acknowledging: 2, window: 2)
    #expect(try client.exchange(open) == ["18 2 4 data 2"])
  }

  @Test func `Only an exact reset ends a connection`() throws {
    var client = Client(.ipv4)
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
    var client = Client(family)
    let answer = try client.exchange(client.segment(0x02, at: 0, port: 33_434))
    #expect(answer.map { $0.prefix(2) } == ["14"])
  }

  @Test(arguments: families)
  func `On a path that became narrower, what is under way is sent again in smaller segments`(
    family: LayerKind
  ) throws {
    var client = Client(family)
    try client.connect(size: 1440)
    let data = client.segment(0x18, at: 1, acknowledging: 1, data: [UInt8](repeating: 7, count: 1400))
    #expect(try client.exchange(data) == ["18 1 1401 data 1400"])
    let segment = try #require(client.conversation.received.last { Dissection($0).layer(.tcp) != nil })
    let sizes = try client.exchange(Self.tooBig(family, about: segment)).map { $0.split(separator: " ").last }
    #expect(sizes == (family == .ipv4 ? ["536", "536", "328"] : ["1220", "180"]))
  }

  /// A router's word that a packet doesn't fit.
  private static func tooBig(_ family: LayerKind, about frame: [UInt8]) -> [UInt8] {
    let quote = LayerTemplate(.quote, quoted: [LayerTemplate(.raw, body: Array(frame.dropFirst(14)))])
    let isIPv4 = family == .ipv4
    let network =
      isIPv4
      ? LayerTemplate(
        .ipv4,
        fields: [
          "source": .given(.ipv4(Conversation.ipv4)),
          "destination": .given(.ipv4(DeviceConfiguration().ipv4)),
        ]
      )
      : LayerTemplate(
        .ipv6,
        fields: [
          "source": .given(.ipv6(Conversation.ipv6)),
          "destination": .given(.ipv6(DeviceConfiguration().ipv6)),
        ]
      )
    let fields: [String: FieldSetting] =
      isIPv4
      ? ["type": .given(.number(3)), "code": .given(.number(4)), "mtu": .given(.number(576))]
      : ["type": .given(.number(2)), "mtu": .given(.number(1280))]
    let ethernet = LayerTemplate(
      .ethernet,
      fields: ["source": .given(.mac(Conversation.mac)), "destination": .given(.mac(Conversation.target))]
    )
    let icmp = LayerTemplate(isIPv4 ? .icmpv4 : .icmpv6, fields: fields)
    return (try? PacketTemplate([ethernet, network, icmp, quote]).encode().bytes) ?? []
  }
}
