import Wire

/// Templates with random values in every field that may have one, and templates with one fault each.
struct RandomPackets {
  struct Fault {
    var name: String
    var template: PacketTemplate
    /// The checksum status of tshark which must be bad.
    var status: String?
    /// What tshark's expert must say.
    var expert: String?
    /// What Assay must remark.
    var remark: Remark.Kind
  }

  var generator: SeededGenerator

  /// So many packets of each type of each ICMP, and of UDP and TCP.
  static func templates(count: Int, seed: UInt64) -> [PacketTemplate] {
    var packets = RandomPackets(generator: SeededGenerator(state: seed))
    var templates: [PacketTemplate] = []
    for _ in 0..<count {
      for type: UInt8 in 0...255 {
        templates.append(packets.icmp(.icmpv4, type))
        templates.append(packets.icmp(.icmpv6, type))
      }
      for _ in 0..<20 {
        templates.append(PacketTemplate(packets.envelope(.ipv4) + packets.transport()))
        templates.append(
          PacketTemplate(packets.envelope(.ipv6) + packets.extensionHeaders() + packets.transport())
        )
      }
      templates.append(
        PacketTemplate([LayerTemplate(.ethernet), packets.layer(.arp, given: ["operation": 2])])
      )
    }
    return templates
  }

  /// Fields which aren't free: they decide how the rest is read.
  private static let fixed: Set<String> = [
    "version", "type", "ethertype", "hardware-type", "protocol-type", "hardware-length", "protocol-length",
    "more-fragments", "fragment-offset", "more", "offset", "routing-type", "segments-left", "entry-size",
    "source-port", "destination-port", "flags", "operation",
  ]

  /// A layer with every free field random.
  mutating func layer(
    _ kind: LayerKind,
    given: [String: UInt64] = [:],
    lists: [String: [ElementTemplate]] = [:],
    body: [UInt8] = []
  ) -> LayerTemplate {
    var fields = given.mapValues { FieldSetting.given(.number($0)) }
    let definition = Protocols.definition(of: kind)
    let type = given["type"].map { UInt8($0) }
    let code = given["code"].map { UInt8($0) }
    for field in definition?.fields(type: type, code: code) ?? [] {
      guard !Self.fixed.contains(field.name), field.byDefault != .computed, fields[field.name] == nil else {
        continue
      }
      if kind == .icmpv6, type == 130, ["suppress", "robustness", "query-interval"].contains(field.name),
        given["code"] != 0
      {
        continue
      }
      let mask: UInt64 = field.bitWidth >= 64 ? .max : 1 << UInt64(field.bitWidth) - 1
      let number = generator.next() & mask
      fields[field.name] =
        field.bitWidth == 128
        ? .given(.ipv6(IPv6Address(high: 0x2001_0db8_0000_0000 | number >> 40, low: generator.next())))
        : .given(.number(number))
    }
    return LayerTemplate(kind, fields: fields, lists: lists, body: body)
  }

  private mutating func envelope(_ kind: LayerKind) -> [LayerTemplate] {
    let ethernet = layer(.ethernet)
    let tag = generator.next() % 4 == 0 ? [layer(.vlan)] : []
    let options = [ElementTemplate("record-route"), ElementTemplate("nop")]
    let hasOptions = kind == .ipv4 && generator.next() % 3 == 0
    return [ethernet] + tag + [layer(kind, lists: hasOptions ? ["options": options] : [:])]
  }

  private mutating func transport() -> [LayerTemplate] {
    let body = (0..<Int(generator.next() % 64)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    let isTCP = generator.next() % 2 == 0
    let options = [
      ElementTemplate("mss"), ElementTemplate("nop"),
      ElementTemplate("window-scale", ["shift": .given(.number(3))]),
    ]
    return [
      layer(
        isTCP ? .tcp : .udp,
        given: ["source-port": 40_000, "destination-port": 33_434],
        lists: isTCP ? ["options": options] : [:]
      )
    ]
      + [LayerTemplate(.data, body: body)]
  }

  private mutating func extensionHeaders() -> [LayerTemplate] {
    let address = IPv6Address(high: 0x2001_0db8_0000_0000, low: generator.next())
    let all = [
      layer(
        .hopByHop,
        lists: ["options": [ElementTemplate("router-alert"), .literal(type: 0x1e, data: [1, 2, 3])]]
      ),
      layer(
        .destinationOptions,
        lists: ["options": [ElementTemplate("padn", parts: ["data": .octets([0])])]]
      ),
      layer(
        .routing,
        given: ["routing-type": 2, "reserved": 0, "tag": 0],
        lists: ["addresses": [ElementTemplate("address", ["address": .given(.ipv6(address))])]]
      ),
      layer(.fragment, given: ["reserved": 0, "reserved2": 0]),
      layer(.destinationOptions, lists: ["options": [.literal(type: 0x3e)]]),
    ]
    let chosen = generator.next()
    return all.enumerated().filter { chosen >> UInt64($0.offset) & 1 == 1 }.map(\.element)
  }

  private mutating func icmp(_ kind: LayerKind, _ type: UInt8) -> PacketTemplate {
    let version: LayerKind = kind == .icmpv4 ? .ipv4 : .ipv6
    let code = type == 3 && kind == .icmpv4 ? 4 : type == 130 && kind == .icmpv6 ? generator.next() % 2 : 0
    var layers = envelope(version) + (kind == .icmpv6 ? extensionHeaders() : [])
    layers.append(layer(kind, given: ["type": UInt64(type), "code": code]))
    let isError = kind == .icmpv4 ? [3, 4, 5, 11, 12, 31, 40].contains(type) : (1...127).contains(type)
    if isError {
      layers.append(LayerTemplate(.quote, quoted: [layer(version)] + transport()))
      let extended = kind == .icmpv4 ? [3, 11, 12].contains(type) : [1, 3].contains(type)
      if extended, generator.next() % 2 == 0 {
        let label: [String: FieldSetting] = ["label": .given(.number(1000)), "ttl": .given(.number(3))]
        layers.append(
          LayerTemplate(
            .extensions,
            lists: ["objects": [ElementTemplate("mpls", parts: ["entries": .entries([label])])]]
          )
        )
      }
    } else if type == (kind == .icmpv4 ? 42 : 160) {
      layers.append(
        LayerTemplate(
          .extensions,
          lists: [
            "objects": [
              ElementTemplate(
                "interface-identification",
                parts: ["index": .entries([["index": .given(.number(7))]])]
              )
            ]
          ]
        )
      )
    } else if kind == .icmpv6, (133...137).contains(type) {
      let address = MACAddress(rawValue: generator.next())
      layers.append(
        LayerTemplate(
          .ndpOptions,
          lists: [
            "options": [
              ElementTemplate("source-link-layer", ["address": .given(.mac(address))]),
              ElementTemplate("mtu", ["mtu": .given(.number(1400))]),
            ]
          ]
        )
      )
    }
    return PacketTemplate(layers)
  }

  private static func faulty(
    _ kind: LayerKind,
    _ field: String,
    _ setting: FieldSetting,
    over version: LayerKind
  ) -> PacketTemplate {
    var layers = [LayerTemplate(.ethernet), LayerTemplate(version)]
    if kind != version { layers.append(LayerTemplate(kind)) }
    layers.append(LayerTemplate(.data, body: [UInt8](repeating: 0x61, count: 40)))
    for index in layers.indices where layers[index].kind == kind { layers[index].fields[field] = setting }
    if kind == version { layers.insert(LayerTemplate(.udp), at: 2) }
    return PacketTemplate(layers)
  }

  static var faults: [Fault] {
    var faults: [Fault] = []
    let checksums: [(LayerKind, String, LayerKind, String)] = [
      (.ipv4, "header-checksum", .ipv4, "ip"), (.icmpv4, "checksum", .ipv4, "icmp"),
      (.udp, "checksum", .ipv4, "udp"), (.tcp, "checksum", .ipv4, "tcp"),
      (.icmpv6, "checksum", .ipv6, "icmpv6"),
      (.udp, "checksum", .ipv6, "udp"), (.tcp, "checksum", .ipv6, "tcp"),
    ]
    for (kind, field, version, name) in checksums {
      for setting in [FieldSetting.wrong, .offByOne, .complement, .computedPlus(-2)] {
        faults.append(
          Fault(
            name: "\(version) \(kind) \(setting)",
            template: faulty(kind, field, setting, over: version),
            status: "\(name).checksum.status",
            remark: .checksum
          )
        )
      }
    }
    faults += [
      Fault(
        name: "total length too long",
        template: faulty(.ipv4, "total-length", .computedPlus(8), over: .ipv4),
        expert: "IPv4 total length exceeds packet length",
        remark: .length
      ),
      Fault(
        name: "payload length too long",
        template: faulty(.ipv6, "payload-length", .computedPlus(8), over: .ipv6),
        expert: "IPv6 payload length",
        remark: .length
      ),
      Fault(
        name: "UDP length too long",
        template: faulty(.udp, "length", .computedPlus(8), over: .ipv4),
        expert: "Bad length value",
        remark: .length
      ),
      Fault(
        name: "data offset too short",
        template: faulty(.tcp, "data-offset", .computedPlus(-1), over: .ipv4),
        expert: "Bogus TCP header length",
        remark: .length
      ),
    ]
    return faults
  }
}
