import Craft
import Lab
import Runner
import Suite
import Wire

/// Crafts trials without a network, for the addresses of the default lab.
struct Preview {
  let target: TargetDescription
  let catalogue: RequirementCatalogue

  init(catalogue: RequirementCatalogue) {
    target = LinuxHostLab.targetDescription
    self.catalogue = catalogue
  }

  /// A value for a capability that the default lab doesn't claim.
  private static func claim(_ name: String) -> String {
    if name.hasSuffix("-ipv4") { return "203.0.113.200" }
    if name.hasSuffix("-ipv6") { return "2001:db8:dead::1" }
    return name.hasSuffix("-mtu") ? "1280" : "7"
  }

  /// The far side of a router, NAT or firewall.
  private static let far = FarSide(
    tester: farHost("02:a5:5b:00:00:00", "198.51.100.16", "2001:db8:2::1:0", "fe80::a55a:2:0"),
    tester2: farHost("02:a5:5b:00:00:75", "198.51.100.133", "2001:db8:2::1:75", "fe80::a55a:2:75"),
    stranger: farHost("02:a5:5b:ff:00:fe", "203.0.113.66", "2001:db8:fffe::1", nil),
    router: farHost("02:a5:5b:ff:00:fe", "198.51.100.254", nil, "fe80::a55a:1fe"),
    target: farHost("06:a5:5a:00:01:01", "198.51.100.1", "2001:db8:2::1", "fe80::4a5:5aff:fe00:101")
  )

  private static func farHost(_ mac: String, _ ipv4: String, _ ipv6: String?, _ linkLocal: String?) -> Host {
    Host(
      mac: MACAddress(mac) ?? .broadcast,
      ipv4: IPv4Address(ipv4),
      ipv6: ipv6.flatMap { IPv6Address($0) },
      linkLocal: linkLocal.flatMap { IPv6Address($0) }
    )
  }

  /// The plan of a trial as the first persona would run it.
  func plan(_ trial: Trial, capabilities: [String: String] = [:]) throws(CraftError) -> TrialPlan {
    let near = target.near
    let tester = Host(
      mac: MACAddress(rawValue: 0x02a5_5a00_0000),
      ipv4: near.testers?.ipv4?.lowerBound,
      ipv6: near.testers?.ipv6?.lowerBound,
      linkLocal: IPv6Address("fe80::a55a:1:0")
    )
    let twin = Host(
      mac: MACAddress(rawValue: 0x02a5_5a00_0075),
      ipv4: IPv4Address("192.0.2.133"),
      ipv6: IPv6Address("2001:db8:1::1:75"),
      linkLocal: IPv6Address("fe80::a55a:1:75")
    )
    let router = Host(
      mac: MACAddress(rawValue: 0x02a5_5aff_00fe),
      ipv4: near.gateway?.ipv4,
      ipv6: near.gateway?.ipv6,
      linkLocal: near.gateway?.ipv6
    )
    let stranger = Host(
      mac: router.mac,
      ipv4: IPv4Address("198.51.100.1"),
      ipv6: IPv6Address("2001:db8:ffff::1")
    )
    let unused = Host(
      mac: MACAddress(rawValue: 0x02a5_5a00_00ea),
      ipv4: near.testers?.ipv4?.upperBound,
      ipv6: near.testers?.ipv6?.upperBound,
      linkLocal: IPv6Address("fe80::a55a:301:ffff")
    )
    let targetHost = Host(
      mac: near.mac ?? MACAddress(rawValue: 0),
      ipv4: near.ipv4,
      ipv6: near.ipv6,
      linkLocal: near.linkLocal
    )
    // A capability which only some targets claim still shows what its cases would send.
    var claims = target.capabilities.merging(capabilities) { $1 }
    for need in trial.testCase.needs where claims[need.value] == nil {
      claims[need.value] = Self.claim(need.value)
    }
    var failure = CraftError.notApplicable("")
    for id in [0x5a17, 0x5a19, 0x5a1b] as [UInt16] {
      let endpoints = Endpoints(
        tester: tester,
        tester2: twin,
        stranger: stranger,
        stranger2: Host(
          mac: router.mac,
          ipv4: IPv4Address("198.51.100.2"),
          ipv6: IPv6Address("2001:db8:ffff::2")
        ),
        router: router,
        target: targetHost,
        far: trial.testCase.hasBothArms ? Self.far : nil,
        broadcast: IPv4Address("192.0.2.255"),
        network: IPv4Address("192.0.2.0"),
        unused: unused,
        id: id,
        port: 0xc000 | id & 0x3fff,
        seed: UInt64(id)
      )
      let context = CraftContext(endpoints: endpoints, capabilities: claims, allowsSpoofing: true)
      do {
        let requirements = trial.testCase.requirements.compactMap { catalogue[$0.value] }
        return try TrialPlan(crafting: trial, requirements: requirements, in: context)
      } catch {
        failure = error
        guard case .faultIsRight = error else { break }
      }
    }
    throw failure
  }

  /// What keeps a trial from being crafted, if anything does.
  ///
  /// - Parameters:
  ///   - trial: the trial.
  ///   - isStrict: also what only the target or chance could be blamed for.
  /// - Returns: the fault with its place; nil if there's none.
  func fault(in trial: Trial, isStrict: Bool) -> Diagnostic? {
    let position = trial.testCase.position
    do {
      _ = try plan(trial)
      return nil
    } catch {
      switch error {
      case .invalid(let diagnostic): return diagnostic
      case .faultIsRight(let field):
        return Diagnostic(at: position, "the fault in \(field) of \(trial.id) is the right value")
      case _ where !isStrict: return nil
      case .notApplicable(let reason):
        return Diagnostic(at: position, "no target can run \(trial.id): \(reason)")
      }
    }
  }
}
