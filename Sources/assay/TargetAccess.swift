import ArgumentParser
import Craft
import Lab
import Link
import ReferenceDevice
import Report
import Runner
import Suite
import Wire

/// A target with the way to it opened.
struct TargetAccess {
  var target: TargetDescription
  var link: any Link
  var personas: Personas
  /// What the user should know of how it was opened, a line each.
  var remarks: [String] = []
  /// How many trials may fly at once; nil: as many as there are personas.
  var jobs: Int?

  /// The strict device of a role in virtual time, with deviations if asked for.
  private static func simulation(_ role: Role, _ mutants: Set<Mutant>) -> TargetAccess {
    let link = SimulatedLink(to: StrictDevice.make(role, mutants: mutants))
    let target = StrictDevice.description(of: role)
    return TargetAccess(
      target: target,
      link: link,
      personas: Personas(for: target, interfaceMAC: link.interface.mac)
    )
  }

  /// Makes or joins a lab, with mutants and rules of the user's if they are named.
  static func lab(
    _ name: String,
    mutants names: [String] = [],
    rulesets: [String] = [],
    with way: LinkOptions
  ) throws -> TargetAccess {
    let mutants = try Mutants.named(names, in: name)
    if let role = LabCatalogue.simulatedRole(of: name) {
      if !rulesets.isEmpty { throw Failure.exit(.usage, "\(LabError.simulated(name))") }
      var access = simulation(role, mutants)
      access.link = way.impaired(access.link, arm: .near)
      return access
    }
    let lab: OpenLab
    do throws(LabError) { lab = try Lab.open(name, mutants: mutants, rulesets: rulesets) } catch {
      throw Failure.exit(error)
    }
    let target = lab.targetDescription
    let link = try way.open(target)
    var remarks = lab.remarks
    if case .joined(let process) = lab.origin {
      remarks.append("using the lab that is up (process \(process))")
    }
    if !lab.rulesets.isEmpty {
      remarks.append("the target has the rules of \(lab.rulesets.joined(separator: ", "))")
    }
    if !lab.mutants.isEmpty {
      remarks.append("the target deviates on purpose: \(lab.mutants.joined(separator: ", "))")
    }
    let personas = Personas(for: target, interfaceMAC: link.interface.mac)
    return TargetAccess(target: target, link: link, personas: personas, remarks: remarks)
  }

  /// Opens a target described in a file.
  static func file(_ target: TargetDescription, with way: LinkOptions) throws -> TargetAccess {
    let link = try way.open(target)
    if target.near.testers != nil {
      let personas = Personas(for: target, interfaceMAC: link.interface.mac)
      return TargetAccess(target: target, link: link, personas: personas)
    }
    return try withOwnAddresses(target, link)
  }

  /// Opens the way to an address with the interface's own addresses.
  static func address(_ text: String, allowed: [String], with way: LinkOptions) throws -> TargetAccess {
    let address: SystemRoute.Address
    if let ipv4 = IPv4Address(text) {
      address = .ipv4(ipv4)
    } else if let ipv6 = IPv6Address(text) {
      address = .ipv6(ipv6)
    } else {
      throw Failure.exit(.noInput, "'\(text)' is neither a file nor an IP address")
    }
    let route: SystemRoute?
    do { route = try SystemRoute.find(to: address) } catch {
      throw Failure.exit(.unavailable, error.explanation)
    }
    guard let route else { throw Failure.exit(.unavailable, "there is no route to \(text)") }
    guard route.reach == .onLink || AddressPolicy.permits(address, allowed: allowed) else {
      throw Failure.exit(
        .usage,
        "\(text) is not on this link, private, link-local or documentation space; --allow \(text) if it is yours"
      )
    }
    if route.reach == .local {
      throw Failure.exit(
        .usage,
        "\(text) is this machine's own address; use --lab linux-host to test its kernel"
      )
    }
    var target = TargetDescription(name: text, role: .host, near: .init(interface: route.interface))
    switch address {
    case .ipv4(let ipv4): target.near.ipv4 = ipv4
    case .ipv6(let ipv6): target.near.ipv6 = ipv6
    }
    target.capabilities = ["udp-closed-port": "33434"]
    let link = try way.open(target)
    var access = try withOwnAddresses(target, link, source: route.source)
    if case .via(let gateway) = route.reach {
      access.remarks.append("\(text) is behind a router, which answers for it on this link")
      access.target.near.mac = try resolve(gateway, access)
    }
    return access
  }

  /// Speaks from the interface's own addresses: one trial at a time, since answers could be confused.
  private static func withOwnAddresses(
    _ target: TargetDescription,
    _ link: any Link,
    source: SystemRoute.Address? = nil
  ) throws -> TargetAccess {
    var host = Host(mac: link.interface.mac)
    func take(_ address: SystemRoute.Address?) {
      switch address {
      case .ipv4(let ipv4): host.ipv4 = ipv4
      case .ipv6(let ipv6): if ipv6.isLinkLocal { host.linkLocal = ipv6 } else { host.ipv6 = ipv6 }
      case nil: break
      }
    }
    take(source)
    for address in [
      target.near.ipv4.map(SystemRoute.Address.ipv4), target.near.ipv6.map(SystemRoute.Address.ipv6),
    ] {
      guard let address, source == nil else { continue }
      do { take(try SystemRoute.find(to: address)?.source) } catch { continue }
    }
    if host.ipv6 == nil, target.near.ipv6?.isLinkLocal == true { host.ipv6 = host.linkLocal }
    if host.ipv4 == nil && host.ipv6 == nil {
      throw Failure.exit(
        .unavailable,
        "\(target.near.interface) has no address to speak from; give 'testers'"
      )
    }
    var access = TargetAccess(
      target: target,
      link: link,
      personas: Personas(own: host, unused: Host(mac: MACAddress(rawValue: 0x02a5_5aff_fffe)))
    )
    access.jobs = 1
    access.remarks.append("speaking from this machine's own address, one trial at a time")
    return access
  }

  private static func resolve(_ gateway: SystemRoute.Address, _ access: TargetAccess) throws -> MACAddress {
    var near = access.target
    switch gateway {
    case .ipv4(let ipv4): (near.near.ipv4, near.near.ipv6) = (ipv4, nil)
    case .ipv6(let ipv6): (near.near.ipv4, near.near.ipv6) = (nil, ipv6)
    }
    do {
      return try access.personas.resolve(near, on: access.link)
    } catch {
      throw Failure.exit(.unavailable, "the router in front of the target doesn't answer")
    }
  }
}

/// Which addresses may be sent to without being asked.
enum AddressPolicy {
  /// Private, link-local, loopback and documentation space [RFC 1918, 3927, 5737, 4193, 4291, 3849], or allowed.
  static func permits(_ address: SystemRoute.Address, allowed: [String]) -> Bool {
    let own = [
      "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8", "192.0.2.0/24",
      "198.51.100.0/24", "203.0.113.0/24", "fc00::/7", "fe80::/10", "::1/128", "2001:db8::/32",
    ]
    return (own + allowed).contains { contains($0, address) }
  }

  private static func contains(_ network: String, _ address: SystemRoute.Address) -> Bool {
    let parts = network.split(separator: "/", maxSplits: 1).map(String.init)
    switch address {
    case .ipv4(let ipv4):
      guard let base = parts.first.flatMap({ IPv4Address($0) }) else { return false }
      let length = parts.count > 1 ? Int(parts[1]) ?? 33 : 32
      guard (0...32).contains(length) else { return false }
      return length == 0 || (base.rawValue ^ ipv4.rawValue) >> UInt32(32 - length) == 0
    case .ipv6(let ipv6):
      guard let base = parts.first.flatMap({ IPv6Address($0) }) else { return false }
      let length = parts.count > 1 ? Int(parts[1]) ?? 129 : 128
      guard (0...128).contains(length) else { return false }
      let high =
        length >= 64
        ? base.high == ipv6.high : length == 0 || (base.high ^ ipv6.high) >> UInt64(64 - length) == 0
      let low = length <= 64 || (base.low ^ ipv6.low) >> UInt64(128 - length) == 0
      return high && low
    }
  }
}
