import Testing
import Wire

@Suite struct TemplateRecoveryTests {
  @Test(arguments: GoldenFrame.all) func `A real frame comes out of its template octet for octet`(
    _ frame: GoldenFrame
  ) throws {
    let template = PacketTemplate(recovering: frame.bytes)
    #expect(try template.encode().bytes == frame.bytes)
    #expect(!template.layers.contains { $0.kind == .raw })
  }

  @Test(arguments: GoldenFrame.all) func `What is right isn't said`(_ frame: GoldenFrame) {
    // A fragment's checksum and next protocol are those of the whole packet, no checksum at all is a choice, and a frame
    // that carries what Assay doesn't know says so.
    let isSpecial = ["fragment", "without checksum"].contains { frame.name.contains($0) }
    let said = saidAlthoughComputed(in: PacketTemplate(recovering: frame.bytes).layers)
    // A router that the packet has passed counts its segments down.
    #expect(isSpecial || said.allSatisfy { $0 == "routing.segments-left" }, "\(said)")
  }

  @Test(arguments: RandomPackets.faults) func `What is wrong is said, and nothing else`(
    _ fault: RandomPackets.Fault
  ) throws {
    let octets = try fault.template.encode().bytes
    let template = PacketTemplate(recovering: octets)
    #expect(try template.encode().bytes == octets)
    let meant = fault.template.layers.flatMap { layer in layer.fields.keys.map { "\(layer.kind).\($0)" } }
    #expect(saidAlthoughComputed(in: template.layers) == meant)
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>) func `A template comes back from its octets as it was said`(
    seed: UInt64
  ) throws {
    let templates = RandomPackets.templates(count: 2, seed: seed)
    #expect(templates.count > 1000)
    for template in templates {
      let octets = try template.encode().bytes
      let recovered = PacketTemplate(recovering: octets)
      #expect(try recovered.encode().bytes == octets)
      #expect(normal(recovered.layers) == normal(template.layers))
    }
  }

  @Test(arguments: RandomElements.Place.all) func `A list comes back from its octets`(
    _ place: RandomElements.Place
  ) throws {
    var random = RandomElements(generator: SeededGenerator(state: 11))
    for definition in place.list.elements {
      for round in 0..<20 {
        let elements = (0...round % 3).map { _ in random.element(definition) }
        let octets = try place.packet(elements).encode().bytes
        let kind = try #require(place.packet(elements).layers.first?.kind)
        #expect(try PacketTemplate(recovering: octets, as: kind).encode().bytes == octets)
      }
    }
  }

  @Test(.timeLimit(.minutes(3)), arguments: 0..<4 as Range<UInt64>)
  func `Mutated frames come out of their templates octet for octet`(seed: UInt64) {
    var generator = SeededGenerator(state: seed)
    let frames = GoldenFrame.all.map(\.bytes)
    var plain = 0
    for _ in 0..<5_000 {
      var bytes = frames[Int.random(in: frames.indices, using: &generator)]
      for _ in 0..<Int.random(in: 1...4, using: &generator) { mutate(&bytes, frames, &generator) }
      let template = PacketTemplate(recovering: bytes)
      let packet = try? template.encode()
      #expect(packet?.bytes == bytes)
      // Layers that end early keep to themselves.
      for span in packet?.spans ?? [] { #expect(span.range.upperBound <= bytes.count) }
      if let packet { #expect(!AnnotatedHex.render(packet).isEmpty || bytes.isEmpty) }
      if template.layers.first?.kind == .raw { plain += 1 }
    }
    // However broken, there is a first header.
    #expect(plain == 0)
  }

  @Test func `Garbage comes out of its template as any layer`() {
    var generator = SeededGenerator(state: 0xbad)
    for definition in Protocols.all {
      for count in 0..<200 {
        let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
        #expect((try? PacketTemplate(recovering: bytes, as: definition.kind).encode().bytes) == bytes)
      }
    }
  }

  @Test(arguments: GoldenFrame.all) func `A frame that is cut anywhere comes out of its template`(
    _ frame: GoldenFrame
  ) {
    for count in 0..<frame.bytes.count {
      let bytes = Array(frame.bytes.prefix(count))
      #expect((try? PacketTemplate(recovering: bytes).encode().bytes) == bytes, "\(count) octets")
    }
  }

  @Test func `Octets behind the packet are a trailer`() throws {
    let frame = try #require(GoldenFrame.all.first { $0.name == "ICMPv4 echo request" }).bytes
    let template = PacketTemplate(recovering: frame + [1, 2, 3])
    #expect(template.layers.last == LayerTemplate(.trailer, body: [1, 2, 3]))
    #expect(Array(template.layers.dropLast()) == PacketTemplate(recovering: frame).layers)
  }

  @Test(arguments: ["hop-by-hop", "mld", "ipv4", "ndp-options"])
  func `Time grows with the octets, not with their square`(kind: String) {
    let (head, repeated): (String, String) =
      switch kind {
      case "hop-by-hop": ("00ff", "000000000000")
      case "ipv4": ("", "4500ffff0000000040040000c0000201c0000202")
      case "mld": ("8f00000000000fff", "01000000ff020000000000000000000000000001")
      default: ("", "0101020000000001")
      }
    let part = octets(repeated)
    func frame(_ scale: Int) -> [UInt8] {
      (0..<20 * scale).reduce(into: octets(head)) { bytes, _ in bytes += part }
    }
    func time(_ scale: Int) -> Duration {
      let bytes = frame(scale)
      let start = kind == "mld" ? LayerKind.icmpv6 : LayerKind(rawValue: kind)
      return (0..<3).map { _ in
        ContinuousClock().measure {
          #expect((try? PacketTemplate(recovering: bytes, as: start).encode().bytes) == bytes)
        }
      }.min() ?? .zero
    }
    // Eight times the octets may take 32 times as long on a busy machine, not 64 times.
    let limit: Duration = time(4) * 32 + .milliseconds(50)
    #expect(time(32) < limit)
  }
}

/// The computed fields that layers give a value, as `ipv4.total-length`.
private func saidAlthoughComputed(in layers: [LayerTemplate]) -> [String] {
  var names: [String] = []
  for layer in layers {
    let definition = Protocols.definition(of: layer.kind)
    for name in layer.fields.keys.sorted() where definition?.field(named: name)?.byDefault == .computed {
      names.append("\(layer.kind).\(name)")
    }
  }
  return names
}

/// What layers say, however they say it.
private func normal(_ layers: [LayerTemplate]) -> [LayerTemplate] {
  layers.filter { $0.kind != .data || !$0.body.isEmpty }.map { normal($0) }
}

private func normal(_ layer: LayerTemplate) -> LayerTemplate {
  var layer = layer
  let definition = Protocols.definition(of: layer.kind)
  // One number has three names.
  let aliases: Set<String> = ["tos", "traffic-class", "dscp", "ecn"]
  for (name, setting) in layer.fields {
    guard case .given(.number(let number)) = setting, let field = definition?.field(named: name) else {
      continue
    }
    let isUsual = field.byDefault == .constant(number) || field.byDefault == .address && number == 0
    layer.fields[name] = isUsual || aliases.contains(name) ? nil : .given(field.typed(number))
  }
  layer.quoted = normal(layer.quoted)
  for list in definition?.lists ?? [] {
    guard let elements = layer.lists.removeValue(forKey: list.key) else { continue }
    layer.body += (try? list.encode(elements)) ?? []
  }
  return layer
}

extension Field {
  /// A number as an address where the field holds one.
  fileprivate func typed(_ number: UInt64) -> FieldValue {
    switch format {
    case .mac: .mac(MACAddress(rawValue: number))
    case .ipv4: .ipv4(IPv4Address(rawValue: UInt32(truncatingIfNeeded: number)))
    case .decimal, .hexadecimal, .flag, .ipv6: .number(number)
    }
  }
}
