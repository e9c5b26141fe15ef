import Testing
import Wire

@Suite struct ElementRoundTripTests {
  @Test(arguments: RandomElements.Place.all) func `Every element comes back by its name with its values`(
    _ place: RandomElements.Place
  ) throws {
    var random = RandomElements(generator: SeededGenerator(state: 11))
    for definition in place.list.elements {
      for _ in 0..<20 {
        let element = random.element(definition)
        let bytes = try place.packet([element]).encode().bytes
        let view = try #require(place.view(bytes)?.elements.first)
        #expect(view.name == definition.name)
        let octets = try place.list.encode([element])
        // The padding that neighbour discovery wants is part of what is read as octets or text.
        #expect(try place.list.encode([view.template]) == octets, "\(element)")
        #expect(view.template.name == definition.name, "\(element)")
        for (name, setting) in view.template.fields {
          #expect(element.fields[name] == setting, "\(definition.name).\(name)")
        }
        for (name, setting) in element.fields {
          #expect(setting == view.value(of: name).map { .given($0) }, "\(definition.name).\(name)")
        }
      }
    }
  }

  @Test(arguments: RandomElements.Place.all) func `Any octets come back, whatever they are taken for`(
    _ place: RandomElements.Place
  ) throws {
    var generator = SeededGenerator(state: 12)
    let types = place.list.elements.compactMap(\.number) + [0x5e]
    for _ in 0..<300 {
      var area: [UInt8] = []
      for _ in 0..<Int.random(in: 0...6, using: &generator) {
        area.append(UInt8(truncatingIfNeeded: types.randomElement(using: &generator) ?? 0))
        area += (0..<Int.random(in: 0...12, using: &generator)).map { _ in
          Bool.random(using: &generator)
            ? UInt8.random(in: 0...9, using: &generator) : UInt8(truncatingIfNeeded: generator.next())
        }
      }
      let bytes = try place.packet([.octets(area)], pads: false).encode().bytes
      guard let view = place.view(bytes) else { continue }
      let list = try place.list.encode(view.elementTemplates)
      #expect(list == view.elements.flatMap { Array($0.bytes) })
      for element in view.elements { #expect(!element.description.isEmpty) }
    }
  }

  @Test(arguments: RandomElements.Place.all) func `Every truncation is read without a trap, and comes back`(
    _ place: RandomElements.Place
  ) throws {
    var random = RandomElements(generator: SeededGenerator(state: 13))
    for definition in place.list.elements {
      let element = random.element(definition)
      let whole = try place.list.encode([element])
      for count in 0..<whole.count {
        let bytes = try place.packet([.octets(Array(whole.prefix(count)))], pads: false).encode().bytes
        guard let view = place.view(bytes) else { continue }
        #expect(
          try place.list.encode(view.elementTemplates) == view.elements.flatMap { Array($0.bytes) },
          "\(definition.name), \(count) octets"
        )
        var cut = element
        cut.truncate = count
        #expect(try place.list.encode([cut]).count == count)
      }
    }
  }

  @Test(arguments: RandomElements.Place.all) func `The table says where its elements come from`(
    _ place: RandomElements.Place
  ) {
    let list = place.list
    #expect(list.summary.contains("[RFC ") && list.summary.hasSuffix("."))
    #expect(Set(list.elements.map(\.name)).count == list.elements.count)
    for element in list.elements + [list.literal].compactMap(\.self) {
      #expect(element.summary.contains("[RFC ") && element.summary.hasSuffix("]."), "\(element.name)")
      if let argument = element.argument { #expect(element.keys.contains(argument), "\(element.name)") }
      #expect(!element.keys.contains("truncate") || element.keys.isEmpty)
      let fields = element.fields + element.parts.flatMap(\.fields)
      for field in fields { #expect(field.summary.contains("[RFC "), "\(element.name).\(field.name)") }
      for part in element.parts { #expect(part.summary.contains("[RFC "), "\(element.name).\(part.key)") }
    }
  }
}
