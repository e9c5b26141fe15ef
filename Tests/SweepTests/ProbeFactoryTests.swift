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
      let wrong = dissection.remarks.filter { $0.kind == .checksum || $0.kind == .truncated }
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

  @Test func `A tag says again what it was made of, and nothing else is one`() {
    let tag = SweepTag(run: 0xdead_beef, part: 17, purpose: .witness, number: 0x8000_0123)
    #expect(SweepTag(tag.octets) == tag)
    #expect(tag.octets.count == SweepTag.length)
    #expect(SweepTag([UInt8](repeating: 0, count: 16)) == nil)
    #expect(SweepTag(tag.octets.dropLast()) == nil)
  }
}
