import Testing
import Wire

@Suite(.enabled(if: TShark.path != nil, "tshark isn't installed")) struct TSharkTests {
  /// Our fields and what tshark calls them.
  static let names: [(kind: LayerKind, field: String, theirs: String)] = [
    (.ethernet, "ethertype", "eth.type"), (.vlan, "id", "vlan.id"), (.vlan, "priority", "vlan.priority"),
    (.arp, "operation", "arp.opcode"), (.ipv4, "header-length", "ip.hdr_len"), (.ipv4, "tos", "ip.dsfield"),
    (.ipv4, "dscp", "ip.dsfield.dscp"), (.ipv4, "ecn", "ip.dsfield.ecn"), (.ipv4, "total-length", "ip.len"),
    (.ipv4, "identification", "ip.id"), (.ipv4, "dont-fragment", "ip.flags.df"), (.ipv4, "ttl", "ip.ttl"),
    (.ipv4, "protocol", "ip.proto"), (.ipv4, "header-checksum", "ip.checksum"),
    (.ipv4, "reserved-flag", "ip.flags.rb"), (.ipv6, "traffic-class", "ipv6.tclass"),
    (.ipv6, "flow-label", "ipv6.flow"), (.ipv6, "payload-length", "ipv6.plen"),
    (.ipv6, "next-header", "ipv6.nxt"), (.ipv6, "hop-limit", "ipv6.hlim"),
    (.routing, "segments-left", "ipv6.routing.segleft"), (.routing, "routing-type", "ipv6.routing.type"),
    (.fragment, "identification", "ipv6.fraghdr.ident"), (.hopByHop, "length", "ipv6.hopopts.len"),
    (.destinationOptions, "length", "ipv6.dstopts.len"), (.udp, "source-port", "udp.srcport"),
    (.udp, "destination-port", "udp.dstport"), (.udp, "length", "udp.length"),
    (.udp, "checksum", "udp.checksum"),
    (.tcp, "sequence", "tcp.seq_raw"), (.tcp, "acknowledgement", "tcp.ack_raw"),
    (.tcp, "data-offset", "tcp.hdr_len"), (.tcp, "syn", "tcp.flags.syn"), (.tcp, "fin", "tcp.flags.fin"),
    (.tcp, "ece", "tcp.flags.ece"), (.tcp, "cwr", "tcp.flags.cwr"), (.tcp, "window", "tcp.window_size_value"),
    (.tcp, "urgent-pointer", "tcp.urgent_pointer"), (.icmpv4, "type", "icmp.type"),
    (.icmpv4, "code", "icmp.code"),
    (.icmpv4, "checksum", "icmp.checksum"), (.icmpv4, "identifier", "icmp.ident"),
    (.icmpv4, "sequence", "icmp.seq"), (.icmpv4, "mtu", "icmp.mtu"), (.icmpv4, "pointer", "icmp.pointer"),
    (.icmpv4, "gateway", "icmp.redir_gw"), (.icmpv4, "mask", "icmp.address_mask"),
    (.icmpv4, "originate", "icmp.originate_timestamp"), (.icmpv4, "receive", "icmp.receive_timestamp"),
    (.icmpv4, "transmit", "icmp.transmit_timestamp"), (.icmpv4, "sequence", "icmp.ext.echo.seq"),
    (.icmpv4, "local", "icmp.ext.echo.req.local"), (.icmpv4, "state", "icmp.ext.echo.rsp.state"),
    (.icmpv4, "active", "icmp.ext.echo.rsp.active"), (.icmpv4, "length", "icmp.length"),
    (.icmpv6, "type", "icmpv6.type"), (.icmpv6, "code", "icmpv6.code"),
    (.icmpv6, "checksum", "icmpv6.checksum"),
    (.icmpv6, "mtu", "icmpv6.mtu"), (.icmpv6, "pointer", "icmpv6.pointer"),
    (.icmpv6, "length", "icmpv6.length"),
    (.icmpv6, "current-hop-limit", "icmpv6.nd.ra.cur_hop_limit"), (.icmpv6, "managed", "icmpv6.nd.ra.flag.m"),
    (.icmpv6, "other", "icmpv6.nd.ra.flag.o"), (.icmpv6, "home-agent", "icmpv6.nd.ra.flag.h"),
    (.icmpv6, "preference", "icmpv6.nd.ra.flag.prf"), (.icmpv6, "proxy", "icmpv6.nd.ra.flag.p"),
    (.icmpv6, "router-lifetime", "icmpv6.nd.ra.router_lifetime"),
    (.icmpv6, "reachable-time", "icmpv6.nd.ra.reachable_time"),
    (.icmpv6, "retransmission-timer", "icmpv6.nd.ra.retrans_timer"),
    (.icmpv6, "target", "icmpv6.nd.ns.target_address"), (.icmpv6, "target", "icmpv6.nd.na.target_address"),
    (.icmpv6, "router", "icmpv6.nd.na.flag.r"), (.icmpv6, "solicited", "icmpv6.nd.na.flag.s"),
    (.icmpv6, "override", "icmpv6.nd.na.flag.o"), (.icmpv6, "target", "icmpv6.nd.rd.target_address"),
    (.icmpv6, "destination", "icmpv6.rd.na.destination_address"),
    (.icmpv6, "group", "icmpv6.mld.multicast_address"), (.icmpv6, "robustness", "icmpv6.mld.flag.qrv"),
    (.icmpv6, "query-interval", "icmpv6.mld.qqi"), (.icmpv6, "number-of-sources", "icmpv6.mld.nb_sources"),
    (.icmpv6, "qtype", "icmpv6.ni.qtype"), (.icmpv6, "nonce", "icmpv6.ni.nonce"),
    (.icmpv6, "identifier", "icmpv6.echo.identifier"), (.icmpv6, "sequence", "icmpv6.echo.sequence_number"),
  ]

  static let statuses = [
    "ip.checksum.status", "icmp.checksum.status", "icmpv6.checksum.status", "udp.checksum.status",
    "tcp.checksum.status", "icmp.ext.checksum.status",
  ]

  @Test func `tshark reads crafted packets as Assay does`() throws {
    let frames = try RandomPackets.templates(count: 3, seed: 4).map { try $0.encode().bytes }
    let theirs = try TShark.fields(Set(Self.names.map(\.theirs)).sorted() + Self.statuses, of: frames)
    try #require(theirs.count == frames.count)
    var compared: [String: Int] = [:]
    for (frame, values) in zip(frames, theirs) {
      let dissection = Dissection(frame)
      #expect(dissection.remarks == [])
      for status in Self.statuses {
        #expect(values[status] != "0", "\(status): \(dissection.summary)")
        if values[status] == "1" { compared[status, default: 0] += 1 }
      }
      for name in Self.names {
        guard let text = values[name.theirs], !text.isEmpty,
          let view = dissection.layer(name.kind) ?? dissection.quotedLayer(name.kind),
          let value = view.value(of: name.field)
        else { continue }
        #expect(Self.number(value, name.field) == Self.number(text), "\(name): \(dissection.summary)")
        compared[name.theirs, default: 0] += 1
      }
    }
    // A comparison that never took place proves nothing.
    for name in Self.names.map(\.theirs) + Self.statuses {
      #expect(compared[name, default: 0] > 0, "\(name) was never compared")
    }
  }

  @Test func `tshark sees the intended fault and no other`() throws {
    let faults = RandomPackets.faults
    let frames = try faults.map { try $0.template.encode().bytes }
    let names = Self.statuses + ["_ws.expert.message"]
    let theirs = try TShark.fields(names, of: frames)
    try #require(theirs.count == frames.count)
    for (fault, values) in zip(faults, theirs) {
      for status in Self.statuses where values[status] == "0" {
        #expect(fault.status == status, "\(fault.name)")
      }
      if let status = fault.status { #expect(values[status] == "0", "\(fault.name)") }
      if let expert = fault.expert {
        #expect(values["_ws.expert.message"]?.contains(expert) == true, "\(fault.name): \(values)")
      }
    }
    // Assay must see the same faults.
    for (fault, frame) in zip(faults, frames) {
      #expect(Dissection(frame).remarks.map(\.kind) == [fault.remark], "\(fault.name)")
    }
  }

  /// A value as tshark would count it.
  private static func number(_ value: FieldValue, _ field: String) -> String {
    guard case .number(let number) = value else { return value.description }
    return ["header-length", "data-offset"].contains(field) ? String(number * 4) : String(number)
  }

  /// tshark's decimal, hexadecimal and Boolean forms as a decimal number; other texts as they are.
  private static func number(_ text: String) -> String {
    if text == "True" { return "1" }
    if text == "False" { return "0" }
    if text.hasPrefix("0x") { return UInt64(text.dropFirst(2), radix: 16).map { String($0) } ?? text }
    return text
  }
}
