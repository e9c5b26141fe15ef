import Suite
import Testing
import Wire

@Suite struct TargetDescriptionTests {
  private static let example = """
    name: edge-7
    role: router                    # host | router | nat | firewall
    near: { interface: eth1, ipv4: 192.0.2.1/24, ipv6: 2001:db8:1::1/64, mac: auto,
            testers: { ipv4: 192.0.2.64-192.0.2.191, ipv6: 2001:db8:1::64-2001:db8:1::bf } }
    capabilities:                   # the PICS: omitted ones are probed where they can be, else false
      timestamp: true
      address-mask: false
      tcp-port: 22                  # an open TCP port, for the attacks of RFC 5927
    limits: { icmp-errors-per-second: 1000, reassembly-seconds: 60 }
    """

  private func faults(of text: String) -> [Diagnostic] {
    do throws(SuiteError) {
      _ = try TargetDescription(decoding: text, file: MarkedSource.file)
      return []
    } catch {
      return error.diagnostics
    }
  }

  /// Faults of a target with these keys of its near side.
  private func expectFaults(
    ofNear near: String,
    _ messages: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    SuiteTests.expectFaults(
      "name: t\nrole: host\nnear: { interface: eth0, \(near) }",
      messages,
      decoding: faults(of:),
      sourceLocation: sourceLocation
    )
  }

  @Test func `The example of the documentation is understood`() throws {
    let target = try TargetDescription(decoding: Self.example, file: MarkedSource.file)
    #expect(target.name == "edge-7")
    #expect(target.role == .router)
    #expect(target.near.interface == "eth1")
    #expect(target.near.ipv4 == IPv4Address("192.0.2.1"))
    #expect(target.near.ipv4PrefixLength == 24)
    #expect(target.near.ipv6 == IPv6Address("2001:db8:1::1"))
    #expect(target.near.ipv6PrefixLength == 64)
    #expect(target.near.mac == nil)
    #expect(target.near.testers?.ipv4?.upperBound == IPv4Address("192.0.2.191"))
    #expect(target.near.testers?.ipv6?.lowerBound == IPv6Address("2001:db8:1::64"))
    #expect(target.near.gateway == nil)
    #expect(target.claims("timestamp"))
    #expect(!target.claims("address-mask"))
    #expect(!target.claims("udp-echo-port"))
    #expect(target.capabilities["tcp-port"] == "22")
    #expect(target.capabilities["icmp-errors-per-second"] == "1000")
    #expect(!target.allowsSpoofing)
    #expect(!target.usesOwnMAC)
  }

  @Test func `A target may have fixed Ethernet and link-local addresses, a gateway and consent to spoofing`()
    throws
  {
    let target = try TargetDescription(
      decoding: """
        name: t
        role: host
        near:
          interface: eth0
          ipv6: 2001:db8::1
          mac: 02:00:00:00:00:01
          link-local: fe80::1
          gateway: { ipv4: 192.0.2.254, ipv6: fe80::fe }
        macs: own
        spoofing: allowed
        """,
      file: MarkedSource.file
    )
    #expect(target.near.mac == MACAddress("02:00:00:00:00:01"))
    #expect(target.near.linkLocal == IPv6Address("fe80::1"))
    #expect(target.near.gateway?.ipv6 == IPv6Address("fe80::fe"))
    #expect(target.near.ipv4 == nil)
    #expect(target.near.testers == nil)
    #expect(target.usesOwnMAC)
    #expect(target.allowsSpoofing)
  }

  @Test func `The far side has an interface, an address and testers of its own`() throws {
    let far =
      "\nfar: { interface: eth2, ipv4: 198.51.100.1/24, testers: { ipv4: 198.51.100.64-198.51.100.191 } }"
    let target = try TargetDescription(decoding: Self.example + far, file: MarkedSource.file)
    #expect(target.far?.interface == "eth2")
    #expect(target.far?.ipv4 == IPv4Address("198.51.100.1"))
    SuiteTests.expectFaults(
      Self.example + "\n««far: «{ interface: eth1 }",
      "'far' and 'near' need interfaces of their own, both have eth1",
      "with two sides both need 'testers', so that frames can be told apart",
      "'far' needs the target's address: 'ipv4', 'ipv6' or both",
      decoding: faults(of:)
    )
  }

  @Test func `Every fault of a target is told with its place`() {
    SuiteTests.expectFaults(
      """
      name: edge
      role: «rooter
      «neer: 1
      near: «{ «interfase: eth0 }
      capabilities: «[tcp-port]
      limits: { «icmp-errors: 3, reassembly-seconds: «long }
      macs: «mine
      spoofing: «yes
      """,
      "'rooter' is not a role; did you mean 'router'?",
      "unknown key 'neer' in a target; did you mean 'near'?",
      "'near' lacks 'interface'",
      "unknown key 'interfase' in 'near'; did you mean 'interface'?",
      "'capabilities' must be a mapping such as { timestamp: true }, not a list",
      "unknown key 'icmp-errors' in 'limits'; did you mean 'icmp-errors-per-second'?",
      "'reassembly-seconds' must be a whole number, not 'long'",
      "'macs' is 'own' or 'personas'",
      "'spoofing' is 'allowed' or 'forbidden'",
      decoding: faults(of:)
    )
  }

  @Test func `A target needs a name, a role and a side`() {
    SuiteTests.expectFaults(
      "«««macs: own",
      "a target lacks 'name'",
      "a target lacks 'role'",
      "a target lacks 'near'",
      decoding: faults(of:)
    )
  }

  @Test func `A side needs an address`() {
    SuiteTests.expectFaults(
      "name: t\nrole: host\nnear: «{ interface: eth0 }",
      "'near' needs the target's address: 'ipv4', 'ipv6' or both",
      decoding: faults(of:)
    )
  }

  @Test(arguments: [
    "192.0.2.1/0", "192.0.2.1/33", "192.0.2.1/-1", "192.0.2/24", "192.0.2.1/24/24", "x", "192.0.2.1/a",
    "192.0.2.01/24", "192.0.2.1/99999999999999999999",
  ])
  func `An IPv4 address has a prefix length from 1 to 32`(_ text: String) {
    SuiteTests.expectFaults(
      "name: t\nrole: host\nnear: { interface: eth0, ipv6: 2001:db8::1, ipv4: «\(text) }",
      "'\(text)' is not an address with a prefix length from 1 to 32",
      decoding: faults(of:)
    )
  }

  @Test func `Other addresses are addresses`() {
    expectFaults(ofNear: "ipv4: 192.0.2.1, mac: «02:00", "'02:00' is not an Ethernet address, or 'auto'")
    expectFaults(ofNear: "ipv4: 192.0.2.1, link-local: «192.0.2.1", "'192.0.2.1' is not an IPv6 address")
    expectFaults(
      ofNear: "ipv4: 192.0.2.1, gateway: { ipv4: «2001:db8::1 }",
      "'2001:db8::1' is not an IPv4 address"
    )
    expectFaults(
      ofNear: "ipv4: 192.0.2.1, gateway: «192.0.2.254",
      "'gateway' must be a mapping, not '192.0.2.254'"
    )
    expectFaults(
      ofNear: "ipv4: 192.0.2.1, ipv6: «2001:db8::1/129",
      "'2001:db8::1/129' is not an address with a prefix length from 1 to 128"
    )
  }

  @Test func `Testers are a range on the target's network without the target`() {
    for wrong in ["192.0.2.9-192.0.2.2", "192.0.2.9-", "192.0.2.0/24", "x-y"] {
      expectFaults(
        ofNear: "ipv4: 192.0.2.1/24, testers: { ipv4: «\(wrong) }",
        "'\(wrong)' is not a range FIRST-LAST of addresses"
      )
    }
    expectFaults(
      ofNear: "ipv4: 192.0.2.1/24, testers: { ipv4: «192.0.2.1-192.0.2.9 }",
      "the testers' range holds 192.0.2.1, the target's own address"
    )
    expectFaults(
      ofNear: "ipv4: 192.0.2.1/24, testers: { ipv4: «192.0.2.2-192.0.3.9 }",
      "the testers' range leaves the network of 192.0.2.1"
    )
    expectFaults(
      ofNear: "ipv6: 2001:db8::1/120, testers: { ipv6: «2001:db8::2-2001:db8::100 }",
      "the testers' range leaves the network of 2001:db8::1"
    )
    expectFaults(
      ofNear: "ipv6: 2001:db8::1/64, testers: { ipv6: «2001:db8:0:1::2-2001:db8:0:1::3 }",
      "the testers' range leaves the network of 2001:db8::1"
    )
    expectFaults(
      ofNear: "ipv4: 192.0.2.1/24, testers: «{}",
      "'testers' needs a range: 'ipv4', 'ipv6' or both"
    )
    #expect(
      faults(
        of: "name: t\nrole: host\nnear: { interface: e, ipv6: 2001:db8::1/32, ipv4: 192.0.2.1/1, "
          + "testers: { ipv6: '2001:db8:ffff::2-2001:db8:ffff::3', ipv4: 128.0.0.1 } }"
      ).isEmpty
    )
  }

  @Test(arguments: [
    "", "[]", "x", "name: [", "name: t\nrole: host\nnear: []", "near: { testers: { ipv4: [] } }",
  ])
  func `What isn't a target at all is an error`(_ text: String) {
    #expect(!faults(of: text).isEmpty)
  }
}
