import Testing
import Wire

@Suite struct ProtocolsTests {
  @Test(arguments: Protocols.all.map(\.kind)) func `The fields of a form follow each other without gaps`(
    _ kind: LayerKind
  ) throws {
    let definition = try #require(Protocols.definition(of: kind))
    for type in [nil] + (UInt8.min...UInt8.max).map(Optional.some) {
      for code: UInt8? in [nil, 0, 4] {
        let fields = definition.fields(type: type, code: code)
        #expect(Set(fields.map(\.name)).count == fields.count, "names are unique")
        var bit = 0
        for field in fields {
          // Second names of the same bits stand at the end.
          #expect(field.bitOffset == bit || field.bitOffset + field.bitWidth <= bit, "\(kind).\(field.name)")
          bit = max(bit, field.bitOffset + field.bitWidth)
        }
        #expect(bit % 8 == 0)
      }
    }
  }

  @Test func `Every field has a summary with its source`() {
    for definition in Protocols.all {
      for field in definition.fields {
        #expect(field.summary.hasSuffix("."), "\(definition.kind).\(field.name)")
        #expect(definition.kind == .ethernet || definition.kind == .vlan || field.summary.contains("[RFC "))
      }
    }
  }

  @Test func `Names and numbers agree both ways`() throws {
    for definition in Protocols.all {
      for table in definition.fields.compactMap(\.names) + definition.lists.map(\.names) {
        for name in table.names {
          let number = try #require(table.number(named: name))
          #expect(table.name(of: number).flatMap(table.number(named:)) == number)
        }
      }
    }
  }

  @Test func `Codes are named by their type`() throws {
    let icmp = try #require(Protocols.definition(of: .icmpv4))
    #expect(icmp.codeNames(type: 3)?.name(of: 3) == "port-unreachable")
    #expect(icmp.codeNames(type: 11)?.name(of: 1) == "reassembly-timeout")
    #expect(icmp.codeNames(type: 44) == nil)
    let icmp6 = try #require(Protocols.definition(of: .icmpv6))
    #expect(icmp6.codeNames(type: 1)?.name(of: 4) == "port-unreachable")
    #expect(icmp6.codeNames(type: 4)?.number(named: "unrecognized-option") == 2)
  }

  @Test func `Fields are found in any form`() throws {
    let icmp = try #require(Protocols.definition(of: .icmpv4))
    #expect(icmp.field(named: "gateway")?.format == .ipv4)
    #expect(icmp.field(named: "mtu")?.bitOffset == 48)
    #expect(icmp.field(named: "ttl") == nil)
    #expect(icmp.fields(type: 3, code: 4).map(\.name).contains("mtu"))
    #expect(!icmp.fields(type: 3, code: 3).map(\.name).contains("mtu"))
    #expect(icmp.fields(type: 44, code: 0).map(\.name) == ["type", "code", "checksum", "rest"])
  }

  @Test func `Tags are known by each of their EtherTypes`() {
    for number: UInt16 in [0x8100, 0x88a8, 0x9100] {
      let frame = [UInt8](repeating: 0, count: 12) + [UInt8(number >> 8), UInt8(number & 255)]
      #expect(Dissection(frame + [0, 7, 0x86, 0xdd]).layer(.vlan)?.number("id") == 7)
    }
  }

  @Test func `Numbers and layers agree both ways`() {
    for definition in Protocols.all {
      if let number = ProtocolNumbers.internetProtocol(of: definition.kind) {
        #expect(ProtocolNumbers.layer(ofInternetProtocol: number) == definition.kind)
        #expect(ProtocolNumbers.internetProtocols.name(of: UInt64(number)) == definition.kind.rawValue)
      }
      if let number = ProtocolNumbers.etherType(of: definition.kind) {
        #expect(ProtocolNumbers.layer(ofEtherType: number) == definition.kind)
        #expect(ProtocolNumbers.etherTypes.name(of: UInt64(number)) == definition.kind.rawValue)
      }
    }
  }
}
