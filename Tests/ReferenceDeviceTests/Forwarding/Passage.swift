import Wire

/// What is sent to a device with two sides, and from where, by name.
struct Passage {
  enum Step {
    case send(ArmFrame)
    case wait(Duration)
  }

  let name: String
  var steps: [Step]
  /// Whether what the device tells everybody unasked counts.
  var seesAdvertisements = false

  var frames: [ArmFrame] {
    steps.compactMap { step in
      if case .send(let frame) = step { return frame }
      return nil
    }
  }

  /// One frame from a side; a template that can't be encoded gives none, and the test that wants an answer fails.
  static func one(
    _ name: String,
    _ arm: Arm,
    _ layers: [LayerTemplate],
    in frame: MACAddress? = nil
  ) -> Passage {
    let ethernet = LayerTemplate(
      .ethernet,
      fields: [
        "source": .given(.mac(Places.tester(arm))),
        "destination": .given(.mac(frame ?? Places.device(arm))),
      ]
    )
    let bytes = try? PacketTemplate([ethernet] + layers).encode().bytes
    return Passage(name: name, steps: bytes.map { [.send(ArmFrame(arm: arm, bytes: $0))] } ?? [])
  }

  /// One frame from the near side.
  static func one(_ name: String, _ layers: [LayerTemplate], in frame: MACAddress? = nil) -> Passage {
    one(name, .near, layers, in: frame)
  }

  /// Several passages one after the other.
  static func several(_ name: String, _ parts: [Passage]) -> Passage {
    Passage(name: name, steps: parts.flatMap(\.steps))
  }

  static func pause(_ time: Duration) -> Passage { Passage(name: "", steps: [.wait(time)]) }

  /// The same, with answers waited for longer.
  func waiting(_ time: Duration) -> Passage {
    Passage(name: name, steps: steps + [.wait(time)], seesAdvertisements: seesAdvertisements)
  }

  /// The same, with advertisements looked at.
  var listening: Passage { Passage(name: name, steps: steps, seesAdvertisements: true) }

  /// The same with its frames cut.
  func cut(by count: Int) -> Passage {
    Passage(
      name: name,
      steps: frames.map { .send(ArmFrame(arm: $0.arm, bytes: Array($0.bytes.dropLast(count)))) }
    )
  }

  // MARK: Layers

  /// `ip("A", "F")`: an IPv4 header between two places.
  static func ip(
    _ source: String,
    _ destination: String,
    _ fields: [String: FieldSetting] = [:],
    options: [ElementTemplate] = []
  ) -> LayerTemplate {
    let own: [String: FieldSetting] = [
      "source": .given(.ipv4(Places.address(source))),
      "destination": .given(.ipv4(Places.address(destination))),
      "identification": Stimulus.number(0x4711),
    ]
    return LayerTemplate(
      .ipv4,
      fields: own.merging(fields) { _, new in new },
      lists: options.isEmpty ? [:] : ["options": options]
    )
  }

  /// An IPv6 header between two places.
  static func ip6(_ source: String, _ destination: String, _ fields: [String: FieldSetting] = [:])
    -> LayerTemplate
  {
    let own: [String: FieldSetting] = [
      "source": .given(.ipv6(Places.address6(source))),
      "destination": .given(.ipv6(Places.address6(destination))),
    ]
    return LayerTemplate(.ipv6, fields: own.merging(fields) { _, new in new })
  }

  static func udp(_ count: Int = 100, _ fields: [String: FieldSetting] = [:]) -> [LayerTemplate] {
    [Stimulus.udp(33_434, fields), Stimulus.data(count)]
  }

  static func echo(_ fields: [String: FieldSetting] = [:]) -> [LayerTemplate] {
    [Stimulus.icmp(.icmpv4, 8, fields), Stimulus.data(56)]
  }

  static func echo6(_ fields: [String: FieldSetting] = [:]) -> [LayerTemplate] {
    [Stimulus.icmp(.icmpv6, 128, fields), Stimulus.data(56)]
  }

  /// An ICMP error about a packet of those layers.
  static func error(
    _ type: UInt64,
    _ code: UInt64 = 0,
    about quoted: [LayerTemplate],
    _ fields: [String: FieldSetting] = [:]
  ) -> [LayerTemplate] {
    let own = ["code": Stimulus.number(code)].merging(fields) { _, new in new }
    return [Stimulus.icmp(.icmpv4, type, own), LayerTemplate(.quote, quoted: quoted)]
  }

  /// An ICMPv6 error about a packet of those layers.
  static func error6(
    _ type: UInt64,
    _ code: UInt64 = 0,
    about quoted: [LayerTemplate],
    _ fields: [String: FieldSetting] = [:]
  ) -> [LayerTemplate] {
    let own = ["code": Stimulus.number(code)].merging(fields) { _, new in new }
    return [Stimulus.icmp(.icmpv6, type, own), LayerTemplate(.quote, quoted: quoted)]
  }

  static func raw(_ octets: [UInt8]) -> LayerTemplate { LayerTemplate(.raw, body: octets) }
  static func number(_ value: UInt64) -> FieldSetting { Stimulus.number(value) }
  static func ttl(_ value: UInt64) -> [String: FieldSetting] { ["ttl": number(value)] }
  static func hops(_ value: UInt64) -> [String: FieldSetting] { ["hop-limit": number(value)] }
  static let wholeOnly: [String: FieldSetting] = ["dont-fragment": .given(.number(1))]
}
