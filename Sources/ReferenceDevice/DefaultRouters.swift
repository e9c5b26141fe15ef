internal import Capture
internal import Wire

/// The routers through which a host reaches what isn't on its links [RFC 4861 5.1].
struct DefaultRouters: Sendable {
  /// A router that advertised itself.
  struct Router: Sendable {
    var address: IPv6Address
    var expires: Timestamp
    /// 1 high, 0 medium, -1 low [RFC 4191 2.1].
    var preference: Int
  }

  /// In the order in which they were first heard of.
  private(set) var all: [Router] = []

  /// As many are kept; the RFC asks for two at least [RFC4861-6.3.4-two].
  static let most = 8

  /// Takes a router in, or anew.
  mutating func add(_ router: Router, keeping most: Int = Self.most) {
    if let place = all.firstIndex(where: { $0.address == router.address }) {
      all[place] = router
    } else {
      all = all.suffix(most - 1) + [router]
    }
  }

  mutating func remove(_ address: IPv6Address) { all.removeAll { $0.address == address } }

  /// Whether another one is there.
  func hasOther(than address: IPv6Address, at now: Timestamp) -> Bool {
    alive(at: now).contains { $0.address != address }
  }

  /// Those whose lifetime isn't over [RFC4861-6.3.4-exp].
  func alive(at now: Timestamp) -> [Router] { all.filter { $0.expires > now } }
}

/// Prefixes whose addresses routers say are on the link [RFC 4861 5.1].
struct OnLinkPrefixes: Sendable {
  struct Prefix: Hashable, Sendable {
    var address: IPv6Address
    var length: Int

    /// Whether an address begins with it; bits behind the prefix don't count.
    func covers(_ other: IPv6Address) -> Bool {
      (address.high ^ other.high) & Self.mask(length) == 0
        && (address.low ^ other.low) & Self.mask(length - 64) == 0
    }

    /// So many ones from the left.
    private static func mask(_ ones: Int) -> UInt64 {
      ones <= 0 ? 0 : ones >= 64 ? ~0 : ~(~0 >> UInt64(ones))
    }
  }

  /// Until when each counts; nil: for ever.
  private(set) var all: [Prefix: Timestamp?] = [:]

  mutating func add(_ prefix: Prefix, until end: Timestamp?) { all.updateValue(end, forKey: prefix) }
  mutating func remove(_ prefix: Prefix) { all.removeValue(forKey: prefix) }
  mutating func removeAll() { all.removeAll() }

  /// Whether one whose lifetime isn't over covers an address [RFC5942-4-exp].
  func cover(_ address: IPv6Address, at now: Timestamp) -> Bool {
    all.contains { prefix, end in prefix.covers(address) && (end.map { $0 > now } ?? true) }
  }
}
