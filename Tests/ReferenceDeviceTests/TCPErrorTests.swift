import Link
import Testing
import Wire

@testable import ReferenceDevice

/// ICMP errors about segments of the TCP service.
@Suite struct TCPErrorTests {
  /// An error, and the mutants that heed it though the strict device doesn't.
  struct Row: CustomTestStringConvertible {
    var what: String
    var family = LayerKind.ipv4
    var error: TCPErrorStimulus
    var mutants: [TCPErrorMutant]

    var testDescription: String { what }
  }

  static let harmless: [Row] = [
    Row(
      what: "soft error",
      error: TCPErrorStimulus(type: 3, code: 1),
      mutants: [.abortsOnSoftError]
    ),
    Row(
      what: "soft ICMPv6 error",
      family: .ipv6,
      error: TCPErrorStimulus(type: 3, code: 0),
      mutants: [.abortsOnSoftError]
    ),
    Row(
      what: "hard error",
      error: TCPErrorStimulus(type: 3, code: 3),
      mutants: [.abortsOnHardError, .abortsOnBlindUnreachable, .extrapolatesErrors]
    ),
    Row(
      what: "hard ICMPv6 error",
      family: .ipv6,
      error: TCPErrorStimulus(type: 1, code: 4),
      mutants: [.abortsOnHardError, .abortsOnBlindUnreachable]
    ),
    Row(
      what: "number before what is under way",
      error: TCPErrorStimulus(type: 3, code: 2, offset: -1),
      mutants: [.abortsOnBlindUnreachable]
    ),
    Row(
      what: "number behind what is under way",
      error: TCPErrorStimulus(type: 3, code: 2, offset: 100),
      mutants: [.abortsOnBlindUnreachable, .abortsOnNextSequence]
    ),
    Row(
      what: "other port",
      error: TCPErrorStimulus(type: 3, code: 3, ports: (1, 0)),
      mutants: [.ignoresQuotedPorts]
    ),
    Row(
      what: "other protocol",
      error: TCPErrorStimulus(type: 3, code: 3, protocolNumber: 17),
      mutants: [.ignoresQuotedProtocol]
    ),
    Row(
      what: "MTU above what was sent",
      error: TCPErrorStimulus(type: 3, code: 4, mtu: 1400),
      mutants: [.abortsOnTooBig]
    ),
    Row(
      what: "MTU without room for data",
      error: TCPErrorStimulus(type: 3, code: 4, mtu: 40),
      mutants: [.stallsOnTinyMTU, .diesOfTinyMTU]
    ),
    Row(
      what: "source quench",
      error: TCPErrorStimulus(type: 4),
      mutants: [.resetsOnSourceQuench]
    ),
  ]

  @Test(arguments: harmless)
  func `A connection outlives errors, but not on the mutants that heed them`(row: Row) throws {
    let strict = try outcome(of: row.error, over: row.family)
    #expect(strict == ["18 101 102 data 1"])
    for mutant in row.mutants {
      #expect(try outcome(of: row.error, over: row.family, on: mutant) != strict, "\(mutant)")
    }
  }

  /// What the device says to an error about its octets 1 to 100, which are under way, and to another octet then.
  private func outcome(
    of error: TCPErrorStimulus,
    over family: LayerKind,
    on mutant: TCPErrorMutant? = nil
  ) throws -> [String] {
    var client = TCPClient(family, mutants: Set([mutant].compactMap(\.self).map { Mutant($0) }))
    try client.connect(size: 1400)
    let data = client.segment(0x18, at: 1, acknowledging: 1, data: [UInt8](repeating: 7, count: 100))
    #expect(try client.exchange(data, wait: .milliseconds(100)) == ["18 1 101 data 100"])
    let segment = try #require(client.lastSegment)
    return try client.exchange(
      error.frame(about: segment, over: family),
      client.segment(0x18, at: 101, acknowledging: 101, data: [7]),
      wait: .milliseconds(100)
    )
  }

  @Test func `A hard error ends a connection that isn't open yet, a soft one doesn't`() throws {
    func outcome(code: UInt64, mutants: Set<Mutant> = []) throws -> [String] {
      var client = TCPClient(.ipv4, mutants: mutants)
      #expect(try client.exchange(client.segment(0x02, at: 0)) == ["12 0 1"])
      let error = TCPErrorStimulus(type: 3, code: code).frame(
        about: try #require(client.lastSegment),
        over: .ipv4
      )
      let data = client.segment(0x18, at: 1, acknowledging: 1, data: [7])
      return try client.exchange(error, data, wait: .milliseconds(100))
    }
    #expect(try outcome(code: 0) == ["18 1 2 data 1"])
    #expect(try outcome(code: 3) == ["4 1 16"])
    #expect(try outcome(code: 0, mutants: [Mutant(TCPErrorMutant.abortsOpeningOnSoftError)]) == ["4 1 16"])
  }

  @Test func `What arrived before makes a smaller MTU wait for a timeout`() throws {
    var client = TCPClient(.ipv4)
    try client.connect(size: 1400)
    let data = [UInt8](repeating: 7, count: 1000)
    _ = try client.exchange(client.segment(0x18, at: 1, acknowledging: 1, data: data))
    let again = client.segment(0x18, at: 1001, acknowledging: 1001, data: data)
    #expect(try client.exchange(again, wait: .milliseconds(100)) == ["18 1001 2001 data 1000"])
    let error = TCPErrorStimulus(type: 3, code: 4, mtu: 576)
    let frame = error.frame(about: try #require(client.lastSegment), over: .ipv4)
    #expect(try client.exchange(frame, wait: .milliseconds(500)) == [])
    #expect(
      try client.exchange(wait: .milliseconds(500)) == ["10 1001 2001 data 536", "18 1537 2001 data 464"]
    )
  }

  @Test func `Only the first of many messages with one MTU makes segments go out again`() throws {
    func count(_ mutants: Set<Mutant>) throws -> Int {
      var client = TCPClient(.ipv4, mutants: mutants)
      try client.connect(size: 1400)
      let data = client.segment(0x18, at: 1, acknowledging: 1, data: [UInt8](repeating: 7, count: 1400))
      _ = try client.exchange(data, wait: .milliseconds(100))
      let error = TCPErrorStimulus(type: 3, code: 4, mtu: 1000)
      let frame = error.frame(about: try #require(client.lastSegment), over: .ipv4)
      return try client.exchange(frame, frame, frame, wait: .milliseconds(100)).count
    }
    #expect(try count([]) == 2)
    #expect(try count([Mutant(TCPErrorMutant.resendsForEveryTooBig)]) == 6)
    #expect(try count([Mutant(TCPErrorMutant.ignoresTooBigForTCP)]) == 0)
  }

  @Test func `Source quench changes nothing of how much is under way at once`() throws {
    func count(_ mutants: Set<Mutant>) throws -> Int {
      var client = TCPClient(.ipv4, mutants: mutants)
      try client.connect(size: 1000)
      let data = client.segment(0x18, at: 1, acknowledging: 1, data: [7])
      _ = try client.exchange(data, wait: .milliseconds(100))
      let frame = TCPErrorStimulus(type: 4).frame(about: try #require(client.lastSegment), over: .ipv4)
      let more = client.segment(0x18, at: 2, acknowledging: 2, data: [UInt8](repeating: 7, count: 1400))
      return try client.exchange(frame, more, wait: .milliseconds(100)).count
    }
    #expect(try count([]) == 2)
    #expect(try count([Mutant(TCPErrorMutant.slowsDownOnSourceQuench)]) == 1)
  }
}
