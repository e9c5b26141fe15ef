import Testing
import Wire

@Suite struct GoldenFrameTests {
  @Test(arguments: GoldenFrame.all) func `Fields decode to the values that went in`(_ golden: GoldenFrame)
    throws
  {
    let dissection = Dissection(golden.bytes)
    #expect(!golden.expectations.isEmpty)
    for expectation in golden.expectations {
      let parts = expectation.split(separator: "=", maxSplits: 1)
      let path = try #require(parts.first)
      let found = value(at: path, in: dissection)
      #expect(found == parts.last.map(String.init), "\(path)")
    }
  }

  @Test(arguments: GoldenFrame.all) func `Nothing is remarked on a sound frame`(_ golden: GoldenFrame) {
    #expect(Dissection(golden.bytes).remarks.map(\.text) == [])
  }

  @Test(arguments: GoldenFrame.all) func `Computed fields come out as they were`(_ golden: GoldenFrame) throws
  {
    let template = PacketTemplate(reencoding: Dissection(golden.bytes), computed: false)
    #expect(try template.encode().bytes == golden.bytes)
  }

  @Test(arguments: GoldenFrame.all) func `Given fields come out as they were`(_ golden: GoldenFrame) throws {
    let template = PacketTemplate(reencoding: Dissection(golden.bytes), computed: true)
    #expect(try template.encode().bytes == golden.bytes)
  }

  @Test(arguments: GoldenFrame.all) func `Every truncation is dissected and said to be one`(
    _ golden: GoldenFrame
  ) {
    for count in 0..<golden.bytes.count {
      let frame = Array(golden.bytes.prefix(count))
      let dissection = Dissection(frame)
      readEverything(dissection, of: frame)
      #expect(!dissection.remarks.isEmpty, "\(count) octets")
    }
  }

  @Test(arguments: GoldenFrame.all) func `Every truncation of the packet alone is dissected`(
    _ golden: GoldenFrame
  ) {
    let views = Dissection(golden.bytes).layers
    for view in views {
      let packet = Array(golden.bytes[view.header.lowerBound...])
      for count in 0...packet.count {
        let part = Array(packet.prefix(count))
        readEverything(Dissection(packet: part, as: view.kind), of: part)
      }
    }
  }

  @Test(arguments: GoldenFrame.all) func `Every corrupted octet is dissected`(_ golden: GoldenFrame) {
    for index in golden.bytes.indices {
      for mask: UInt8 in [0x01, 0x80, 0xff] {
        var frame = golden.bytes
        frame[index] ^= mask
        readEverything(Dissection(frame), of: frame)
      }
    }
  }

  @Test(arguments: GoldenFrame.all) func `Annotated hex shows each octet once and in order`(
    _ golden: GoldenFrame
  ) {
    let text = AnnotatedHex.render(golden.bytes)
    var shown: [Int: [UInt8]] = [:]
    for line in text.split(separator: "\n") where line.hasPrefix("  ") {
      let words = line.split(separator: " ")
      guard let first = words.first, first.count == 4, let offset = Int(first, radix: 16) else { continue }
      for (index, word) in words.dropFirst().prefix(16).enumerated() {
        guard word.count == 2, let octet = UInt8(word, radix: 16) else { break }
        shown[offset + index, default: []].append(octet)
      }
    }
    #expect(shown == Dictionary(uniqueKeysWithValues: golden.bytes.enumerated().map { ($0, [$1]) }))
  }

  private func value(at path: Substring, in dissection: Dissection) -> String? {
    let isQuoted = path.hasPrefix("quote/")
    let layers = isQuoted ? dissection.quote : dissection.layers
    let parts = (isQuoted ? path.dropFirst(6) : path).split { $0 == "." || $0 == "#" }
    let view = layers.last { $0.kind.rawValue == parts[0] }
    if path.contains("#") {
      let elements = view?.elements ?? []
      return Int(parts[1]).flatMap {
        elements.indices.contains($0) ? elements[$0].number("type")?.description : nil
      }
    }
    return view?.value(of: String(parts[1]))?.description
  }
}

extension PacketTemplate {
  /// The template which gives a dissected frame again; without computed fields they must come out right by themselves.
  init(reencoding dissection: Dissection, computed: Bool) {
    var layers: [LayerTemplate] = []
    // The checksum of a fragment covers what isn't there.
    let isFragment = dissection.layers.contains {
      ($0.number("more") ?? $0.number("more-fragments") ?? 0) > 0
    }
    let computed = computed || isFragment
    for view in dissection.layers {
      if view.kind == .quote {
        guard layers.last?.kind != .ndpOptions else { continue }
        layers.append(LayerTemplate(reencodingQuote: view, dissection.quote, computed: computed))
      } else {
        layers.append(LayerTemplate(reencoding: view, computed: computed))
      }
    }
    self.init(layers)
  }
}

extension LayerTemplate {
  init(reencoding view: LayerView, computed: Bool) {
    self.init(view.kind, padsOptions: false)
    if view.kind == .data { body = Array(view.bytes) }
    var bit = 0
    for field in view.fields {
      defer { bit = max(bit, field.bitOffset + field.bitWidth) }
      guard field.bitOffset >= bit, let value = view.value(of: field) else { continue }
      let isUnguessable =
        (view.kind == .routing && field.name == "segments-left")
        || (view.kind == .udp && value == .number(0))
        || (field.format == .decimal && ["next-header", "protocol"].contains(field.name)
          && view.payload.isEmpty)
      let isFragment = view.kind == .fragment || view.kind == .ipv4
      if !computed, !isUnguessable, field.byDefault == .computed,
        !(isFragment && field.name != "header-checksum")
      {
        continue
      }
      fields[field.name] = .given(value)
    }
    if let list = view.list, !view.elements.isEmpty { lists[list.key] = view.elementTemplates }
  }

  /// A quote that was cut inside a header keeps its octets as they are.
  init(reencodingQuote view: LayerView, _ quote: [LayerView], computed: Bool) {
    self.init(.quote, padsOptions: false)
    let end = quote.last.map { max($0.header.upperBound, $0.payload.upperBound) } ?? 0
    let ip = quote.first
    let length = ip?.number("total-length") ?? ip?.number("payload-length").map { $0 + 40 } ?? 0
    if Int(length) == view.payload.count, end == view.payload.upperBound {
      quoted = quote.map { LayerTemplate(reencoding: $0, computed: computed) }
    } else {
      body = Array(view.payloadBytes)
    }
  }
}
