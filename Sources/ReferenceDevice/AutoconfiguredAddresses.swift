internal import Capture
internal import Wire

/// Addresses which a host made of prefixes that routers told of [RFC 4862 5.5.3].
struct AutoconfiguredAddresses: Sendable {
  /// How far it is with an address [RFC 4862 2].
  enum State: Hashable, Sendable {
    /// Nobody was asked yet.
    case new(until: Timestamp)
    /// All were asked, and may object until then.
    case asked(until: Timestamp)
    case assigned
    /// Somebody objected.
    case duplicate
  }

  struct Entry: Sendable {
    var state: State
    /// nil: for ever.
    var validUntil: Timestamp?
    var preferredUntil: Timestamp?
    /// What told the own questions for it from those of others.
    var nonces: [[UInt8]] = []
    /// How often all are asked anew, since the link sends back what is sent.
    var repeats = 0
  }

  private(set) var all: [IPv6Address: Entry] = [:]
  /// More aren't made, whatever routers say.
  private static let most = 256

  subscript(address: IPv6Address) -> Entry? {
    get { all[address] }
    set { all[address] = newValue }
  }

  /// Whether there is room for one more, once those are gone whose lifetime is over.
  mutating func makeRoom(at now: Timestamp) -> Bool {
    all = all.filter { $0.value.isValid(at: now) }
    return all.count < Self.most
  }

  /// Those whose state changes, in order.
  func due(at now: Timestamp) -> [IPv6Address] {
    all.filter { $0.value.state.deadline.map { $0 <= now } ?? false }.keys.sorted()
  }

  /// When the next one's state changes.
  var nextWake: Timestamp? { all.values.lazy.compactMap(\.state.deadline).min() }

  /// TENTATIVE: may yet be found to be somebody else's.
  func isTentative(_ address: IPv6Address) -> Bool { all[address]?.state.deadline != nil }

  var tentative: [IPv6Address] { all.keys.filter { isTentative($0) }.sorted() }

  /// The solicited-node groups of those that are asked about or used.
  func groups(at now: Timestamp) -> [IPv6Address] {
    all.filter { $0.value.state.isInGroup && $0.value.isValid(at: now) }.keys.sorted().map(
      \.solicitedNodeMulticast
    )
  }
}

extension AutoconfiguredAddresses.State {
  /// When it changes by itself.
  fileprivate var deadline: Timestamp? {
    switch self {
    case .new(let until), .asked(let until): until
    case .assigned, .duplicate: nil
    }
  }

  /// The group is joined before anybody is asked [RFC4862-5.4.2-join].
  fileprivate var isInGroup: Bool {
    switch self {
    case .asked, .assigned: true
    case .new, .duplicate: false
    }
  }
}

extension AutoconfiguredAddresses.Entry {
  func isValid(at now: Timestamp) -> Bool { validUntil.map { $0 > now } ?? true }
  func isPreferred(at now: Timestamp) -> Bool { preferredUntil.map { $0 > now } ?? true }
}
