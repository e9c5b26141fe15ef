/// One layer of a dissected frame: reads fields out of the octets on demand, never traps, never judges.
public struct LayerView: Sendable {
  /// The kind of layer.
  public let kind: LayerKind
  /// The whole frame, shared by all views of it.
  public let frame: [UInt8]
  /// The octets of the header with its options, as far as the frame has them; for `data` all octets, for
  /// `quote` empty.
  public let header: Range<Int>
  /// The octets which the layer carries, bounded by its own length field and by the frame; for `data` the
  /// same as `header`, for `quote` the quoted packet with its padding.
  public let payload: Range<Int>
  /// Which of its kind's lists the layer carries, where the header itself doesn't say it.
  let listIndex: Int

  init(_ kind: LayerKind, frame: [UInt8], header: Range<Int>, payload: Range<Int>, list: Int = 0) {
    self.kind = kind
    self.frame = frame
    self.header = header
    self.payload = payload
    listIndex = list
  }

  /// The octets of the header.
  public var bytes: ArraySlice<UInt8> { frame[header] }

  /// The octets which the layer carries.
  public var payloadBytes: ArraySlice<UInt8> { frame[payload] }

  /// The fields of this header in wire order, whether or not their octets are there.
  public var fields: [Field] { layout?.fields ?? [] }

  /// The value of a field; nil if this form of the header has no such field, or its octets aren't there.
  public func value(of name: String) -> FieldValue? {
    guard let layout, let index = layout.index(of: name) else { return nil }
    return value(of: layout.fields[index])
  }

  /// The value of one of this header's fields; nil if its octets aren't there.
  public func value(of field: Field) -> FieldValue? { frame.value(of: field, in: header) }

  /// The value of a field as a number, addresses of up to 64 bits included; nil as for ``value(of:)-(String)``.
  public func number(_ name: String) -> UInt64? {
    guard let layout, let index = layout.index(of: name) else { return nil }
    let field = layout.slots[index]
    let bit = header.lowerBound * 8 + field.bitOffset
    guard field.bitWidth <= 64, bit + field.bitWidth <= header.upperBound * 8 else { return nil }
    return frame.load(atBit: bit, width: field.bitWidth)
  }

  /// The list behind the fixed header; nil if a header of this type has none.
  public var list: ElementList? {
    guard let lists = Protocols.definition(of: kind)?.lists, !lists.isEmpty else { return nil }
    if let first = lists.first, !first.types.isEmpty {
      guard !header.isEmpty else { return nil }
      return lists.first { $0.types.contains(frame[header.lowerBound]) }
    }
    return lists.indices.contains(listIndex) ? lists[listIndex] : nil
  }

  /// The elements of the list in wire order, padding included; the last one is unsound if its length makes no sense.
  public var elements: [ElementView] {
    guard let list else { return [] }
    return list.elements(of: frame, in: listArea, header: header.lowerBound)
  }

  /// The templates of all elements, which give the octets of the list again.
  public var elementTemplates: [ElementTemplate] { elements.map(\.template) }

  /// Where the list lies in the header; empty if it ends before it.
  var listArea: Range<Int> {
    min(header.lowerBound + (layout?.length ?? 0), header.upperBound)..<header.upperBound
  }

  /// The form of this header.
  private var layout: HeaderLayout? {
    guard let forms = Protocols.forms(of: kind) else { return nil }
    guard forms.hasTypes, header.count > 1 else { return forms.base }
    return forms.layout(type: frame[header.lowerBound], code: frame[header.lowerBound + 1])
  }
}

extension ElementList {
  /// Takes the octets of a list apart, all of them; `header` is where its layer begins.
  func elements(of bytes: [UInt8], in area: Range<Int>, header: Int) -> [ElementView] {
    var result: [ElementView] = []
    var offset = area.lowerBound
    var goesOn = true
    while goesOn, offset < area.upperBound {
      let extent = framing.extent(
        of: bytes,
        at: offset,
        end: area.upperBound,
        header: header,
        definitions: elements
      )
      let range = offset..<extent.end
      result.append(
        ElementView(
          list: self,
          definition: definition(of: bytes, range),
          frame: bytes,
          range: range,
          isSound: extent.isSound
        )
      )
      offset = extent.end
      goesOn = extent.goesOn
    }
    // What follows the end of a list is no element, and sound.
    if offset < area.upperBound {
      result.append(
        ElementView(
          list: self,
          definition: nil,
          frame: bytes,
          range: offset..<area.upperBound,
          isSound: true
        )
      )
    }
    return result
  }

  /// The definition which the numbers of an element name, or the literal form; nil if they aren't all there.
  private func definition(of bytes: [UInt8], _ range: Range<Int>) -> ElementDefinition? {
    guard let literal else {
      guard let only = elements.first, range.count >= only.layout.length else { return nil }
      return only
    }
    let named = elements.first { element in
      element.identity.allSatisfy { element.number($0.field, in: bytes, from: range.lowerBound) == $0.value }
    }
    if let named, range.count >= min(named.layout.length, literal.layout.length) { return named }
    return range.count >= literal.layout.length ? literal : nil
  }
}
