internal import Suite
internal import Wire

/// Who sends probes to whom.
struct ProbeRoute: Sendable {
  var version: IPVersion
  /// The host that sends them.
  var sender: SweepHost
  /// The host that is to get them.
  var receiver: SweepHost
  /// The target's Ethernet address on the sender's side.
  var gatewayMAC: MACAddress
  /// Where the sender sends them: the receiver's address, or what a NAT made of it.
  var destination: FieldValue

  /// The sender's address.
  var source: FieldValue { sender.address(version) ?? .number(0) }
}

/// Crafts the probes of a slice in place: of each only type, code, number and checksums are written anew.
struct ProbeFactory: Sendable {
  let route: ProbeRoute
  let form: ProbeForm
  /// Messages without a quote, and messages with one.
  private let plain: Base
  private let quoting: Base
  /// Where the ICMP message begins in the frame.
  let messageOffset: Int
  /// What these probes have and others haven't.
  private let fields: [ProbeField]

  private static let headerLength = 8

  /// A frame without what differs from probe to probe, and the sums over the rest.
  private struct Base: Sendable {
    var octets: [UInt8]
    /// Of the IPv4 header.
    var headerSum: UInt64 = 0
    /// Of the ICMP message, and the pseudo-header with IPv6.
    var messageSum: UInt64 = 0
  }

  init(
    _ route: ProbeRoute,
    _ form: ProbeForm,
    fields: [ProbeField] = []
  ) throws(EncodingError) {
    self.route = route
    self.form = form
    self.fields = fields
    messageOffset = route.version == .v4 ? 34 : 54
    let header = [UInt8](repeating: 0, count: Self.headerLength)
    let counter = (SweepTag.length..<ProbeForm.dataLength).map { UInt8(truncatingIfNeeded: $0) }
    plain = try Self.base(route, header + form.tag.octets + counter)
    quoting = try Self.base(route, header + form.quoted)
  }

  private static func base(_ route: ProbeRoute, _ message: [UInt8]) throws(EncodingError) -> Base {
    let ethernet = LayerTemplate(
      .ethernet,
      fields: ["source": .given(.mac(route.sender.mac)), "destination": .given(.mac(route.gatewayMAC))]
    )
    let isIPv4 = route.version == .v4
    let ip = LayerTemplate(
      isIPv4 ? .ipv4 : .ipv6,
      fields: [
        "source": .given(route.source), "destination": .given(route.destination),
        isIPv4 ? "protocol" : "next-header": .given(.number(isIPv4 ? 1 : 58)),
      ]
    )
    let octets = try PacketTemplate([ethernet, ip, LayerTemplate(.raw, body: message)]).encode().bytes
    var base = Base(octets: octets, messageSum: Checksum.sum(message))
    if isIPv4 {
      var header = Array(octets[14..<34])
      (header[10], header[11]) = (0, 0)
      base.headerSum = Checksum.sum(header)
    } else {
      // Both addresses, the length and the protocol [RFC 8200 8.1].
      base.messageSum += Checksum.sum(octets[22..<54]) + UInt64(message.count) + 58
    }
    return base
  }

  /// Whether a kind quotes.
  private func base(of kind: MessageKind) -> Base { route.version.quotes(kind.type) ? quoting : plain }

  /// Octets of a probe.
  func length(of kind: MessageKind) -> Int {
    route.version.quotes(kind.type) ? quoting.octets.count : plain.octets.count
  }

  /// A probe.
  func frame(_ kind: MessageKind) -> [UInt8] {
    var frame = base(of: kind).octets
    frame.withUnsafeMutableBytes { finish($0, kind) }
    return frame
  }

  /// The same in the place of another one's octets.
  func write(_ kind: MessageKind, into frame: inout [UInt8]) {
    let octets = base(of: kind).octets
    if frame.count != octets.count {
      frame = octets
    } else {
      frame.withUnsafeMutableBytes { target in octets.withUnsafeBytes { target.copyMemory(from: $0) } }
    }
    frame.withUnsafeMutableBytes { finish($0, kind) }
  }

  /// Writes what differs from probe to probe.
  private func finish(_ target: UnsafeMutableRawBufferPointer, _ kind: MessageKind) {
    let number = UInt16(truncatingIfNeeded: kind.number)
    let quotes = route.version.quotes(kind.type)
    let rest = form.rest(kind, route.version)
    var sum =
      (quotes ? quoting.messageSum : plain.messageSum) &+ UInt64(number) &+ UInt64(rest >> 16)
      &+ UInt64(rest & 0xffff)
    if !quotes {
      // The number's low half: the high one is zero in all probes.
      target.storeBytes(
        of: number.bigEndian,
        toByteOffset: messageOffset + Self.headerLength + SweepTag.numberOffset + 2,
        as: UInt16.self
      )
      sum &+= UInt64(number)
    }
    target.storeBytes(of: number.bigEndian, toByteOffset: messageOffset, as: UInt16.self)
    target.storeBytes(of: Self.checksum(sum).bigEndian, toByteOffset: messageOffset + 2, as: UInt16.self)
    target.storeBytes(of: rest.bigEndian, toByteOffset: messageOffset + 4, as: UInt32.self)
    if route.version == .v4 {
      let header = (quotes ? quoting.headerSum : plain.headerSum) &+ UInt64(number)
      target.storeBytes(of: number.bigEndian, toByteOffset: 18, as: UInt16.self)
      target.storeBytes(of: Self.checksum(header).bigEndian, toByteOffset: 24, as: UInt16.self)
    } else {
      // Version and traffic class keep the upper half of the word.
      let label = UInt32(6) << 28 | UInt32(number) << 4 | UInt32(form.tag.part & 15)
      target.storeBytes(of: label.bigEndian, toByteOffset: 14, as: UInt32.self)
    }
    if !fields.isEmpty { write(fields, into: target, kind) }
  }

  /// Writes fields of a rule's own, and the checksums anew.
  private func write(_ fields: [ProbeField], into target: UnsafeMutableRawBufferPointer, _ kind: MessageKind)
  {
    for field in fields {
      let isMessage = field.layer.hasPrefix("icmp")
      let definition = Protocols.definition(of: LayerKind(rawValue: field.layer))
      let forms = definition?.variants ?? []
      let form =
        forms.first { $0.types.contains(kind.type) && $0.code == kind.code }
        ?? forms.first { $0.types.contains(kind.type) && $0.code == nil } ?? forms.first
      guard let place = form?.fields.first(where: { $0.name == field.field }) else { continue }
      let start = (isMessage ? messageOffset : 14) * 8
      target.store(field.value, atBit: start + place.bitOffset, width: place.bitWidth)
    }
    func checksum(_ range: Range<Int>, at offset: Int, adding initial: UInt64 = 0) {
      target.storeBytes(of: 0, toByteOffset: offset, as: UInt16.self)
      let octets = UnsafeRawBufferPointer(rebasing: target[range])
      let value = Checksum.internet(octets.bytes, adding: initial)
      target.storeBytes(of: value.bigEndian, toByteOffset: offset, as: UInt16.self)
    }
    if route.version == .v4 {
      checksum(14..<34, at: 24)
      checksum(messageOffset..<target.count, at: messageOffset + 2)
    } else {
      let addresses = Checksum.sum(UnsafeRawBufferPointer(rebasing: target[22..<54]).bytes)
      let length = UInt64(target.count - messageOffset)
      checksum(messageOffset..<target.count, at: messageOffset + 2, adding: addresses + length + 58)
    }
  }

  private static func checksum(_ sum: UInt64) -> UInt16 {
    var sum = sum
    while sum > 0xffff { sum = sum >> 16 &+ sum & 0xffff }
    return ~UInt16(truncatingIfNeeded: sum)
  }
}
