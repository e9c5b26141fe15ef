internal import Wire

/// A packet that a router's host part has made, whole but without a way yet.
enum OutboundPacket: Sendable {
  case ipv4([UInt8], to: IPv4Address)
  case ipv6([UInt8], to: IPv6Address)
}
