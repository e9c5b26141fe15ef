/// What routers may tell the hosts of a link about it.
struct LinkParameters: Sendable {
  /// The hop limit of what is sent, unless something else is asked for [RFC4861-6.3.4-hl].
  var hopLimit: UInt8 = 64
  /// The most octets of a packet; nil: what the kind of link carries [RFC4861-6.3.4-mtu].
  var mtu: Int?
  /// Between two solicitations of one neighbor [RFC4861-6.3.4-reach].
  var retransmission = Duration.seconds(1)
  /// How long a neighbor is believed to be there, on average [RFC4861-6.3.4-reach].
  var reachable = Duration.seconds(30)
  /// Drawn to spread the times of neighbors.
  var draw: UInt64 = 0x5eed
}
