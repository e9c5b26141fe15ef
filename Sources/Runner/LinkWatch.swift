internal import Craft
internal import Wire

/// The trial that looks at questions for addresses, whosever they are, and at what is told to all; there is one at a time.
struct LinkWatch {
  let seat: Int
  /// The groups that the target listens to because of the addresses that it was given.
  private let groups: Set<IPv6Address>
  /// A prefix of which the trial may let the target make addresses, in network order.
  private let prefix: [UInt8]

  init(seat: Int, _ endpoints: Endpoints) {
    self.seat = seat
    let target = endpoints.target
    groups = Set([target.ipv6, target.linkLocal].compactMap { $0?.solicitedNodeMulticast })
    prefix = endpoints.freshPrefix.octets
  }

  /// Whether what is told to all is told to this trial: reports of groups which the target joined for addresses that others let it
  /// make aren't.
  func means(_ frame: Dissection, _ mentions: MentionIndex) -> Bool {
    let reported = frame.reportedGroups
    if reported.isEmpty || mentions.tellsWatched(prefix) { return true }
    return reported.contains { groups.contains($0) || mentions.tellsWatched($0.octets) }
  }
}

extension Dissection {
  /// The groups that a multicast listener reports in it [RFC 2710 3, RFC 3810 5.2].
  fileprivate var reportedGroups: [IPv6Address] {
    let records = layer(.mld)?.elements.map { $0.value(of: "group") } ?? []
    return ([layer(.icmpv6)?.value(of: "group")] + records).compactMap {
      if case .ipv6(let group)? = $0 { group } else { nil }
    }
  }
}
