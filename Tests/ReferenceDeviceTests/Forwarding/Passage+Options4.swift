import Wire

/// Options of datagrams that a router forwards, and redirects.
extension Passage {
  private static func with(_ options: [ElementTemplate], _ source: String = "A", _ destination: String = "F")
    -> [LayerTemplate]
  {
    [ip(source, destination, options: options)] + udp(8)
  }

  private static func route(_ type: UInt8, _ pointer: UInt8, _ hops: String...) -> ElementTemplate {
    .literal(type: type, data: [pointer] + hops.flatMap { Places.address($0).octets })
  }

  private static func stamps(_ flag: UInt8, _ pointer: UInt8, _ octets: [UInt8]) -> ElementTemplate {
    .literal(type: 68, data: [pointer, flag] + octets)
  }

  static let options4: [Passage] = [
    one("unknown option", with([.literal(type: 0x5e, data: [1, 2])])),
    one("stream identifier", with([.literal(type: 136, data: [1, 2])])),
    one("route to be recorded", with([route(7, 8, "192.0.2.9", "0.0.0.0", "0.0.0.0")])),
    one("route to be recorded back", .far, with([route(7, 4, "0.0.0.0")], "F", "A")),
    one("full route", with([route(7, 8, "192.0.2.9")])),
    one("route with pointer 3", with([route(7, 3, "0.0.0.0")])),
    one("route with pointer 3 in a later fragment", [
      ip("A", "F", ["fragment-offset": number(9)], options: [route(7, 3, "0.0.0.0")]),
    ] + udp(8)),
    one("option of length 1", with([.literal(type: 0x5e, length: 1, data: [1, 2])])),
    one("option beyond the header", with([.literal(type: 0x5e, length: 20, data: [1, 2])])),
    one("stamps with pointer 4", with([stamps(0, 4, [0, 0, 0, 0])])),
    one("stamps with pointer 4 behind a route", with([route(7, 4, "0.0.0.0"), stamps(0, 4, [0, 0, 0, 0])])),
    one("time to be stamped", with([stamps(0, 5, [0, 0, 0, 0])])),
    one("address to be stamped", with([stamps(1, 5, [0, 0, 0, 0, 0, 0, 0, 0])])),
    one("near address to be stamped", with([stamps(3, 5, Places.address("N").octets + [0, 0, 0, 0])])),
    one("other's address to be stamped", with([stamps(3, 5, Places.address("F").octets + [0, 0, 0, 0])])),
    one("full stamps", with([stamps(0, 9, [1, 2, 3, 4])])),
    one("loose source route", with([route(131, 4, "E")])),
    one("finished source route", with([route(131, 8, "N")])),
    one("strict source route", with([route(137, 4, "E")])),
    one("source route to the device", with([route(131, 4, "F")], "A", "N")),
    one("two source routes", with([route(131, 8, "N"), route(137, 8, "N")])),
  ]

  static let redirects4: [Passage] = [
    one("to a stranger of the same side", [ip("A", "X")] + udp(8)),
    one("to a neighbor", [ip("A", "B")] + udp(8)),
    one("to a stranger with a service", [ip("A", "X", ["tos": number(0x10)])] + udp(8)),
    one("from a stranger to a stranger", [ip("203.0.113.9", "X")] + udp(8)),
    one("error to a stranger", [ip("A", "X")] + error(3, 3, about: [ip("X", "A")] + udp(8))),
    several("eight times to a stranger", Array(repeating: one("", [ip("A", "X")] + udp(8)), count: 8)),
    several("redirect, then a datagram", [
      one("", .far, [ip("H", "T")] + error(5, 1, about: [ip("T", "Y")] + udp(8), ["gateway": Stimulus.address("198.51.100.17")])),
      one("", [ip("A", "Y")] + udp(8)),
    ]),
  ]

  private static func solicitation(_ source: String, _ fields: [String: FieldSetting] = [:], _ rest: [UInt8] = [])
    -> [LayerTemplate]
  {
    [ip(source, "224.0.0.2", ttl(1)), Stimulus.icmp(.icmpv4, 10, fields)] + (rest.isEmpty ? [] : [raw(rest)])
  }

  static let discovery4: [Passage] = [
    asking("router solicitation", solicitation("A")),
    asking("router solicitation on the far side", .far, solicitation("F")),
    asking("router solicitation from nobody", solicitation("0.0.0.0")),
    asking("router solicitation from another network", solicitation("X")),
    asking("router solicitation with wrong checksum", solicitation("A", ["checksum": .wrong])),
    asking("router solicitation of code 1", solicitation("A", ["code": number(1)])),
    asking("router solicitation of four octets", [
      ip("A", "224.0.0.2", ["protocol": number(1)]), raw([10, 0, 0xf5, 0xff]),
    ]),
    asking("router solicitation with all reserved bits", solicitation("A", ["reserved": number(0xffff_ffff)])),
    asking("long router solicitation", solicitation("A", [:], [1, 2, 3, 4])),
    one("a minute of datagrams", [ip("A", "F")] + udp(8)).waiting(.seconds(60)).listening,
  ]

  static func asking(_ name: String, _ layers: [LayerTemplate]) -> Passage { asking(name, .near, layers) }

  static func asking(_ name: String, _ arm: Arm, _ layers: [LayerTemplate]) -> Passage {
    one(name, arm, layers).waiting(.seconds(3)).listening
  }
}
