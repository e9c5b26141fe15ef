internal import Wire

/// What a router has to do about the options of a datagram that it forwards.
struct TransitOptions {
  /// Where a Record Route option begins that has room, from the start of the IP header.
  var recordRoute: Int?
  /// Where an Internet Timestamp option begins.
  var timestamp: Int?
  /// There is a source route, finished or not.
  var hasSourceRoute = false
  /// There is a strict source route that goes on.
  var isStrictlyRouted = false
}

/// What is wrong with an option: the place of the octet, from the start of the IP header.
struct OptionFault: Error {
  var offset: Int
}

/// Reads the options of a datagram that is for somebody else.
struct TransitOptionReader {
  let datagram: IPv4Datagram
  private var offset = 20
  private var seen: Set<UInt8> = []
  private(set) var options = TransitOptions()

  init(_ datagram: IPv4Datagram) { self.datagram = datagram }

  /// Checks all of them [RFC1812-4.3.3.5-a]; unknown ones are none of its business [RFC1812-4.2.2.6-a].
  mutating func read() throws(OptionFault) {
    while offset < datagram.headerLength {
      let type = datagram.bytes.octet(offset)
      if type == 0 { return }
      if type == 1 {
        offset += 1
        continue
      }
      let room = datagram.headerLength - offset
      guard room >= 2 else { throw OptionFault(offset: offset) }
      let length = Int(datagram.bytes.octet(offset + 1))
      guard length >= 2, length <= room else { throw OptionFault(offset: offset + 1) }
      // RFC1812-5.2.4.1-a: one source route of either kind; RFC6274-3.13.2.3-c: the others once, too.
      if [7, 68, 131, 137].contains(type), !seen.insert(type == 137 ? 131 : type).inserted {
        throw OptionFault(offset: offset)
      }
      switch type {
      case 7: try readRecordRoute(length)
      case 68: try readTimestamp(length)
      case 131, 137: try readSourceRoute(type, length)
      default: break
      }
      offset += length
    }
  }

  private mutating func readRecordRoute(_ length: Int) throws(OptionFault) {
    // It belongs into the first fragment only; in others it is left alone.
    if datagram.fragmentOffset > 0 { return }
    guard length >= 3, (length - 3) % 4 == 0 else { throw OptionFault(offset: offset + 1) }
    let pointer = Int(datagram.bytes.octet(offset + 2))
    guard pointer >= 4, pointer % 4 == 0 else { throw OptionFault(offset: offset + 2) }
    // RFC791-3.1-b: a full one is passed on as it is.
    if pointer <= length { options.recordRoute = offset }
  }

  private mutating func readTimestamp(_ length: Int) throws(OptionFault) {
    guard length >= 4 else { throw OptionFault(offset: offset + 1) }
    let pointer = Int(datagram.bytes.octet(offset + 2))
    let (overflow, flag) = (datagram.bytes.octet(offset + 3) >> 4, datagram.bytes.octet(offset + 3) & 15)
    guard [0, 1, 3].contains(flag) else { throw OptionFault(offset: offset + 3) }
    let slot = flag == 0 ? 4 : 8
    guard pointer >= 5, (pointer - 5) % slot == 0 else { throw OptionFault(offset: offset + 2) }
    if pointer > length {
      // RFC791-3.1-e
      guard overflow < 15 else { throw OptionFault(offset: offset + 3) }
    } else if pointer + slot - 1 > length {
      throw OptionFault(offset: offset + 2)
    }
    options.timestamp = offset
  }

  private mutating func readSourceRoute(_ type: UInt8, _ length: Int) throws(OptionFault) {
    guard length >= 3, (length - 3) % 4 == 0 else { throw OptionFault(offset: offset + 1) }
    let pointer = Int(datagram.bytes.octet(offset + 2))
    guard pointer >= 4, pointer % 4 == 0 else { throw OptionFault(offset: offset + 2) }
    options.hasSourceRoute = true
    options.isStrictlyRouted = type == 137 && pointer <= length
  }
}
