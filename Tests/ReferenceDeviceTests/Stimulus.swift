import Wire

/// Frames for the device, by name.
struct Stimulus {
  let name: String
  let frames: [[UInt8]]
  /// How long answers are waited for.
  var wait = Duration.seconds(1)

  static func named(_ name: String) -> Stimulus? { all.first { $0.name == name } }

  static let all: [Stimulus] = ipv4 + ipv4Sequences + ipv6 + ipv6Sequences + discovery

  // MARK: Building blocks

  static func ethernet(_ destination: MACAddress = Conversation.target) -> LayerTemplate {
    LayerTemplate(
      .ethernet,
      fields: ["source": .given(.mac(Conversation.mac)), "destination": .given(.mac(destination))]
    )
  }

  static func ip4(_ fields: [String: FieldSetting] = [:], options: [ElementTemplate] = []) -> LayerTemplate {
    let own: [String: FieldSetting] = [
      "source": .given(.ipv4(Conversation.ipv4)), "destination": address("192.0.2.1"),
      "identification": number(0x4711),
    ]
    return LayerTemplate(
      .ipv4,
      fields: own.merging(fields) { _, new in new },
      lists: options.isEmpty ? [:] : ["options": options]
    )
  }

  static func ip6(_ fields: [String: FieldSetting] = [:]) -> LayerTemplate {
    let own: [String: FieldSetting] = [
      "source": .given(.ipv6(Conversation.ipv6)), "destination": address6("2001:db8:1::1"),
    ]
    return LayerTemplate(.ipv6, fields: own.merging(fields) { _, new in new })
  }

  static func icmp(_ kind: LayerKind, _ type: UInt64, _ fields: [String: FieldSetting] = [:]) -> LayerTemplate
  {
    var own: [String: FieldSetting] = ["type": number(type)]
    if [0, 8, 13, 14, 15, 17, 128, 129].contains(type) {
      own["identifier"] = number(0x1234)
      own["sequence"] = number(0x8007)
    }
    return LayerTemplate(kind, fields: own.merging(fields) { _, new in new })
  }

  static func udp(_ port: UInt64 = 33_434, _ fields: [String: FieldSetting] = [:]) -> LayerTemplate {
    let own: [String: FieldSetting] = ["source-port": number(40_000), "destination-port": number(port)]
    return LayerTemplate(.udp, fields: own.merging(fields) { _, new in new })
  }

  static func data(_ count: Int) -> LayerTemplate {
    LayerTemplate(.data, body: pattern(count))
  }

  /// Data in which each octet tells its place, the highest bit included.
  static func pattern(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 129) }
  }

  static func number(_ value: UInt64) -> FieldSetting { .given(.number(value)) }
  static func address(_ text: String) -> FieldSetting { .given(.ipv4(IPv4Address(text) ?? .unspecified)) }
  static func address6(_ text: String) -> FieldSetting { .given(.ipv6(IPv6Address(text) ?? .unspecified)) }

  /// One frame; a template that can't be encoded gives none, and the test that wants an answer fails.
  static func one(_ name: String, _ layers: [LayerTemplate], to frame: MACAddress = Conversation.target)
    -> Stimulus
  {
    Stimulus(
      name: name,
      frames: (try? PacketTemplate([ethernet(frame)] + layers).encode().bytes).map { [$0] } ?? []
    )
  }

  /// Several stimuli one after the other.
  static func several(_ name: String, _ parts: [Stimulus]) -> Stimulus {
    Stimulus(name: name, frames: parts.flatMap(\.frames))
  }

  /// The same, with all frames cut.
  func cut(to length: Int) -> Stimulus {
    Stimulus(name: name, frames: frames.map { Array($0.prefix(length)) })
  }

  /// The same, with answers waited for longer.
  func waiting(_ wait: Duration) -> Stimulus { Stimulus(name: name, frames: frames, wait: wait) }
}
