import Capture
import Link
import Testing
import Wire

@testable import ReferenceDevice

/// Addresses which the strict host makes of prefixes, seen from the link without any suite.
@Suite struct AddressAutoconfigurationTests {
  private static let router = IPv6Address(high: 0xfe80_0000_0000_0000, low: 0xa55a_0077)
  private static let prefix = IPv6Address(high: 0x2001_0db8_8765_4321, low: 0)

  private static func frame(_ message: [LayerTemplate], from source: IPv6Address, to: IPv6Address) throws
    -> [UInt8]
  {
    let mac = to.isMulticast ? MACAddress(multicastFor: to) : Conversation.target
    let ethernet = LayerTemplate(
      .ethernet,
      fields: ["source": .given(.mac(Conversation.mac)), "destination": .given(.mac(mac))]
    )
    let ip = LayerTemplate(
      .ipv6,
      fields: [
        "source": .given(.ipv6(source)), "destination": .given(.ipv6(to)), "hop-limit": .given(.number(255)),
      ]
    )
    return try PacketTemplate([ethernet, ip] + message).encode().bytes
  }

  private static func advertisement(_ prefix: IPv6Address = prefix, lifetime: UInt64 = 60) throws -> [UInt8] {
    let option = ElementTemplate(
      "prefix-information",
      [
        "prefix": .given(.ipv6(prefix)), "on-link": .given(.number(0)),
        "valid-lifetime": .given(.number(lifetime)), "preferred-lifetime": .given(.number(lifetime)),
      ]
    )
    return try frame(
      [
        LayerTemplate(
          .icmpv6,
          fields: ["type": .given(.number(134)), "router-lifetime": .given(.number(0))]
        ),
        LayerTemplate(.ndpOptions, lists: ["options": [option]]),
      ],
      from: router,
      to: .allNodes
    )
  }

  private static func echo(to address: IPv6Address) throws -> [UInt8] {
    try frame(
      [LayerTemplate(.icmpv6, fields: ["type": .given(.number(128)), "identifier": .given(.number(7))])],
      from: Conversation.ipv6,
      to: address
    )
  }

  private static func claim(of target: IPv6Address) throws -> [UInt8] {
    try frame(
      [LayerTemplate(.icmpv6, fields: ["type": .given(.number(135)), "target": .given(.ipv6(target))])],
      from: .unspecified,
      to: target.solicitedNodeMulticast
    )
  }

  /// Lets timers end until then; returns what is sent meanwhile.
  private func run(_ device: inout ReferenceDevice, until end: Timestamp) -> [Dissection] {
    var frames: [Dissection] = []
    while let due = device.nextWake, due <= end {
      frames += device.wake(at: due).map { Dissection($0.frame) }
    }
    return frames
  }

  /// The address that the device asks for as nobody.
  private func claimed(_ frames: [Dissection]) -> IPv6Address? {
    for frame in frames where frame.layer(.icmpv6)?.number("type") == 135 {
      guard frame.layer(.ipv6)?.value(of: "source") == .ipv6(.unspecified),
        case .ipv6(let target)? = frame.layer(.icmpv6)?.value(of: "target")
      else { continue }
      return target
    }
    return nil
  }

  private func isAnswered(_ device: inout ReferenceDevice, _ address: IPv6Address, at time: Timestamp) throws
    -> Bool
  {
    !device.receive(try Self.echo(to: address), at: time).isEmpty
  }

  @Test func `A new address is asked for within a second, and used a second later`() throws {
    var device = ReferenceDevice()
    let start = Timestamp(nanoseconds: 1_000_000_000)
    #expect(device.receive(try Self.advertisement(), at: start).isEmpty)
    let address = try #require(claimed(run(&device, until: start + .seconds(1))))
    #expect(address.high == Self.prefix.high)
    #expect(try !isAnswered(&device, address, at: start + .seconds(1)))
    _ = run(&device, until: start + .seconds(2))
    #expect(try isAnswered(&device, address, at: start + .seconds(2)))
    #expect(try !isAnswered(&device, address, at: start + .seconds(61)))
  }

  @Test func `The group of a new address is reported before it is asked for, and once more`() throws {
    var device = ReferenceDevice()
    let start = Timestamp(nanoseconds: 1_000_000_000)
    _ = device.receive(try Self.advertisement(), at: start)
    let types = run(&device, until: start + .seconds(3)).map { $0.layer(.icmpv6)?.number("type") }
    #expect(types == [143, 135, 143])
  }

  @Test func `An address that somebody else claims is never used`() throws {
    var device = ReferenceDevice()
    let start = Timestamp(nanoseconds: 1_000_000_000)
    _ = device.receive(try Self.advertisement(), at: start)
    let address = try #require(claimed(run(&device, until: start + .seconds(1))))
    #expect(device.receive(try Self.claim(of: address), at: start + .seconds(1)).isEmpty)
    _ = run(&device, until: start + .seconds(5))
    #expect(try !isAnswered(&device, address, at: start + .seconds(5)))
    // The prefix, told again, doesn't make it try again.
    _ = device.receive(try Self.advertisement(), at: start + .seconds(6))
    #expect(claimed(run(&device, until: start + .seconds(9))) == nil)
  }

  @Test func `A question that the link sends back is no objection, and is asked three more times`() throws {
    var device = ReferenceDevice()
    let start = Timestamp(nanoseconds: 1_000_000_000)
    _ = device.receive(try Self.advertisement(), at: start)
    var address: IPv6Address?
    var questions = 0
    while let due = device.nextWake, due < start + .seconds(20) {
      for emission in device.wake(at: due) where claimed([Dissection(emission.frame)]) != nil {
        questions += 1
        address = claimed([Dissection(emission.frame)])
        #expect(device.receive(emission.frame, at: due).isEmpty)
      }
    }
    #expect(questions == 4)
    #expect(try isAnswered(&device, try #require(address), at: start + .seconds(20)))
  }

  @Test func `An address is defended when somebody claims it later`() throws {
    var device = ReferenceDevice()
    let start = Timestamp(nanoseconds: 1_000_000_000)
    _ = device.receive(try Self.advertisement(), at: start)
    let address = try #require(claimed(run(&device, until: start + .seconds(3))))
    let defence = device.receive(try Self.claim(of: address), at: start + .seconds(3))
    let message = try #require(defence.first.map { Dissection($0.frame) }?.layer(.icmpv6))
    #expect(message.number("type") == 136 && message.number("solicited") == 0)
    #expect(message.value(of: "target") == .ipv6(address))
  }

  @Test func `More prefixes than a host can use don't fill its memory`() throws {
    var device = ReferenceDevice()
    let start = Timestamp(nanoseconds: 1_000_000_000)
    for number in 0..<1000 as Range<UInt64> {
      let prefix = IPv6Address(high: 0x2001_0db8_9000_0000 + number, low: 0)
      _ = device.receive(try Self.advertisement(prefix, lifetime: 60), at: start)
    }
    #expect(device.addresses6.all.count == 256)
    // Room is made by those whose lifetime is over.
    _ = device.receive(try Self.advertisement(), at: start + .seconds(61))
    #expect(device.addresses6.all.count == 1)
  }
}
