internal import Craft
internal import Suite
internal import Wire

/// A datagram that obliges a host to send an ICMP error, whatever else it implements.
struct ErrorProbe {
  /// What is wrong with it.
  enum Kind: Equatable {
    /// UDP to a port that the target file says is closed: port unreachable.
    case closedPort(UInt16)
    /// A protocol for experiments that nobody speaks [RFC 3692]: protocol unreachable, or an unrecognised next header.
    case unknownProtocol
  }

  let family: Family
  let kind: Kind
  let target: Host

  /// The frame with that number from 1, which the error quotes; empty when a party has no address.
  func frame(_ number: Int, from tester: Host) -> [UInt8] {
    let ethernet = LayerTemplate(
      .ethernet,
      fields: ["source": .given(.mac(tester.mac)), "destination": .given(.mac(target.mac))]
    )
    guard var network = networkLayer(number, from: tester) else { return [] }
    var layers = [ethernet]
    switch kind {
    case .closedPort(let port):
      let udp = LayerTemplate(
        .udp,
        fields: [
          "source-port": .given(.number(UInt64(0xa000 + number % 0x1000))),
          "destination-port": .given(.number(UInt64(port))),
        ]
      )
      layers += [network, udp]
    case .unknownProtocol:
      network.fields[family == .ipv4 ? "protocol" : "next-header"] = .given(.number(253))
      layers.append(network)
    }
    layers.append(LayerTemplate(.data, body: Array("assay error budget".utf8)))
    return (try? PacketTemplate(layers).encode().bytes) ?? []
  }

  private func networkLayer(_ number: Int, from tester: Host) -> LayerTemplate? {
    let (kind, mark): (LayerKind, String)
    let addresses: (FieldValue, FieldValue)
    switch family {
    case .ipv4:
      guard let source = tester.ipv4, let destination = target.ipv4 else { return nil }
      (kind, mark, addresses) = (.ipv4, "identification", (.ipv4(source), .ipv4(destination)))
    case .ipv6:
      guard let source = tester.ipv6, let destination = target.ipv6 else { return nil }
      (kind, mark, addresses) = (.ipv6, "flow-label", (.ipv6(source), .ipv6(destination)))
    }
    return LayerTemplate(
      kind,
      fields: [
        "source": .given(addresses.0), "destination": .given(addresses.1),
        mark: .given(.number(UInt64(number & 0xffff))),
      ]
    )
  }

  /// The number of the probe that an ICMP error quotes; nil for other frames.
  ///
  /// A probe is told from a trial's packet by what it carries.
  static func number(quotedIn frame: Dissection) -> Int? {
    guard let ip = frame.quote.first, ip.kind == .ipv4 || ip.kind == .ipv6,
      let mark = ip.number(ip.kind == .ipv4 ? "identification" : "flow-label")
    else { return nil }
    if let udp = frame.quotedLayer(.udp) {
      return udp.number("source-port") == UInt64(0xa000 + mark % 0x1000) ? Int(mark) : nil
    }
    return ip.payloadBytes.starts(with: Array("assay er".utf8)) ? Int(mark) : nil
  }
}
