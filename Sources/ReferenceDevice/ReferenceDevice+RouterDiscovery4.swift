internal import Wire

/// How mutants deviate in taking what IPv4 routers say of themselves.
enum AdvertisedRouter4Mutant: String, Deviation {
  case believesAdvertisedRouters4 =
    "RFC1256-5.3-b: sends through routers that advertise themselves, though nobody told it to look for any"
  case believesBadlySummedRouters4 = "RFC1256-5.2-a: believes router advertisements whose checksum is wrong"
  case believesCodedRouters4 = "RFC1256-5.2-b: believes router advertisements with a code"
  case believesUncountedRouters4 = "RFC1256-5.2-c: believes router advertisements that name no router"
  case believesNarrowRouters4 =
    "RFC1256-5.2-d: believes router advertisements whose entries have no room for an address and its preference"
  case believesMissingRouters4 =
    "RFC1256-5.2-e: believes router advertisements that end before their last entry"
}

/// ICMP router discovery [RFC 1256], which is off: the gateway is the one that the host was given [RFC1256-5.3-b].
extension ReferenceDevice {
  /// What a mutant does that has it on, or takes for valid what isn't [RFC1256-5.2-a] to [RFC1256-5.2-e].
  mutating func receiveRouterAdvertisement4(_ message: [UInt8]) {
    let (count, words) = (Int(message.octet(4)), Int(message.octet(5)))
    var isValid = true
    var isBelieved = false
    func flaw(_ isThere: Bool, _ mutant: AdvertisedRouter4Mutant) {
      guard isThere else { return }
      isValid = false
      if breaks(mutant) { isBelieved = true }
    }
    flaw(Checksum.internet(message) != 0, .believesBadlySummedRouters4)
    flaw(message.octet(1) != 0, .believesCodedRouters4)
    flaw(count == 0, .believesUncountedRouters4)
    flaw(words < 2, .believesNarrowRouters4)
    flaw(message.count < 8 + 4 * count * words, .believesMissingRouters4)
    if isValid { isBelieved = breaks(AdvertisedRouter4Mutant.believesAdvertisedRouters4) }
    if isBelieved { history.gateway = message.ipv4(8) }
  }

  /// The router for all destinations that aren't on the link.
  var gateway4: IPv4Address { history.gateway ?? configuration.ipv4Gateway }
}
