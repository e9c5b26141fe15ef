import Craft
import Testing
import Wire

/// An earlier packet in a quote, with fields changed.
@Suite struct QuoteEditTests {
  /// The dissection of an error that quotes a UDP datagram with these keys.
  private func error(_ keys: String) throws -> Dissection {
    let made = try plan(
      """
      - send: [{ ipv4: { ttl: 9 } }, { udp: { destination-port: 33434 } }, { data: { counter: 8 } }]
      - send:
          - ipv4
          - icmpv4: { type: destination-unreachable, code: port-unreachable }
          - quote: { of: $sent, \(keys) }
      - expect: nothing
      """
    )
    return Dissection(try #require(made.frames.last))
  }

  @Test func `Fields of named layers are changed, and checksums stay right`() throws {
    let frame = try error("edit: [ipv4: { ttl: 1 }, udp: { source-port: 7 }]")
    #expect(frame.quotedLayer(.ipv4)?.number("ttl") == 1)
    #expect(frame.quotedLayer(.udp)?.number("source-port") == 7)
    #expect(frame.quotedLayer(.udp)?.number("destination-port") == 33434)
    #expect(frame.remarks.isEmpty)
  }

  @Test func `A field without its layer is changed in the layer that has it`() throws {
    let frame = try error("destination-port: 53, ttl: 2")
    #expect(frame.quotedLayer(.ipv4)?.number("ttl") == 2)
    #expect(frame.quotedLayer(.udp)?.number("destination-port") == 53)
    #expect(frame.remarks.isEmpty)
  }

  @Test func `A checksum is wrong when it is the change`() throws {
    let frame = try error("edit: [udp: { checksum: wrong }]")
    #expect(frame.remarks.map(\.layer) == [.udp])
    #expect(frame.remarks.map(\.isQuoted) == [true])
  }

  @Test func `A change goes with a cut`() throws {
    let frame = try error("ttl: 3, truncate: 28")
    #expect(frame.quotedLayer(.ipv4)?.number("ttl") == 3)
    #expect(frame.layer(.quote)?.payload.count == 28)
  }

  @Test func `The data of the quoted packet is replaced`() throws {
    let frame = try error("edit: [data: { hex: beef }]")
    #expect(frame.quote.last.map { Array($0.bytes) } == [0xbe, 0xef])
    #expect(frame.quotedLayer(.udp)?.number("length") == 10)
  }

  @Test func `A layer that the packet lacks is told with its place`() throws {
    #expect {
      _ = try error("edit: [tcp: { sequence: 1 }]")
    } throws: { error in
      "\(error)".hasSuffix("the packet has no layer 'tcp' here; it has ipv4, udp, data")
    }
  }
}
