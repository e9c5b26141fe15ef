import Wire

/// What must be true of every layer and list, whatever the octets.
enum LayerProperties {
  static func check(_ layer: LayerView, of bytes: [UInt8]) throws(BrokenProperty) {
    try within(layer.header, 0..<bytes.count, "\(layer.kind): header")
    try within(layer.payload, 0..<bytes.count, "\(layer.kind): payload")
    try require(layer.bytes.count == layer.header.count, "\(layer.kind): other octets than its header's")
    _ = layer.payloadBytes
    for field in layer.fields {
      let value = layer.value(of: field)
      try require(value == layer.value(of: field.name), "\(layer.kind).\(field.name): two values")
      if let value { try require(!field.text(of: value).isEmpty, "\(layer.kind).\(field.name): no text") }
      if case .number(let number)? = value {
        try require(layer.number(field.name) == number, "\(layer.kind).\(field.name): two numbers")
      }
    }
    try checkList(layer)
  }

  private static func checkList(_ layer: LayerView) throws(BrokenProperty) {
    let elements = layer.elements
    for (index, element) in elements.enumerated() {
      try within(element.range, layer.header, "\(layer.kind): element")
      try require(!element.range.isEmpty, "\(layer.kind): an element without octets")
      if index > 0 {
        try require(
          element.range.lowerBound == elements[index - 1].range.upperBound,
          "\(layer.kind): octets between two elements"
        )
      }
      try check(element)
      if let other = element.byNumbers { try check(other) }
    }
    if let last = elements.last {
      try require(
        last.range.upperBound == layer.header.upperBound,
        "\(layer.kind): octets behind the last element"
      )
    }
    try require(layer.elementTemplates.count == elements.count, "\(layer.kind): a template an element")
  }

  private static func check(_ element: ElementView) throws(BrokenProperty) {
    let name = "\(element.list.key).\(element.name)"
    try require(!element.description.isEmpty, "\(name): no text")
    for field in element.fields {
      let value = element.value(of: field.name)
      if case .number(let number)? = value {
        try require(element.number(field.name) == number, "\(name).\(field.name): two numbers")
      }
    }
    for part in element.parts {
      try within(part.range, element.range, "\(name).\(part.part.key)")
      _ = part.part.text(of: part.value)
      _ = part.value.isEmpty
    }
    let octets = try? element.list.encode([element.template])
    try require(octets == Array(element.bytes), "\(name): its template makes other octets")
  }

  private static func within(
    _ range: Range<Int>,
    _ all: Range<Int>,
    _ what: String
  ) throws(BrokenProperty) {
    try require(
      range.lowerBound >= all.lowerBound && range.upperBound <= all.upperBound,
      "\(what): octets \(range) of \(all)"
    )
  }
}
