/// Walks a frame layer by layer.
struct Dissector {
  /// What comes next.
  struct Step {
    var kind: LayerKind
    /// The octets left for this layer and what it carries.
    var range: Range<Int>
    /// Whether these are all the octets that the layer had: not cut short, not a fragment.
    var isComplete = true
    /// The IP header around it.
    var ip: EnclosingHeader?
    /// Which of its kind's lists the layer carries, where its header doesn't say it.
    var list = 0
  }

  /// What a checksum or an upper layer needs of the IP header around it.
  struct EnclosingHeader {
    var version: UInt8
    var start: Int
    /// The last address of a routing header with segments left.
    var finalDestination: IPv6Address?
    /// The address in a home address option, the source of the pseudo-header [RFC 6275 11.3.2].
    var homeAddress: IPv6Address?
  }

  /// Layers beyond this number are data: enough for any real packet, few enough for hostile ones.
  static let maximumLayers = 64

  let frame: [UInt8]
  var layers: [LayerView] = []
  var quote: [LayerView] = []
  var remarks: [Remark] = []
  /// Whether the layers being walked are those of a quoted packet.
  var isQuoted = false

  init(_ frame: [UInt8]) {
    self.frame = frame
    layers.reserveCapacity(6)
  }

  /// Takes one layer after the other until nothing is left.
  mutating func dissect(_ first: Step) {
    var next: Step? = first
    var count = 0
    while let step = next {
      count += 1
      if count > Self.maximumLayers {
        remark(.depth, step.kind, step.range.lowerBound, "more than \(Self.maximumLayers) layers")
        next = data(step.range)
      } else {
        next = walk(step)
      }
    }
  }

  private mutating func walk(_ step: Step) -> Step? {
    switch step.kind {
    case .ethernet: ethernet(step)
    case .vlan: vlan(step)
    case .arp: arp(step)
    case .ipv4: ipv4(step)
    case .ipv6: ipv6(step)
    case .hopByHop, .destinationOptions, .routing: extensionHeader(step)
    case .fragment: fragment(step)
    case .icmpv4: icmpv4(step)
    case .icmpv6: icmpv6(step)
    case .ndpOptions: neighborDiscoveryOptions(step)
    case .mld: multicastListener(step)
    case .udp: udp(step)
    case .tcp: tcp(step)
    case .quote: quote(step)
    case .extensions: extensions(step)
    default: data(step.range)
    }
  }

  /// Ends the walk with what isn't understood, or is payload.
  mutating func data(_ range: Range<Int>) -> Step? {
    if !range.isEmpty { append(.data, header: range, payload: range) }
    return nil
  }

  mutating func append(_ kind: LayerKind, header: Range<Int>, payload: Range<Int>, list: Int = 0) {
    let view = LayerView(kind, frame: frame, header: header, payload: payload, list: list)
    if isQuoted { quote.append(view) } else { layers.append(view) }
  }

  /// A header of which the frame has only a part; nothing can follow it.
  mutating func truncated(_ step: Step, needed: Int) -> Step? {
    let end = step.range.upperBound
    append(step.kind, header: step.range, payload: end..<end)
    // A quote may end anywhere after the IP header; that is its nature.
    if !isQuoted || step.kind == .ipv4 || step.kind == .ipv6 {
      remark(
        .truncated,
        step.kind,
        step.range.lowerBound,
        "needs \(needed) octets, \(step.range.count) are there"
      )
    }
    return nil
  }

  mutating func remark(_ kind: Remark.Kind, _ layer: LayerKind, _ offset: Int, _ text: String) {
    let quoted = isQuoted ? "quoted " : ""
    remarks.append(
      Remark(
        kind: kind,
        layer: layer,
        offset: offset,
        text: "\(quoted)\(layer.shortTitle): \(text) (octet \(offset))",
        isQuoted: isQuoted
      )
    )
  }

  /// Compares a checksum, and remarks on a difference.
  mutating func check(
    checksumAt offset: Int,
    over range: Range<Int>,
    adding pseudo: UInt64 = 0,
    _ kind: LayerKind,
    named name: String = "checksum"
  ) {
    guard range.upperBound <= frame.count, let field = frame.uint16(at: offset) else { return }
    let sum = frame.withUnsafeBytes { Checksum.sum(UnsafeRawBufferPointer(rebasing: $0[range])) } &+ pseudo
    guard Checksum.fold(sum) != 0xffff else { return }
    // Leaving the field out of the sum is adding its complement; a field of zero adds nothing, and must not turn a
    // sum of zero into all ones.
    let right = ~Checksum.fold(field == 0 ? sum : sum &+ UInt64(~field))
    remark(
      .checksum,
      kind,
      offset,
      "\(name) is 0x\(hexadecimalText(UInt64(field), digits: 4)), "
        + "computed 0x\(hexadecimalText(UInt64(right), digits: 4))"
    )
  }
}

extension LayerKind {
  /// The name in remarks: `IPv4`, `ICMPv6`, `hop-by-hop`.
  var shortTitle: String {
    switch self {
    case .ethernet: "Ethernet"
    case .vlan: "VLAN"
    case .arp: "ARP"
    case .ipv4: "IPv4"
    case .ipv6: "IPv6"
    case .icmpv4: "ICMPv4"
    case .icmpv6: "ICMPv6"
    case .udp: "UDP"
    case .tcp: "TCP"
    default: rawValue
    }
  }
}
