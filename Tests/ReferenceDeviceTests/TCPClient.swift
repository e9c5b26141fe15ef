import Link
import Testing
import Wire

@testable import ReferenceDevice

/// A TCP client that counts by hand.
struct TCPClient {
  let family: LayerKind
  var conversation: Conversation
  /// The device's first sequence number.
  var initial: UInt64 = 0

  init(_ family: LayerKind, mutants: Set<Mutant> = []) {
    self.family = family
    conversation = Conversation(ReferenceDevice(mutants: mutants))
  }

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

  /// The segment that came last from the device, as its frame.
  var lastSegment: [UInt8]? { conversation.received.last { Dissection($0).layer(.tcp) != nil } }

  mutating func connect(size: UInt16? = nil) throws {
    #expect(try exchange(segment(0x02, at: 0, size: size)) == ["12 0 1"])
    #expect(try exchange(segment(0x10, at: 1, acknowledging: 1)) == [])
  }
}

/// An ICMP error about a segment of the device, said of the client's side of the path.
struct TCPErrorStimulus {
  var type: UInt64
  var code: UInt64 = 0
  var mtu: UInt64 = 0
  /// Added to the sequence number that is quoted.
  var offset: Int64 = 0
  /// What is added to the ports that are quoted.
  var ports: (source: Int, destination: Int) = (0, 0)
  /// The protocol number that is quoted.
  var protocolNumber: UInt8 = 6

  /// The error, quoting a frame.
  func frame(about frame: [UInt8], over family: LayerKind) -> [UInt8] {
    let isIPv4 = family == .ipv4
    let start = isIPv4 ? 20 : 40
    var packet = Array(frame.dropFirst(14).prefix(start + 8))
    packet[isIPv4 ? 9 : 6] = protocolNumber
    func add(_ count: Int64, at place: Int, _ octets: Int) {
      var number = packet[place..<place + octets].reduce(Int64(0)) { $0 << 8 | Int64($1) } &+ count
      for index in (place..<place + octets).reversed() {
        packet[index] = UInt8(truncatingIfNeeded: number)
        number >>= 8
      }
    }
    add(Int64(ports.source), at: start, 2)
    add(Int64(ports.destination), at: start + 2, 2)
    add(offset, at: start + 4, 4)
    let quote = LayerTemplate(.quote, quoted: [LayerTemplate(.raw, body: packet)])
    var fields = ["type": Stimulus.number(type), "code": Stimulus.number(code)]
    if mtu > 0 { fields["mtu"] = Stimulus.number(mtu) }
    let icmp = LayerTemplate(isIPv4 ? .icmpv4 : .icmpv6, fields: fields)
    let layers = [Stimulus.ethernet(), isIPv4 ? Stimulus.ip4() : Stimulus.ip6(), icmp, quote]
    return (try? PacketTemplate(layers).encode().bytes) ?? []
  }
}
