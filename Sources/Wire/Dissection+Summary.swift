extension Dissection {
  /// The frame in one line, for reports and progress.
  ///
  /// ```
  /// 192.0.2.1 > 192.0.2.16 ICMP echo-reply id 0x1234 seq 1, 56 octets
  /// 192.0.2.1 > 192.0.2.16 ICMP destination-unreachable port-unreachable, quoting UDP 192.0.2.16:40000 > 192.0.2.1:33434
  /// ARP who has 192.0.2.1, tell 192.0.2.16
  /// ```
  ///
  /// What is wrong with it follows in brackets: `[checksum]`.
  public var summary: String {
    var text = Self.summary(of: layers[...])
    if !quote.isEmpty { text += ", quoting " + Self.summary(of: quote[...], isQuoted: true) }
    var wrong: [String] = []
    for remark in remarks {
      let name = (remark.isQuoted ? "quoted " : "") + remark.kind.rawValue
      if !wrong.contains(name) { wrong.append(name) }
    }
    return wrong.isEmpty ? text : "\(text) [\(wrong.joined(separator: ", "))]"
  }

  private static func summary(of layers: ArraySlice<LayerView>, isQuoted: Bool = false) -> String {
    guard let inner = layers.last(where: { $0.kind != .data && $0.kind != .extensions && $0.kind != .quote })
    else {
      return count(layers.first?.header.count ?? 0)
    }
    if inner.kind == .arp { return arp(inner) }
    guard let ip = layers.last(where: { $0.kind == .ipv4 || $0.kind == .ipv6 }) else { return link(inner) }
    let upper = layers.last { [.icmpv4, .icmpv6, .udp, .tcp].contains($0.kind) }
    let what = upper.map { message($0, isQuoted: isQuoted) } ?? payload(ip, inner)
    let route = "\(endpoint(ip, "source", upper)) > \(endpoint(ip, "destination", upper))"
    let size =
      layers.last.flatMap { $0.kind == .data && !isQuoted ? ", \(count($0.header.count))" : nil } ?? ""
    return (isQuoted ? "\(what) \(route)" : "\(route) \(what)") + fragment(layers) + size
  }

  private static func count(_ octets: Int) -> String { octets == 1 ? "1 octet" : "\(octets) octets" }

  private static func arp(_ view: LayerView) -> String {
    let sender = view.value(of: "sender-ip")?.description ?? "?"
    let target = view.value(of: "target-ip")?.description ?? "?"
    switch view.number("operation") {
    case 1: return "ARP who has \(target), tell \(sender)"
    case 2: return "ARP \(sender) is at \(view.value(of: "sender-mac")?.description ?? "?"), to \(target)"
    case let operation: return "ARP operation \(operation.map { String($0) } ?? "?") \(sender) > \(target)"
    }
  }

  private static func link(_ view: LayerView) -> String {
    guard let destination = view.value(of: "destination"), let source = view.value(of: "source") else {
      return "\(view.kind.shortTitle), \(count(view.header.count))"
    }
    let type = view.number("ethertype").map { " ethertype 0x" + hexadecimalText($0, digits: 4) } ?? ""
    return "\(source) > \(destination)\(type), \(count(view.payload.count))"
  }

  private static func endpoint(_ ip: LayerView, _ name: String, _ upper: LayerView?) -> String {
    let address = ip.value(of: name)?.description ?? "?"
    guard let upper, let port = upper.number("\(name)-port") else { return address }
    return ip.kind == .ipv6 ? "[\(address)]:\(port)" : "\(address):\(port)"
  }

  /// A packet without a known upper layer.
  private static func payload(_ ip: LayerView, _ inner: LayerView) -> String {
    guard let number = inner.number("next-header") ?? inner.number("protocol") else {
      return inner.kind.shortTitle
    }
    let name = ProtocolNumbers.internetProtocols.name(of: number)
    return "\(ip.kind.shortTitle) protocol \(number)\(name.map { " (\($0))" } ?? "")"
  }

  private static func fragment(_ layers: ArraySlice<LayerView>) -> String {
    for view in layers {
      let offset = view.number("fragment-offset") ?? view.number("offset") ?? 0
      let more = view.number("more-fragments") ?? view.number("more") ?? 0
      if view.kind == .ipv4 || view.kind == .fragment, offset > 0 || more > 0 {
        let id = view.number("identification").map { " id 0x" + hexadecimalText($0, digits: 4) } ?? ""
        return " fragment\(id) at \(offset * 8)\(more > 0 ? "+" : "")"
      }
    }
    return ""
  }

  private static func message(_ view: LayerView, isQuoted: Bool) -> String {
    switch view.kind {
    case .udp: "UDP"
    case .tcp: "TCP" + segment(view)
    default: icmp(view)
    }
  }

  private static func segment(_ view: LayerView) -> String {
    let flags = ["syn", "fin", "rst", "psh", "ack", "urg"].filter { view.number($0) == 1 }
    let sequence = view.number("sequence").map { " seq \($0)" } ?? ""
    let acknowledgement =
      view.number("ack") == 1 ? view.number("acknowledgement").map { " ack \($0)" } ?? "" : ""
    return (flags.isEmpty ? "" : " " + flags.joined(separator: "+")) + sequence + acknowledgement
  }

  private static func icmp(_ view: LayerView) -> String {
    let protocolName = view.kind == .icmpv4 ? "ICMP" : "ICMPv6"
    let types = view.kind == .icmpv4 ? ICMPv4.types : ICMPv6.types
    guard let type = view.number("type") else { return protocolName }
    var text = "\(protocolName) \(types.name(of: type) ?? "type \(type)")"
    let code = view.number("code")
    if let code, let field = view.fields.first(where: { $0.name == "code" }) {
      if let name = field.names?.name(of: code) {
        text += " \(name)"
      } else if code != 0 {
        text += " code \(code)"
      }
    }
    for (name, label) in [
      ("identifier", "id"), ("sequence", "seq"), ("gateway", "to"), ("mtu", "mtu"), ("pointer", "at"),
      ("target", "target"), ("group", "group"),
    ] {
      guard let field = view.fields.first(where: { $0.name == name }), let value = view.value(of: field)
      else { continue }
      text += " \(label) \(field.text(of: value))"
    }
    return text
  }
}
