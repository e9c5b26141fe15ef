import Testing
import Wire

/// Lists as suites write them, field by field as tshark reads them.
@Suite(.enabled(if: TShark.path != nil, "tshark isn't installed")) struct ListTSharkTests {
  /// A packet, and what tshark calls and reads in it; several values of one field with commas between them.
  struct Sample: Sendable {
    var layers: String
    var theirs: [String: String]

    init(_ layers: String, _ theirs: [String: String]) {
      self.layers = layers
      self.theirs = theirs
    }
  }

  private static func ipv4(_ options: String, _ theirs: [String: String]) -> Sample {
    Sample("- ipv4: { options: [\(options)] }\n- icmpv4: { type: echo-request }", theirs)
  }

  private static func ipv6(_ header: String, _ options: String, _ theirs: [String: String]) -> Sample {
    Sample("- ipv6\n- \(header): { options: [\(options)] }\n- icmpv6: { type: echo-request }", theirs)
  }

  private static func ndp(_ options: String, _ theirs: [String: String]) -> Sample {
    Sample(
      "- ipv6: { hop-limit: 255 }\n- icmpv6: { type: router-advertisement }\n- ndp-options: [\(options)]",
      theirs
    )
  }

  private static func extensions(_ objects: String, _ theirs: [String: String]) -> Sample {
    Sample(
      "- ipv4\n- icmpv4: { type: time-exceeded }\n- quote: [ipv4, udp]\n- extensions: { objects: [\(objects)] }",
      theirs
    )
  }

  static let samples: [Sample] =
    [
      ipv4(
        "{ record-route: { pointer: 8, addresses: [192.0.2.7], slots: 3 } }",
        [
          "ip.opt.type": "7,0", "ip.opt.len": "15", "ip.opt.ptr": "8", "ip.rec_rt": "192.0.2.7",
          "ip.empty_rt": "0.0.0.0,0.0.0.0",
        ]
      ),
      ipv4(
        "nop, { lsrr: [192.0.2.7, 192.0.2.8] }",
        ["ip.opt.type": "1,131", "ip.opt.len": "11", "ip.opt.ptr": "4", "ip.src_rt": "192.0.2.7"]
      ),
      ipv4(
        "{ ssrr: { addresses: [192.0.2.7, 192.0.2.8], pointer: 8 } }",
        ["ip.opt.type": "137,0", "ip.opt.ptr": "8", "ip.rec_rt": "192.0.2.7"]
      ),
      ipv4(
        "{ timestamp: { overflow: 2, pointer: 9, entries: [1000, 2000] } }",
        ["ip.opt.type": "68", "ip.opt.overflow": "2", "ip.opt.flag": "0", "ip.opt.time_stamp": "1000,2000"]
      ),
      ipv4(
        "{ timestamp: { flag: prespecified, entries: [{ address: 192.0.2.7, timestamp: 5 }, { address: 192.0.2.8 }] } }",
        [
          "ip.opt.len": "20", "ip.opt.flag": "3", "ip.opt.time_stamp_addr": "192.0.2.7,192.0.2.8",
          "ip.opt.time_stamp": "5,0",
        ]
      ),
      ipv4(
        "{ stream-id: 7 }, router-alert",
        ["ip.opt.type": "136,148", "ip.opt.sid": "7", "ip.opt.ra": "0"]
      ),
      ipv4(
        "{ security: { classification: secret, authority: 80 } }",
        ["ip.opt.type": "130", "ip.opt.len": "4", "ip.opt.sec_cl": "90", "ip.opt.sec_prot_auth_flags": "128"]
      ),
      ipv4(
        "{ traceroute: { identifier: 7, outbound-hop-count: 1, return-hop-count: 65535, originator: 192.0.2.7 } }",
        [
          "ip.opt.id_number": "7", "ip.opt.ohc": "1", "ip.opt.rhc": "65535", "ip.opt.originator": "192.0.2.7",
        ]
      ),
      ipv4(
        "{ quick-start: { rate: 3, ttl: 9, nonce: 5 } }",
        ["ip.opt.type": "25", "ip.opt.qs_rate": "3", "ip.opt.qs_ttl": "9", "ip.opt.qs_nonce": "5"]
      ),
      ipv4("{ mtu-probe: 1400 }", ["ip.opt.type": "11", "ip.opt.mtu": "1400"]),
      ipv6(
        "hop-by-hop",
        "{ router-alert: mld }, { padn: 2 }",
        ["ipv6.opt.type": "5,1", "ipv6.opt.length": "2,0", "ipv6.opt.router_alert": "0"]
      ),
      ipv6("destination-options", "{ tunnel-encapsulation-limit: 3 }, pad1", ["ipv6.opt.tel": "3"]),
      ipv6(
        "destination-options",
        "{ padn: 4 }, { home-address: 2001:db8::7 }",
        ["ipv6.opt.type": "1,201", "ipv6.opt.length": "2,16", "ipv6.opt.mipv6.home_address": "2001:db8::7"]
      ),
      ipv6(
        "hop-by-hop",
        "{ quick-start: { rate: 2, ttl: 5, nonce: 77 } }",
        ["ipv6.opt.type": "38,1", "ipv6.opt.qs_rate": "2", "ipv6.opt.qs_nonce": "77"]
      ),
      ipv6(
        "hop-by-hop",
        "{ minimum-path-mtu: { minimum-mtu: 1400, returned-mtu: 640, return: true } }",
        ["ipv6.opt.pmtu.min": "1400", "ipv6.opt.pmtu.r_flag": "1"]
      ),
      ndp(
        "{ source-link-layer: 02:00:00:00:00:07 }, { target-link-layer: 02:00:00:00:00:08 }",
        [
          "icmpv6.opt.type": "1,2", "icmpv6.opt.src_linkaddr": "02:00:00:00:00:07",
          "icmpv6.opt.target_linkaddr": "02:00:00:00:00:08",
        ]
      ),
      ndp(
        "{ prefix-information: { prefix: '2001:db8:7::', prefix-length: 48, autonomous: false, valid-lifetime: 9, preferred-lifetime: 8 } }",
        [
          "icmpv6.opt.prefix": "2001:db8:7::", "icmpv6.opt.prefix.length": "48",
          "icmpv6.opt.prefix.flag.l": "1",
          "icmpv6.opt.prefix.flag.a": "0", "icmpv6.opt.prefix.valid_lifetime": "9",
          "icmpv6.opt.prefix.preferred_lifetime": "8",
        ]
      ),
      ndp(
        "{ mtu: 1400 }, { nonce: 0x010203040506 }",
        ["icmpv6.opt.mtu": "1400", "icmpv6.opt.nonce": "010203040506"]
      ),
      ndp(
        "{ route-information: { prefix: '2001:db8:7::', prefix-length: 48, preference: high, lifetime: 7 } }",
        [
          "icmpv6.opt.length": "2", "icmpv6.opt.prefix.length": "48", "icmpv6.opt.route_lifetime": "7",
          "icmpv6.opt.route_info.flag.route_preference": "1", "icmpv6.opt.prefix": "2001:db8:7::",
        ]
      ),
      ndp(
        "{ rdnss: { servers: ['2001:db8::7', '2001:db8::8'], lifetime: 60 } }",
        [
          "icmpv6.opt.rdnss": "2001:db8::7,2001:db8::8", "icmpv6.opt.rdnss.lifetime": "60",
          "icmpv6.opt.length": "5",
        ]
      ),
      ndp(
        "{ dnssl: { names: [a.example, b.example], lifetime: 60 } }",
        ["icmpv6.opt.dnssl": "a.example,b.example", "icmpv6.opt.dnssl.lifetime": "60"]
      ),
      ndp("{ captive-portal: 'https://a.example' }", ["icmpv6.opt.captive_portal": "https://a.example"]),
      ndp("{ advertisement-interval: 1000 }", ["icmpv6.opt.advertisement_interval": "1000"]),
      Sample(
        "- ipv6: { hop-limit: 255 }\n- icmpv6: { type: redirect, target: 'fe80::2', destination: '2001:db8::9' }\n"
          + "- ndp-options: [{ redirected-header: [ipv6, { udp: { destination-port: 7 } }] }]",
        ["icmpv6.opt.type": "4", "icmpv6.opt.length": "7", "ipv6.plen": "96,8", "udp.dstport": "7"]
      ),
      Sample(
        "- ipv4\n- tcp: { syn: true, options: [{ mss: 1400 }, sack-permitted, { timestamps: { value: 7, echo: 8 } }, nop, { window-scale: 3 }] }",
        [
          "tcp.option_kind": "2,4,8,1,3", "tcp.options.mss_val": "1400", "tcp.options.timestamp.tsval": "7",
          "tcp.options.timestamp.tsecr": "8", "tcp.options.wscale.shift": "3",
        ]
      ),
      Sample(
        "- ipv4\n- tcp: { ack: true, options: [nop, nop, { sack: [{ left: 10, right: 20 }, { left: 30, right: 40 }] }] }",
        ["tcp.option_kind": "1,1,5", "tcp.option_len": "18", "tcp.options.sack.count": "2"]
      ),
      extensions(
        "{ mpls: [{ label: 16, traffic-class: 5, ttl: 9 }, { label: 17, ttl: 8 }] }",
        [
          "icmp.ext.class": "1", "icmp.ext.ctype": "1", "icmp.ext.length": "12", "icmp.mpls.label": "16,17",
          "icmp.mpls.exp": "5,0", "icmp.mpls.s": "0,1", "icmp.mpls.ttl": "9,8",
        ]
      ),
      extensions(
        "{ interface-information: { role: outgoing, ifindex: 7, address: 192.0.2.7, name: eth0, mtu: 1400 } }",
        [
          "icmp.ext.class": "2", "icmp.int_info.role": "2", "icmp.int_info.index": "7",
          "icmp.int_info.ipv4": "192.0.2.7", "icmp.int_info.afi": "1", "icmp.int_info.mtu": "1400",
          "icmp.int_info.name": "eth0",
        ]
      ),
      extensions(
        "{ interface-information: { address: 2001:db8::7 } }",
        ["icmp.int_info.ipv6": "2001:db8::7", "icmp.int_info.afi": "2", "icmp.int_info.mtu_present": "0"]
      ),
      extensions("{ class: 9, c-type: 8, data: 01020304 }", ["icmp.ext.class": "9", "icmp.ext.ctype": "8"]),
      Sample(
        "- ipv4\n- icmpv4: { type: extended-echo-request }\n- extensions: { objects: [{ interface-identification: { index: 7 } }] }",
        ["icmp.ext.class": "3", "icmp.ext.ctype": "2", "icmp.ext.length": "8"]
      ),
      Sample(
        "- ipv6\n- routing: { routing-type: 2, addresses: [$target] }\n- icmpv6: { type: echo-request }",
        [
          "ipv6.routing.type": "2", "ipv6.routing.segleft": "1",
          "ipv6.routing.mipv6.home_address": "2001:db8:1::1",
        ]
      ),
      Sample(
        "- ipv6\n- routing: { routing-type: 0, addresses: ['2001:db8::7', $target] }\n- icmpv6: { type: echo-request }",
        [
          "ipv6.routing.type": "0", "ipv6.routing.segleft": "2",
          "ipv6.routing.src.addr": "2001:db8::7,2001:db8:1::1",
        ]
      ),
      Sample(
        "- ipv6\n- routing: { routing-type: segment-routing, addresses: ['2001:db8::7', $target] }\n- icmpv6: { type: echo-request }",
        [
          "ipv6.routing.type": "4", "ipv6.routing.segleft": "1", "ipv6.routing.srh.last_entry": "1",
          "ipv6.routing.srh.addr": "2001:db8::7,2001:db8:1::1",
        ]
      ),
      Sample(
        "- ipv6: { hop-limit: 1, destination: 'ff02::16' }\n- hop-by-hop: { options: [router-alert] }\n"
          + "- icmpv6: { type: multicast-listener-report-v2 }\n"
          + "- mld: { records: [{ type: change-to-exclude, group: 'ff02::1:3' }, { type: allow-new-sources, group: 'ff02::1:4', sources: ['2001:db8::7', '2001:db8::8'], aux: 01020304 }] }",
        [
          "icmpv6.mldr.nb_mcast_records": "2", "icmpv6.mldr.mar.record_type": "4,5",
          "icmpv6.mldr.mar.aux_data_len": "0,1", "icmpv6.mldr.mar.nb_sources": "0,2",
          "icmpv6.mldr.mar.multicast_address": "ff02::1:3,ff02::1:4",
          "icmpv6.mldr.mar.source_address": "2001:db8::7,2001:db8::8",
          "icmpv6.mldr.mar.auxiliary_data": "01020304",
        ]
      ),
      Sample(
        "- ipv6: { hop-limit: 1, destination: all-nodes }\n- hop-by-hop: { options: [router-alert] }\n"
          + "- icmpv6: { type: multicast-listener-query, robustness: 2, query-interval: 125 }\n"
          + "- mld: { sources: ['2001:db8::7', '2001:db8::8'] }",
        ["icmpv6.mld.nb_sources": "2", "icmpv6.mld.source_address": "2001:db8::7,2001:db8::8"]
      ),
      Sample(
        "- ipv4\n- icmpv4: { type: router-advertisement, addresses: [{ router: 192.0.2.7, preference: 9 }, 192.0.2.8] }",
        ["icmp.num_addrs": "2", "icmp.router_address": "192.0.2.7,192.0.2.8", "icmp.pref_level": "9,0"]
      ),
      Sample(
        "- ethernet\n- vlan: { id: 7 }\n- vlan: { id: 8 }\n- ipv4\n- icmpv4: { type: echo-request }\n- trailer: { hex: 01020304 }",
        ["vlan.id": "7,8", "vlan.trailer": "01020304", "icmp.type": "8"]
      ),
      Sample(
        "- ethernet: { ethertype: qinq }\n- vlan: { id: 7 }\n- ipv4\n- icmpv4: { type: echo-request }",
        ["eth.type": "0x88a8", "ieee8021ad.id": "7", "icmp.type": "8"]
      ),
      Sample(
        "- ipv6\n- icmpv6: { type: node-information-query, code: name-subject, qtype: node-addresses }\n- data: { dns-name: host.example }",
        ["icmpv6.type": "139", "icmpv6.ni.query.subject_fqdn": "host.example"]
      ),
      Sample(
        "- ipv6\n- icmpv6: { type: node-information-query, code: ipv6-subject, qtype: node-name }\n- data: { addresses: [$target.ipv6] }",
        ["icmpv6.ni.query.subject_ipv6": "2001:db8:1::1"]
      ),
    ]

  @Test func `tshark reads every list as it is written, and warns of nothing`() throws {
    let frames = try Self.samples.map { sample in
      try #require(try sent(sample.layers).first, "\(sample.layers)")
    }
    let names = Set(Self.samples.flatMap(\.theirs.keys)).sorted()
    let read = try TShark.fields(names, of: frames)
    try #require(read.count == frames.count)
    for (sample, values) in zip(Self.samples, read) {
      for (name, value) in sample.theirs {
        #expect(values[name].map(Self.plain) == Self.plain(value), "\(name) in \(sample.layers)")
      }
    }
    for complaint in try TShark.complaints(about: frames, ours: { _ in true }) {
      Issue.record("\(complaint.message): \(Self.samples[complaint.frame - 1].layers)")
    }
  }

  @Test func `Dissecting gives what was crafted, without remarks`() throws {
    for sample in Self.samples {
      let frame = try #require(try sent(sample.layers).first)
      let dissection = Dissection(frame)
      #expect(dissection.remarks == [], "\(sample.layers)")
      for layer in dissection.layers where layer.list != nil {
        #expect(layer.elements.allSatisfy { $0.isSound && ($0.definition != nil || $0.isPadding) })
      }
    }
  }

  /// tshark's hexadecimal numbers as decimal ones, and without what it adds in words.
  private static func plain(_ text: String) -> String {
    text.split(separator: ",", omittingEmptySubsequences: false).map { value in
      if value == "True" { return "1" }
      if value == "False" { return "0" }
      if value.hasPrefix("0x"), let number = UInt64(value.dropFirst(2), radix: 16) { return String(number) }
      return String(value)
    }.joined(separator: ",")
  }
}
