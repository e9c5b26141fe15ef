internal import Capture
internal import Craft
internal import Runner
internal import Suite
internal import Wire

extension RunRecord {
  /// What the hosts of a run are called in its captures: the target, and the gateway that Assay plays.
  var hostNames: [AddressName] {
    var names = addresses(of: targetHost).map { AddressName(target.name, address: $0) }
    if let gateway = target.near.gateway {
      let own = [gateway.ipv4?.octets, gateway.ipv6?.octets].compactMap(\.self)
      names += own.map { AddressName("assay-gateway", address: $0) }
    }
    if let ownHost { names += addresses(of: ownHost).map { AddressName("assay", address: $0) } }
    return names
  }

  private func addresses(of host: Host) -> [[UInt8]] {
    [host.ipv4?.octets, host.ipv6?.octets, host.linkLocal?.octets].compactMap(\.self)
  }
}
