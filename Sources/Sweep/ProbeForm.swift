internal import Suite
internal import Wire

/// What a probe says behind type and code.
struct ProbeForm: Sendable {
  /// Identifier of queries and their like, as the sender knows it.
  var identifier: UInt16
  /// Identifiers of types whose conversation has one of its own.
  var identifierOfType: [UInt8: UInt16] = [:]
  /// The packet that errors quote, from its IP header on.
  var quoted: [UInt8]
  /// What redirects of ICMPv4 point to.
  var gateway: IPv4Address

  /// What says whose a message is, wherever it ends up.
  var tag: SweepTag

  /// Octets behind the ICMP header of messages that quote nothing: more than any type's fixed part, so that none is too short.
  static let dataLength = 36

  /// Octets 4 to 8 of a message: what makes it well-formed, as far as that goes for all types.
  func rest(_ kind: MessageKind, _ version: IPVersion) -> UInt32 {
    if version.quotes(kind.type) { return restOfError(kind, version) }
    switch (version, kind.type) {
    // One router of two words, for half an hour [RFC 1256 3]; solicitations have nothing.
    case (.v4, 9): return 0x0102_0708
    case (.v4, 10): return 0
    // Listener and neighbor discovery [RFC 2710] [RFC 4861]: a delay, flags, or reserved.
    case (.v6, 130...137): return 0
    default:
      let identifier = identifierOfType[kind.type] ?? identifier
      return UInt32(identifier) << 16 | 1
    }
  }

  private func restOfError(_ kind: MessageKind, _ version: IPVersion) -> UInt32 {
    switch (version, kind.type, kind.code) {
    // The next link carries 1280 octets.
    case (.v4, 3, 4), (.v6, 2, _): 1280
    case (.v4, 5, _): gateway.rawValue
    // The second octet of the quoted datagram.
    case (.v4, 12, _): 0x0100_0000
    default: 0
    }
  }
}

/// Sixteen octets in the data of everything that a sweep sends: which sweep, which part of it, which probe.
struct SweepTag: Hashable, Sendable {
  /// What the message is for.
  enum Purpose: UInt8, Sendable { case probe = 1, witness, flow }

  /// The sweep.
  var run: UInt32
  /// The slice, or the conversation.
  var part: UInt8
  /// What it is for.
  var purpose: Purpose
  /// The probe's or the witness's number.
  var number: UInt32 = 0

  static let length = 16
  /// Where the number lies.
  static let numberOffset = 6

  private static let magic: [UInt8] = [0x41, 0x53, 0x77, 0x70]

  var octets: [UInt8] {
    Self.magic + [part, purpose.rawValue] + number.octets + run.octets + [0, 0]
  }

  /// Reads a tag; nil if there is none.
  init?(_ octets: some Collection<UInt8>) {
    let bytes = Array(octets.prefix(Self.length))
    guard bytes.count == Self.length, Array(bytes.prefix(4)) == Self.magic,
      let purpose = Purpose(rawValue: bytes[5])
    else { return nil }
    func number(_ place: Int) -> UInt32 { bytes[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) } }
    self.init(run: number(10), part: bytes[4], purpose: purpose, number: number(6))
  }

  init(run: UInt32, part: UInt8, purpose: Purpose, number: UInt32 = 0) {
    self.run = run
    self.part = part
    self.purpose = purpose
    self.number = number
  }
}
