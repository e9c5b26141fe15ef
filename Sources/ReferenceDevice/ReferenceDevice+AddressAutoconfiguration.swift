internal import Capture
internal import Wire

/// How mutants deviate in making addresses of prefixes.
enum AutoconfigurationMutant: String, Deviation {
  case ignoresAutonomousFlag = "RFC4862-5.5.3-a: makes addresses of prefixes that aren't meant for that"
  case makesLinkLocalAddresses = "RFC4862-5.5.3-b: makes addresses of the link-local prefix"
  case acceptsReversedLifetimes =
    "RFC4862-5.5.3-c: makes addresses that would be preferred longer than they are valid"
  case acceptsShortPrefixes = "RFC4862-5.5.3-d: makes addresses of prefixes of less than 64 bits"
  case acceptsLongPrefixes = "RFC4862-5.5.3-d: makes addresses of prefixes of more than 64 bits"
  case makesInvalidAddresses = "RFC4862-5.5.3-v0: makes addresses that are never valid"
  case takesInfinityForNothing = "RFC4862-5.5.3-inf: takes a lifetime without end for none"
  case obeysShortLifetimes = "RFC4862-5.5.3-2h: lets any router end the use of an address"
  case obeysShorterThanTwoHours =
    "RFC4862-5.5.3-2h: lets any router shorten a long lifetime to less than two hours"
  case dropsDeprecatedAddresses = "RFC4862-5.5.4-dep: takes nothing to addresses that are deprecated"
  case keepsExpiredAddresses = "RFC4862-5.5.4-inv: goes on using addresses whose lifetime is over"
}

/// Stateless address autoconfiguration [RFC 4862]: which addresses are made, and how long they last.
extension ReferenceDevice {
  /// Lifetimes that anybody may set [RFC4862-5.5.3-2h].
  private static let twoHours = Duration.seconds(7200)

  /// Whether an address is the device's own: one that it was given, or one that it made and nobody objected to
  /// [RFC4862-5.4-a]; also a deprecated one [RFC4862-5.5.4-dep], not an invalid one [RFC4862-5.5.4-inv].
  func isOwn6(_ address: IPv6Address) -> Bool {
    if configuration.isOwn(address) { return true }
    guard let entry = addresses6[address], entry.state == .assigned else { return false }
    if !entry.isPreferred(at: now), breaks(AutoconfigurationMutant.dropsDeprecatedAddresses) { return false }
    return entry.isValid(at: now) || breaks(AutoconfigurationMutant.keepsExpiredAddresses)
  }

  /// The groups which it has joined: those of addresses that it made, too [RFC4291-2.8-a].
  var groups6: [IPv6Address] {
    let given = configuration.groups
    return given + addresses6.groups(at: now).filter { !given.contains($0) }
  }

  func hasJoined6(_ group: IPv6Address) -> Bool { groups6.contains(group) }

  /// Makes addresses of the prefixes that an advertisement tells of, or lets those last that were made.
  ///
  /// - Parameters:
  ///   - options: What it says.
  ///   - isToAll: Whether all nodes got it, so that all would ask at once [RFC4862-5.4.2-delay].
  mutating func configureAddresses(_ options: DiscoveryOptions, isToAll: Bool) {
    for option in options.prefixes where isForAddresses(option) {
      let address = IPv6Address(high: option.prefix.high, low: interfaceIdentifier(option.prefix))
      if let entry = addresses6[address] {
        prolong(entry, of: address, option)
      } else if option.validLifetime > 0 || breaks(AutoconfigurationMutant.makesInvalidAddresses),
        addresses6.makeRoom(at: now)
      {
        // RFC4862-5.5.3-v0: only the mutant comes here with no lifetime, and keeps the address for others to see.
        let isInvalid = option.validLifetime == 0
        beginDetection(
          of: address,
          AutoconfiguredAddresses.Entry(
            state: .assigned,
            validUntil: isInvalid ? nil : end(option.validLifetime),
            preferredUntil: end(option.preferredLifetime)
          ),
          isToAll: isToAll
        )
      }
    }
  }

  /// RFC4862-5.5.3-a, -b, -c, -d: autonomous, not link-local, valid at least as long as preferred, and of as many bits as
  /// leave 64 for the interface identifier.
  private func isForAddresses(_ option: DiscoveryOptions.Prefix) -> Bool {
    guard option.isAutonomous || breaks(AutoconfigurationMutant.ignoresAutonomousFlag),
      !option.prefix.isLinkLocal || breaks(AutoconfigurationMutant.makesLinkLocalAddresses),
      option.preferredLifetime <= option.validLifetime
        || breaks(AutoconfigurationMutant.acceptsReversedLifetimes),
      !option.prefix.isMulticast
    else { return false }
    // RFC4862-5.5.3-inf
    if option.validLifetime == .max, breaks(AutoconfigurationMutant.takesInfinityForNothing) { return false }
    if option.length < 64 { return breaks(AutoconfigurationMutant.acceptsShortPrefixes) }
    return option.length == 64 || breaks(AutoconfigurationMutant.acceptsLongPrefixes)
  }

  /// The lower half of an address: the same for a prefix each time, and another one for each [RFC 7217 5].
  private func interfaceIdentifier(_ prefix: IPv6Address) -> UInt64 {
    var mixed = prefix.high ^ configuration.mac.rawValue << 8
    for _ in 0..<2 {
      mixed = (mixed ^ mixed >> 31) &* 0x9e37_79b9_7f4a_7c15
      mixed ^= mixed >> 29
    }
    return mixed | 1
  }

  /// RFC4862-5.5.3-2h: what is left is shortened to two hours at most, as anybody can send advertisements.
  private mutating func prolong(
    _ entry: AutoconfiguredAddresses.Entry,
    of address: IPv6Address,
    _ option: DiscoveryOptions.Prefix
  ) {
    var entry = entry
    entry.preferredUntil = end(option.preferredLifetime)
    let (said, shortest) = (end(option.validLifetime), now + Self.twoHours)
    let isLonger = isLater(said, than: shortest) || isLater(said, than: entry.validUntil)
    let isLong = isLater(entry.validUntil, than: shortest)
    if isLonger || breaks(AutoconfigurationMutant.obeysShortLifetimes)
      || isLong && breaks(AutoconfigurationMutant.obeysShorterThanTwoHours)
    {
      entry.validUntil = said
    } else if isLong {
      entry.validUntil = shortest
    }
    addresses6[address] = entry
  }

  /// RFC4862-5.5.3-inf: all ones have no end.
  private func end(_ lifetime: UInt32) -> Timestamp? {
    lifetime == .max ? nil : now + .seconds(Int(lifetime))
  }

  private func isLater(_ end: Timestamp?, than other: Timestamp?) -> Bool {
    guard let other else { return false }
    return end.map { $0 > other } ?? true
  }
}
