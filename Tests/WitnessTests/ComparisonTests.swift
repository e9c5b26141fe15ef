import Craft
import Testing
import Wire

@testable import Witness

/// What counts as a difference between two targets' answers.
@Suite struct ComparisonTests {
  private let target = Host(
    mac: MACAddress(rawValue: 0x02_00_00_00_01_01),
    ipv4: IPv4Address(rawValue: 0xc000_0201)
  )

  /// A frame of an echo or its answer.
  private struct Echo {
    var isReply = false
    /// The other host's last octet.
    var persona: UInt8 = 20
    var ttl: UInt8 = 64
    var tos: UInt8 = 0
    var identification: UInt16 = 1
    var flags: UInt16 = 0
    var sequence: UInt16 = 7
    var data: [UInt8] = Array(1...32)
    /// Octets of the message that this datagram carries; nil: all.
    var part: Range<Int>?

    var message: [UInt8] {
      var message: [UInt8] = [isReply ? 0 : 8, 0, 0, 0, 0x12, 0x34] + octets(sequence) + data
      message.replaceSubrange(2..<4, with: octets(Checksum.internet(message)))
      return message
    }

    var frame: [UInt8] {
      let payload = part.map { Array(message[$0]) } ?? message
      let hosts: [[UInt8]] = [[192, 0, 2, persona], [192, 0, 2, 1]]
      let offset = flags | UInt16((part?.lowerBound ?? 0) / 8)
      var header: [UInt8] = [0x45, tos] + octets(UInt16(20 + payload.count)) + octets(identification)
      header += octets(offset) + [ttl, 1, 0, 0] + (isReply ? hosts.reversed() : hosts).joined()
      header.replaceSubrange(10..<12, with: octets(Checksum.internet(header)))
      let macs: [[UInt8]] = [[2, 0, 0, 0, 1, 1], [2, 0xa5, 0x5a, 0, 0, persona]]
      let addresses = isReply ? macs.reversed() : macs
      return Array(addresses.joined()) + [8, 0] + header + payload
    }

    private func octets(_ number: UInt16) -> [UInt8] { [UInt8(number >> 8), UInt8(number & 0xff)] }
  }

  private func facts(_ answers: [Echo], asked: Echo = Echo()) -> [AnswerFacts] {
    Reassembly.packets(answers.map { Dissection($0.frame) }).map {
      AnswerFacts($0, to: [Dissection(asked.frame)], Parties(target: target, gateway: nil))
    }
  }

  /// What differs between the usual answer and others, kind by kind.
  private func differences(from answers: Echo...) -> [String] {
    Comparison.differences(in: "t", facts([Echo(isReply: true)]), facts(answers)).map {
      "\($0.kind): \($0.one) / \($0.other)"
    }
  }

  @Test func `The same answer is no difference`() {
    #expect(differences(from: Echo(isReply: true)) == [])
  }

  @Test func `Identification, TTL and who asked don't count`() {
    #expect(differences(from: Echo(isReply: true, ttl: 255, identification: 999)) == [])
    let other = Echo(persona: 77)
    let answers = facts([Echo(isReply: true, persona: 77)], asked: other)
    #expect(Comparison.differences(in: "t", facts([Echo(isReply: true)]), answers) == [])
  }

  @Test func `A TTL with which it hardly arrives does`() {
    #expect(differences(from: Echo(isReply: true, ttl: 1)) == ["ipv4 ttl: 32 or more / 1"])
  }

  @Test func `Another field is a difference, told as what it should be a copy of`() {
    #expect(differences(from: Echo(isReply: true, sequence: 8)) == ["icmpv4 sequence: as sent / 8"])
    #expect(differences(from: Echo(isReply: true, tos: 0xc0)) == ["ipv4 tos: 0x00 / 0xc0"])
  }

  @Test func `Data that isn't what was sent is a difference`() {
    let cut = Echo(isReply: true, data: Array(1...31))
    #expect(differences(from: cut) == ["data: 32 octets as sent / 31 octets of what was sent"])
    let zeros = Echo(isReply: true, data: [UInt8](repeating: 0, count: 32))
    #expect(differences(from: zeros) == ["data: 32 octets as sent / 32 zeros"])
  }

  @Test func `An answer of somebody else's is told from one to the sender`() {
    #expect(
      differences(from: Echo(isReply: true, persona: 99)) == [
        "ethernet destination: sender / another persona", "ipv4 destination: sender / another persona",
      ]
    )
  }

  @Test func `Silence and a second answer are differences`() {
    #expect(differences() == ["answer: icmpv4 echo-reply / silence"])
    let twice = differences(from: Echo(isReply: true), Echo(isReply: true, identification: 2))
    #expect(twice == ["answer: silence / icmpv4 echo-reply"])
  }

  @Test func `Fragments are held together, and that they came is one difference`() {
    let first = Echo(isReply: true, flags: 0x2000, part: 0..<24)
    let second = Echo(isReply: true, part: 24..<40)
    #expect(differences(from: second, first) == ["fragments: not there / 24 + 16"])
  }

  @Test func `A fragment without the others is an answer of its own`() {
    let second = Echo(isReply: true, part: 24..<40)
    #expect(differences(from: second).first?.hasPrefix("answer: icmpv4 echo-reply / ipv4 payload") == true)
  }

  @Test func `Order doesn't count`() {
    let (one, other) = (Echo(isReply: true, sequence: 1), Echo(isReply: true, sequence: 2))
    #expect(Comparison.differences(in: "t", facts([one, other]), facts([other, one])) == [])
  }
}
