import Suite
import Testing
import Wire

@testable import Sweep

@Suite struct ProbeFactoryTests {
  @Test(arguments: IPVersion.allCases)
  func `Every probe is octet for octet what the encoder makes of its fields`(version: IPVersion) throws {
    let factory = try Sample.factory(version)
    for number in stride(from: 0, to: MessageKind.count, by: 97) {
      let kind = MessageKind(number: UInt16(number))
      let frame = factory.frame(kind)
      #expect(frame == (try Sample.encoded(kind, factory)), "\(kind)")
      #expect(frame.count == factory.length(of: kind))
    }
  }

  @Test(arguments: IPVersion.allCases)
  func `No probe has a wrong checksum or length`(version: IPVersion) throws {
    let factory = try Sample.factory(version)
    for number in stride(from: 0, to: MessageKind.count, by: 41) {
      let dissection = Dissection(factory.frame(MessageKind(number: UInt16(number))))
      // What follows an extended echo request is no extension structure, but a tag.
      let wrong = dissection.remarks.filter {
        ($0.kind == .checksum || $0.kind == .truncated) && $0.layer != .extensions
      }
      #expect(wrong.isEmpty, "\(number): \(wrong.map(\.text))")
    }
  }

  @Test func `A probe written over another one is the same as a new one`() throws {
    let factory = try Sample.factory(.v4)
    var frame: [UInt8] = []
    for number: UInt16 in [0x0304, 0xffff, 0x0000, 0x0c01, 0x0501, 0x0900] {
      factory.write(MessageKind(number: number), into: &frame)
      #expect(frame == factory.frame(MessageKind(number: number)))
    }
  }

  @Test func `Fields of a rule's own are in its probes, with right checksums`() throws {
    let fields = [
      ProbeField(layer: "ipv4", field: "ttl", value: 1), ProbeField(layer: "icmpv4", field: "mtu", value: 68),
    ]
    let plain = try Sample.factory(.v4)
    let factory = try ProbeFactory(plain.route, plain.form, fields: fields)
    let dissection = Dissection(factory.frame(MessageKind(type: 3, code: 4)))
    #expect(dissection.layer(.ipv4)?.number("ttl") == 1)
    #expect(dissection.layer(.icmpv4)?.number("mtu") == 68)
    #expect(dissection.remarks.isEmpty)
    // Other forms have no such field.
    #expect(Dissection(factory.frame(MessageKind(type: 8, code: 0))).layer(.icmpv4)?.number("sequence") == 1)
  }

  @Test func `A tag says again what it was made of, and nothing else is one`() {
    let tag = SweepTag(run: 0xdead_beef, part: 17, purpose: .witness, number: 0x8000_0123)
    #expect(SweepTag(tag.octets) == tag)
    #expect(tag.octets.count == SweepTag.length)
    #expect(SweepTag([UInt8](repeating: 0, count: 16)) == nil)
    #expect(SweepTag(tag.octets.dropLast()) == nil)
  }
}
