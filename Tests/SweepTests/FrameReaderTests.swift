import Capture
import Suite
import Testing
import Wire

@testable import Sweep

@Suite struct FrameReaderTests {
  private static func reader(_ version: IPVersion) throws -> FrameReader {
    FrameReader(try Sample.factory(version), witness: Sample.witnessTag, from: Sample.witnessSender)
  }

  private static let kinds: [MessageKind] = [0x0000, 0x0304, 0x0800, 0x0c01, 0x2b05, 0x8000, 0xffff].map {
    MessageKind(number: $0)
  }

  @Test(arguments: IPVersion.allCases)
  func `A probe is seen leaving if it is as crafted`(version: IPVersion) throws {
    var reader = try Self.reader(version)
    for kind in Self.kinds {
      var frame = try Sample.factory(version).frame(kind)
      #expect(reader.read(Sample.captured(frame, at: .near)) == .left(kind))
      frame[frame.count - 1] ^= 1
      #expect(reader.read(Sample.captured(frame, at: .near)) == .altered(kind))
    }
  }

  @Test(arguments: IPVersion.allCases)
  func `A probe that comes out with a hop less is delivered unchanged`(version: IPVersion) throws {
    var reader = try Self.reader(version)
    for kind in Self.kinds {
      let frame = Sample.forwarded(try Sample.factory(version).frame(kind))
      #expect(reader.read(Sample.captured(frame, at: .far)) == .arrived(kind, []))
    }
  }

  @Test func `A wrong header checksum is a change`() throws {
    var reader = try Self.reader(.v4)
    let kind = MessageKind(type: 8, code: 0)
    var frame = Sample.forwarded(try Sample.factory(.v4).frame(kind))
    frame[24] ^= 0x40
    let observation = reader.read(Sample.captured(frame, at: .far))
    #expect(observation.names == ["ipv4.checksum"])
  }

  @Test func `A rewritten source, identifier and type are told by their names`() throws {
    var reader = try Self.reader(.v4)
    let kind = MessageKind(type: 8, code: 0)
    var template = [UInt8](Sample.forwarded(try Sample.factory(.v4).frame(kind)))
    template.replaceSubrange(26..<30, with: [198, 51, 100, 1])
    Sample.mendHeader(&template)
    template[38] = 0x77
    Sample.mendMessage(&template)
    #expect(
      reader.read(Sample.captured(template, at: .far)).names == ["icmpv4.identifier", "ipv4.source"]
    )
    template[34] = 13
    Sample.mendMessage(&template)
    let observation = reader.read(Sample.captured(template, at: .far))
    #expect(observation.kind == kind)
    #expect(observation.names.contains("icmpv4.type") || observation.names.contains("layers"))
  }

  @Test func `A rewritten quote is told apart from a rewritten packet`() throws {
    var reader = try Self.reader(.v4)
    let kind = MessageKind(type: 3, code: 4)
    var frame = Sample.forwarded(try Sample.factory(.v4).frame(kind))
    // The quoted destination address, as a NAT reverts it.
    frame.replaceSubrange(58..<62, with: [192, 0, 2, 99])
    Sample.mendHeader(&frame, at: 42)
    Sample.mendMessage(&frame)
    let observation = reader.read(Sample.captured(frame, at: .far))
    #expect(observation.kind == kind)
    #expect(observation.names.contains("quoted ipv4.destination"))
    #expect(!observation.names.contains("ipv4.destination"))
  }

  @Test(arguments: [8, 20, 64])
  func `An error that quotes a probe rejects it, however much of it is quoted`(kept: Int) throws {
    var reader = try Self.reader(.v4)
    let kind = MessageKind(type: 13, code: 5)
    let probe = try Sample.factory(.v4).frame(kind)
    let error = try Sample.error(3, 13, about: Array(probe[14...].prefix(20 + kept)))
    #expect(
      reader.read(Sample.captured(error, at: .near))
        == .rejected(kind, Fate.Rejection(MessageKind(type: 3, code: 13), from: "192.0.2.1"))
    )
  }

  @Test func `An error about another packet of the same host rejects no probe`() throws {
    var reader = try Self.reader(.v4)
    let datagram = try Sample.quoted(.v4)
    let error = try Sample.error(3, 3, about: datagram)
    #expect(reader.read(Sample.captured(error, at: .near)) == .other)
  }

  @Test func `A witness is told by its tag on both sides`() throws {
    var reader = try Self.reader(.v4)
    let frame = try Sample.witness(number: 0x1_0005)
    #expect(reader.read(Sample.captured(frame, at: .near)) == .witnessLeft(0x1_0005))
    #expect(reader.read(Sample.captured(Sample.forwarded(frame), at: .far)) == .witnessArrived(0x1_0005))
  }

  @Test func `Probes of another sweep are nobody's`() throws {
    var reader = try Self.reader(.v4)
    var frame = Sample.forwarded(try Sample.factory(.v4).frame(MessageKind(type: 8, code: 0)))
    // The run in the tag.
    frame[42 + 13] ^= 1
    Sample.mendMessage(&frame)
    #expect(reader.read(Sample.captured(frame, at: .far)) == .other)
  }

  @Test func `No octets at all make the reader trap`() throws {
    for version in IPVersion.allCases {
      var reader = try Self.reader(version)
      let frame = try Sample.factory(version).frame(MessageKind(type: 3, code: 1))
      for length in 0...frame.count {
        for arm in Arm.allCases { _ = reader.read(Sample.captured(Array(frame.prefix(length)), at: arm)) }
      }
    }
  }
}

extension Observation {
  /// The kind that it speaks of, if it speaks of a probe that came out.
  var kind: MessageKind? { if case .arrived(let kind, _) = self { kind } else { nil } }
  /// The names of the changed fields, sorted.
  var names: [String] { if case .arrived(_, let fields) = self { fields.map(\.name).sorted() } else { [] } }
}

extension Sample {
  /// Sets the checksum of the ICMPv4 message right.
  static func mendMessage(_ frame: inout [UInt8]) {
    (frame[36], frame[37]) = (0, 0)
    let checksum = Checksum.internet(frame[34...])
    (frame[36], frame[37]) = (UInt8(checksum >> 8), UInt8(truncatingIfNeeded: checksum))
  }

  /// An ICMPv4 error of the target to the near host.
  static func error(_ type: UInt64, _ code: UInt64, about packet: [UInt8]) throws -> [UInt8] {
    try PacketTemplate([
      LayerTemplate(
        .ethernet,
        fields: ["source": .given(.mac(gateway)), "destination": .given(.mac(near.mac))]
      ),
      LayerTemplate(
        .ipv4,
        fields: [
          "source": .given(.ipv4(IPv4Address(rawValue: 0xc000_0201))),
          "destination": .given(near.address(.v4) ?? .number(0)),
        ]
      ),
      LayerTemplate(.icmpv4, fields: ["type": .given(.number(type)), "code": .given(.number(code))]),
      LayerTemplate(.data, body: packet),
    ]).encode().bytes
  }

  /// An outbound echo request as a witness.
  static func witness(number: UInt32) throws -> [UInt8] {
    let template = PacketTemplate([
      LayerTemplate(
        .ethernet,
        fields: ["source": .given(.mac(witnessSender)), "destination": .given(.mac(gateway))]
      ),
      LayerTemplate(
        .ipv4,
        fields: [
          "source": .given(near.address(.v4) ?? .number(0)),
          "destination": .given(far.address(.v4) ?? .number(0)),
        ]
      ),
      LayerTemplate(.icmpv4, fields: ["type": .given(.number(8))]),
      LayerTemplate(.data, body: witnessTag.octets),
    ])
    return try NumberedFrame(template).frame(number)
  }
}
