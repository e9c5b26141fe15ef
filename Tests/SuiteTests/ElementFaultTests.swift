import Suite
import Testing

/// Faults in lists of elements, in packets that are sent and in expectations.
@Suite struct ElementFaultTests {
  @Test func `Values that a field can't hold are reported with their place`() {
    expectFaults(
      MarkedSource.sending(
        """
        - ipv4: { options: [{ record-route: { pointer: «256, addresses: [«nowhere] } }, { type: «300 }, { stream-id: «many }] }
        - ndp-options: [{ mtu: { mtu: «yes, length: wrong } }, { prefix-information: { on-link: «maybe } }, { type: 1, data: «0 }]
        - extensions: { objects: [{ mpls: [{ label: «1048576 }] }, { interface-information: { role: «inside } }] }
        - mld: { records: [{ type: «change-to-exclud, group: «192.0.2.1 }] }
        - routing: { addresses: [«192.0.2.1] }
        """
      ),
      "256 doesn't fit the 8 bits of 'pointer'",
      "'nowhere' is not an IPv4 address for 'address'",
      "300 doesn't fit the 8 bits of 'type'",
      "'many' is neither a number nor a name of 'stream'",
      "'yes' is neither a number nor a name of 'mtu'",
      "'maybe' is neither a number nor a name of 'on-link'; it is true or false",
      "'data' is pairs of hexadecimal digits",
      "1048576 doesn't fit the 20 bits of 'label'",
      "'inside' is neither a number nor a name of 'role'; it has these names: incoming, sub-ip, outgoing, next-hop",
      "'change-to-exclud' is neither a number nor a name of 'type'; did you mean 'change-to-exclude'?",
      "'192.0.2.1' is not an IPv6 address for 'group'",
      "'192.0.2.1' is not an IPv6 address for 'address'"
    )
  }

  @Test func `Keys that an element doesn't have are reported with the nearest spelling`() {
    expectFaults(
      MarkedSource.sending(
        """
        - ipv4: { options: [{ timestamp: { «overfow: 1, entries: [{ «adress: 192.0.2.1 }, «[1]] } }] }
        - ndp-options: [«prefix-informaton, { rdnss: { «server: [] } }, «[mtu]]
        - extensions: { objects: [{ «class: 1, «ctype: 2 }, { interface-identification: { «ifindex: 7 } }] }
        - mld: { records: [{ «groups: all-nodes }], sources: [«[all-nodes]] }
        - icmpv4: { type: 9, addresses: [{ «preferense: 1 }] }
        """.replacing("{ «class: 1", with: "{ class: 1")
      ),
      "unknown key 'overfow' in 'timestamp'; did you mean 'overflow'?",
      "unknown key 'adress' in 'entries'; did you mean 'address'?",
      "'timestamp' must be a word or a number, not a list",
      "unknown option 'prefix-informaton'; did you mean 'prefix-information'?",
      "unknown key 'server' in 'rdnss'; did you mean 'servers'?",
      "unknown option 'a list'",
      "unknown key 'ctype' in an object; did you mean 'c-type'?",
      "unknown key 'ifindex' in 'interface-identification'; did you mean 'index'?",
      "unknown key 'groups' in 'record'; did you mean 'group'?",
      "source must be a value or a mapping, not a list",
      "unknown key 'preferense' in 'address'; did you mean 'preference'?"
    )
  }

  @Test func `A pattern over a list demands something`() {
    expectFaults(
      MarkedSource.expecting(
        """
        - ipv4: { options: «[] }
        - tcp: { options: «3 }
        - ipv4: { options: { «cuont: 3 } }
        - ipv4: { options: [{ record-route: { «slots: 3, addresses: «3, pointer: «300 } }] }
        - ndp-options: [{ redirected-header: { packet: «[ipv6] } }, { dnssl: { names: [«$nobody] } }]
        - ndp-options: [{ rdnss: { servers: { count: 2, «starts-with: [] } } }]
        """
      ),
      "an empty list demands nothing; 'absent' demands that there is none",
      "options must be a list, { count: N }, 'absent' or 'present', not '3'",
      "unknown key 'cuont' in options; did you mean 'count'?",
      "unknown key 'slots' in 'record-route'; expected one of: length, pointer, addresses",
      "'addresses' must be a list, { count: N } or { starts-with: […] }, not '3'",
      "300 doesn't fit the 8 bits of 'pointer'",
      "'packet' can only be present or absent here; the layer 'quoted' says what the packet must be",
      "unknown variable '$nobody'; expected one of: $broadcast, $capability, $case, $computed, $far-router, "
        + "$far-stranger, $far-target, $far-tester, $far-tester2, $fresh-prefix, $id, $network, $port, "
        + "$received, $repetition, $router, $sent, $stranger, $stranger2, $target, $tester, $tester2, "
        + "$this, $unused",
      "'servers' is held against one condition only"
    )
  }
}
