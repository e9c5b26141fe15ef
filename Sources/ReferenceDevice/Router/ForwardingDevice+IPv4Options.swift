internal import Suite
internal import Wire

/// How mutants deviate with the options of datagrams that they forward.
enum TransitOptionMutant: String, Deviation {
  static let role = Role.router
  case dropsTransitOptions = "RFC1812-4.2.2.6-a: forwards no datagrams with options"
  case reportsUnknownTransitOption =
    "RFC1812-4.2.2.6-a: complains about options of others that it doesn't know"
  case removesUnknownOption = "RFC1812-5.3.13.1-a: overwrites options of others that it doesn't know"
  case forwardsBadOption = "RFC1812-4.3.3.5-a: forwards datagrams with broken options"
  case silentAboutBadTransitOption = "RFC1812-4.3.3.5-a: drops datagrams with broken options without a report"
  case pointsBesideTransitOption = "RFC1812-4.3.3.5-a: points beside the octet that is wrong in transit"
  case mendsQuotedOption = "RFC1812-4.3.3.5-b: quotes a broken option as if it were right"
  case forwardsTwoSourceRoutes = "RFC1812-5.2.4.1-a: takes a second source route for an unknown option"
  case forwardsSourceRoutes = "RFC6274-3.13.2.3-a: forwards datagrams with source routes"
  case silentAboutStrictRoute = "RFC1812-5.2.2-h: doesn't report strict source routes that leave it out"
  case leavesRouteUnrecorded = "RFC791-3.1-c: doesn't record itself in routes"
  case recordsArrivalAddress = "RFC1812-4.2.2.2-a: records the address of the side that a datagram came from"
  case recordsWithoutPointer = "RFC791-3.1-c: records its address and leaves the pointer where it was"
  case stampsForOneSide =
    "RFC1812-5.3.13.6-b: stamps the time for the address of the leaving side only"
}

extension ForwardingDevice {
  /// Checks the options of a datagram in transit; nil if it isn't to be forwarded, which may have been reported.
  mutating func checkOptions(of transit: Transit4) -> TransitOptions? {
    let datagram = transit.datagram
    guard datagram.headerLength > 20 else { return TransitOptions() }
    if breaks(TransitOptionMutant.dropsTransitOptions) { return nil }
    if breaks(TransitOptionMutant.reportsUnknownTransitOption), let place = unknownOption(of: datagram) {
      report4(12, 0, rest: [UInt8(place), 0, 0, 0], about: transit.original)
      return nil
    }
    var reader = TransitOptionReader(datagram)
    do {
      try reader.read()
    } catch {
      if breaks(TransitOptionMutant.forwardsBadOption) { return TransitOptions() }
      if breaks(TransitOptionMutant.forwardsTwoSourceRoutes), reader.options.hasSourceRoute {
        return reader.options
      }
      reportOption(at: error.offset, of: transit)
      return nil
    }
    return mayPass(reader.options, of: transit) ? reader.options : nil
  }

  /// RFC6274-3.13.2.3-a: source routes aren't followed, and datagrams with one not forwarded; one that had to
  /// lead by the router itself is reported with the place of the destination address [RFC1812-5.2.2-h].
  private mutating func mayPass(_ options: TransitOptions, of transit: Transit4) -> Bool {
    guard options.hasSourceRoute, !breaks(TransitOptionMutant.forwardsSourceRoutes),
      !breaks(NATMutant.forwardsSourceRoutedICMP), !breaks(OptionFilterMutant.passesSourceRoutes)
    else { return true }
    if options.isStrictlyRouted, !breaks(TransitOptionMutant.silentAboutStrictRoute) {
      report4(12, 0, rest: [16, 0, 0, 0], about: transit.original)
    }
    return false
  }

  /// RFC1812-4.3.3.5-a: with the place of the octet that is wrong, which is quoted as it came [RFC1812-4.3.3.5-b].
  private mutating func reportOption(at offset: Int, of transit: Transit4) {
    if breaks(TransitOptionMutant.silentAboutBadTransitOption) { return }
    var quoted = transit.original
    if breaks(TransitOptionMutant.mendsQuotedOption) { quoted.bytes.put8(4, at: offset) }
    let place = offset + (breaks(TransitOptionMutant.pointsBesideTransitOption) ? 1 : 0)
    report4(12, 0, rest: [UInt8(truncatingIfNeeded: place), 0, 0, 0], about: quoted)
  }

  private func unknownOption(of datagram: IPv4Datagram) -> Int? {
    var offset = 20
    while offset < datagram.headerLength, datagram.bytes.octet(offset) != 0 {
      let type = datagram.bytes.octet(offset)
      if ![1, 7, 68, 131, 136, 137, 148].contains(type) { return offset }
      offset += type == 1 ? 1 : max(2, Int(datagram.bytes.octet(offset + 1)))
    }
    return nil
  }

  /// Fills in what options ask each router for: its address on the side by which the datagram leaves
  /// [RFC791-3.1-c] [RFC1812-4.2.2.2-a], and the time.
  func recordOptions(_ options: TransitOptions, of transit: inout Transit4, _ route: Route<IPv4Address>) {
    guard transit.datagram.headerLength > 20 else { return }
    var own = route.own
    if breaks(TransitOptionMutant.recordsArrivalAddress) {
      own = host(on: transit.arrival).configuration.ipv4
    }
    var bytes = transit.datagram.bytes
    if let offset = options.recordRoute, !breaks(TransitOptionMutant.leavesRouteUnrecorded) {
      let pointer = Int(bytes.octet(offset + 2))
      bytes.replaceSubrange(offset + pointer - 1..<offset + pointer + 3, with: own.octets)
      if !breaks(TransitOptionMutant.recordsWithoutPointer) {
        bytes.put8(UInt8(truncatingIfNeeded: pointer + 4), at: offset + 2)
      }
    }
    if let offset = options.timestamp { stamp(&bytes, at: offset, own) }
    if breaks(TransitOptionMutant.removesUnknownOption), let offset = unknownOption(of: transit.datagram) {
      let length = min(Int(bytes.octet(offset + 1)), transit.datagram.headerLength - offset)
      for place in offset..<offset + max(2, length) { bytes.put8(1, at: place) }
    }
    guard bytes != transit.datagram.bytes else { return }
    bytes.put16(0, at: 10)
    bytes.put16(Checksum.internet(bytes[..<transit.datagram.headerLength]), at: 10)
    transit.datagram.bytes = bytes
  }

  /// Flag 0 time, 1 address and time, 3 time at the address asked for, whichever of its own that is
  /// [RFC1812-5.3.13.6-b]; without room it is counted [RFC791-3.1-e].
  private func stamp(_ bytes: inout [UInt8], at offset: Int, _ own: IPv4Address) {
    let pointer = Int(bytes.octet(offset + 2))
    let flag = bytes.octet(offset + 3) & 15
    let start = offset + pointer - 1
    guard pointer <= Int(bytes.octet(offset + 1)) else {
      return bytes.put8(bytes.octet(offset + 3) &+ 0x10, at: offset + 3)
    }
    let isOwn =
      breaks(TransitOptionMutant.stampsForOneSide)
      ? bytes.ipv4(start) == own : routes.owner(of: bytes.ipv4(start)) != nil
    guard flag != 3 || isOwn else { return }
    var time: [UInt8] = []
    time.append32(near.millisecondsSinceMidnight)
    let address = flag == 3 ? bytes.octets(start..<start + 4) : own.octets
    let entry = flag == 0 ? time : address + time
    bytes.replaceSubrange(start..<start + entry.count, with: entry)
    bytes.put8(UInt8(truncatingIfNeeded: pointer + entry.count), at: offset + 2)
  }
}
