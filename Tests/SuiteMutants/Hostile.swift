import Wire

/// What nobody means, and what a suite says elsewhere.
enum Hostile {
  static let scalars: [String] = [
    "", " ", "~", "nothing", "any", "present", "absent", "wrong", "zero", "ones", "off-by-one", "complement",
    "0", "1",
    "7", "8", "-1", "255", "256", "65535", "65536", "65537", "131072", "262144", "16777215", "16777217",
    "2147483648",
    "4294967295", "4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551615",
    "18446744073709551616", "99999999999999999999999999999999", "0x", "0xffffffffffffffff", "0b2", "1e999",
    "NaN",
    "1..0", "0..255", "0..65535", "0..18446744073709551615", "18446744073709551615..18446744073709551615",
    "..", "a..b",
    "true", "false", "$", "$.", "$id", "$port", "$computed", "$computed + 1", "$computed - 1",
    "$computed * 65536",
    "$id * 18446744073709551615", "0 - 1", "1 - 2 * 3", "$sent", "$sent.data", "$sent.ipv4.ttl",
    "$sent.quote.ipv6.source",
    "$sent.length", "$received", "$received.data", "$received.icmpv4.identifier", "$tester", "$tester2.mac",
    "$stranger.link-local", "$target.solicited-node", "$router.ipv6", "$unused - 4294967295",
    "$capability.tcp-port",
    "$capability", "$case", "$conn.remote-next", "$conn.last-sent", "$conn.local-port + 1", "$a",
    "$a.b.c.d.e",
    "255.255.255.255", "192.0.2.1", "::", "2001:db8::1", "ff02::1", "ff:ff:ff:ff:ff:ff", "broadcast",
    "all-nodes",
    "unassigned-icmpv4-types", "unassigned-ip-protocols", "0s", "1s", "86400s", "86401s", "1ns",
    "999999999999999999s",
    "\u{0}", "a\u{0}b", "\u{1b}[31m", "é", "٣", "½", "\u{202e}", "ipv4", "quote", "data", "host.example", ".",
    "a..b.example",
    "0102", "0", "zz", "00:11 22", "echo-request", "host", "near", "far",
  ]

  /// Keys of all layers, lists and their elements.
  static let keys: [String] = {
    var keys: Set<String> = [
      "truncate", "options", "elements", "count", "not", "at-least", "at-most", "of", "packet",
    ]
    for layer in Protocols.all {
      keys.insert(layer.kind.rawValue)
      keys.formUnion(layer.fields.map(\.name))
      for list in layer.lists {
        keys.insert(list.key)
        for element in list.elements { keys.formUnion([element.name] + element.keys) }
      }
    }
    return keys.sorted()
  }()

  /// Names of the elements of all lists, with the layer and the key under which they stand.
  static let elements: [(layer: String, key: String, list: ElementList)] = Protocols.all.flatMap { layer in
    layer.lists.map { (layer.kind.rawValue, $0.key, $0) }
  }

  /// A scalar nobody means; now and then a very long one.
  static func scalar(_ generator: inout some RandomNumberGenerator) -> String {
    if Int.random(in: 0..<60, using: &generator) == 0 {
      let piece =
        ["x", "1", "1 + ", "$a.", "01", "é", ".", "-", " ", "\u{0}"].randomElement(using: &generator) ?? "x"
      let size = [100, 2000, 100_000].randomElement(using: &generator) ?? 100
      return String(repeating: piece, count: size / piece.utf8.count)
    }
    return scalars.randomElement(using: &generator) ?? ""
  }

  /// Lists and mappings in each other.
  static func nest(_ generator: inout some RandomNumberGenerator) -> Tree {
    let depth = [3, 20, 55, 70, 2000].randomElement(using: &generator) ?? 3
    let opening = ["[", "{a: ", "[{b: "].randomElement(using: &generator) ?? "["
    let closing = opening == "[" ? "]" : opening == "{a: " ? "}" : "}]"
    return .raw(String(repeating: opening, count: depth) + "x" + String(repeating: closing, count: depth))
  }

  /// An element of a list with some of its keys.
  static func element(of list: ElementList, _ generator: inout some RandomNumberGenerator) -> Tree {
    guard
      let definition = (list.elements + [list.literal].compactMap(\.self)).randomElement(using: &generator)
    else {
      return .scalar("")
    }
    var keys: [(key: String, value: Tree)] = []
    for _ in 0..<Int.random(in: 0...3, using: &generator) {
      let key = (definition.keys + ["truncate"]).randomElement(using: &generator) ?? "data"
      keys.append((key: key, value: value(&generator)))
    }
    if definition.name.isEmpty || !list.isNamed { return .mapping(keys) }
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: return .scalar(definition.name)
    case 1: return .mapping([(key: definition.name, value: value(&generator))])
    default: return .mapping([(key: definition.name, value: .mapping(keys))])
    }
  }

  /// A value of some shape.
  static func value(_ generator: inout some RandomNumberGenerator) -> Tree {
    switch Int.random(in: 0..<10, using: &generator) {
    case 0: .list((0..<Int.random(in: 0...4, using: &generator)).map { _ in .scalar(scalar(&generator)) })
    case 1: .mapping([(key: keys.randomElement(using: &generator) ?? "", value: .scalar(scalar(&generator)))])
    case 2:
      .mapping([
        (
          key: [
            "counter", "zeros", "random", "text", "hex", "uint8", "uint16", "dns-name", "addresses", "length",
          ]
          .randomElement(using: &generator) ?? "", value: .scalar(scalar(&generator))
        )
      ])
    default: .scalar(scalar(&generator))
    }
  }
}
