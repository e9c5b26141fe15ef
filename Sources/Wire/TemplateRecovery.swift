extension PacketTemplate {
  /// Finds the template of captured octets: encoding it gives the very same octets, whatever they are.
  ///
  /// It says only what differs from defaults and computed values, so that a right checksum isn't said and a wrong one
  /// is. What isn't understood becomes `data` or `raw`. Takes time in proportion to the number of octets.
  ///
  /// ```
  /// let template = PacketTemplate(recovering: frame)
  /// try template.encode().bytes == frame   // always
  /// ```
  public init(recovering octets: [UInt8], as kind: LayerKind = .ethernet) {
    self = TemplateRecovery(octets).template(of: Dissection(packet: octets, as: kind))
  }
}

/// Turns a dissected packet back into the template that makes it.
struct TemplateRecovery {
  /// A layer of the template, and where its octets lie.
  struct Piece {
    var template: LayerTemplate
    /// The octets of its header, as far as they are there; all octets of layers without fields.
    var header: Range<Int>
    /// The form of its header; nil for layers without fields.
    var layout: HeaderLayout?
    /// The layers of the packet which it quotes.
    var quoted: [Piece] = []

    /// The layer with what it quotes.
    var layer: LayerTemplate {
      var layer = template
      layer.quoted = quoted.map(\.layer)
      return layer
    }
  }

  let octets: [UInt8]

  init(_ octets: [UInt8]) { self.octets = octets }

  /// The template with the most structure that gives the same octets.
  func template(of dissection: Dissection) -> PacketTemplate {
    let all = pieces(of: dissection.layers, quoting: dissection.quote, within: octets.indices)
    var kept = all.count
    var pieces = all
    while kept > 0 {
      switch attempt(pieces) {
      case .success(let template): return template
      case .failure(let difference):
        // What comes out differently, and all behind it, stays as it is.
        kept = min(kept - 1, all.lastIndex { $0.header.lowerBound <= difference.offset } ?? 0)
        guard kept > 0 else { break }
        pieces = all[..<kept] + [plain(.raw, all[kept - 1].header.upperBound..<octets.count)]
      }
    }
    return PacketTemplate([LayerTemplate(.raw, body: octets)])
  }

  /// Where the encoded octets differ from those that are wanted.
  private struct Difference: Error {
    var offset: Int
  }

  /// Encodes with all fields said, then takes back those that are right anyway.
  private func attempt(_ pieces: [Piece]) -> Result<PacketTemplate, Difference> {
    var encoder = PacketEncoder()
    encoder.rightValues = [:]
    do throws(EncodingError) {
      try encoder.append(pieces.map(\.layer), depth: 0)
    } catch {
      return .failure(Difference(offset: pieces.last?.header.lowerBound ?? 0))
    }
    guard encoder.bytes == octets else {
      let same = zip(encoder.bytes, octets).prefix { $0 == $1 }.count
      return .failure(Difference(offset: same))
    }
    let rightValues = encoder.rightValues ?? [:]
    let short = PacketTemplate(pieces.map { withoutRight($0, rightValues).layer })
    if let packet = try? short.encode(), packet.bytes == octets { return .success(short) }
    return .success(PacketTemplate(pieces.map(\.layer)))
  }

  /// A layer without the computed fields whose values are right.
  private func withoutRight(_ piece: Piece, _ rightValues: [ComputedField: UInt64]) -> Piece {
    var piece = piece
    piece.quoted = piece.quoted.map { withoutRight($0, rightValues) }
    guard let layout = piece.layout else { return piece }
    for (index, _) in layout.computed {
      let field = layout.fields[index]
      let key = ComputedField(kind: piece.template.kind, start: piece.header.lowerBound, index: index)
      guard let right = rightValues[key], case .given(.number(let given))? = piece.template.fields[field.name]
      else { continue }
      // Of a field that is cut only what is there must be right.
      let hidden = max(0, field.bitOffset + field.bitWidth - piece.header.count * 8)
      if right >> UInt64(hidden) == given >> UInt64(hidden) { piece.template.fields[field.name] = nil }
    }
    return piece
  }
}
