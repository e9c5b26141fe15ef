public import Suite

/// The ways in which mutants deviate in one concern of the device.
///
/// Each is a case, declared in the file of the behaviour that it breaks, with `CLAUSE …: what it does` as its raw
/// value, and asked for by `breaks(_:)` at the place where the device obeys the clause. Nothing else has to know it.
protocol Deviation: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  /// The kind of box on which they show.
  static var role: Role { get }
}

extension Deviation {
  static var role: Role { .host }
}

extension Mutant {
  /// All concerns; a new one is added here.
  private static let concerns: [any Deviation.Type] = [
    EchoMutant.self,
    ICMPMutant.self,
    ICMPv6Mutant.self,
    ErrorInputMutant.self,
    ICMPv6ErrorInputMutant.self,
    ErrorMutant.self,
    ICMPv6ErrorMutant.self,
    IPv4Mutant.self,
    IPv6Mutant.self,
    IPv4OptionMutant.self,
    AdvertisedRouter4Mutant.self,
    OutputMutant.self,
    IPv6OutputMutant.self,
    ReassemblyMutant.self,
    IPv6FragmentMutant.self,
    ReassemblyTimerMutant.self,
    ExtensionHeaderMutant.self,
    NeighborMutant.self,
    SolicitationMutant.self,
    AdvertisingMutant.self,
    AdvertisementMutant.self,
    AddressResolutionMutant.self,
    UnreachabilityMutant.self,
    AdvertisedRouterMutant.self,
    LinkParameterMutant.self,
    OnLinkMutant.self,
    AutoconfigurationMutant.self,
    DuplicateDetectionMutant.self,
    RedirectInputMutant.self,
    ListenerQueryMutant.self,
    ListenerReportMutant.self,
    TCPMutant.self,
    TCPErrorMutant.self,
    UDPMutant.self,
    UDP6Mutant.self,
    TimestampMutant.self,
  ]

  /// Those which show on a router, too, on a NAT or firewall.
  private static let routerConcerns: [any Deviation.Type] = [
    RouterInputMutant.self,
    RouterMutant6.self,
    TransitMutant.self,
    TransitMutant6.self,
    TransitOptionMutant.self,
    TooBigMutant.self,
    ResolutionMutant.self,
    RedirectMutant.self,
    RouterDiscoveryMutant.self,
    RouterAdvertisementMutant.self,
    RouterNeighborMutant.self,
    NATMutant.self,
    NATMappingMutant.self,
    NATErrorMutant.self,
    ICMPFilterMutant.self,
    FirewallMutant.self,
    OptionFilterMutant.self,
  ]

  /// All those of a host, by concern.
  public static let allCases: [Mutant] = concerns.flatMap { $0.mutants }

  /// Those which show on a kind of box only.
  public static func allCases(of role: Role) -> [Mutant] {
    role == .host ? allCases : routerConcerns.flatMap { $0.mutants }.filter { $0.role == role }
  }

  /// Those of all kinds of boxes.
  public static let everywhere: [Mutant] = Role.allCases.flatMap { allCases(of: $0) }
}

extension Deviation {
  fileprivate static var mutants: [Mutant] { allCases.map { Mutant($0) } }
}

/// The deviations of one device, to be asked for often.
struct ActiveDeviations: Sendable {
  private var entries: [(concern: ObjectIdentifier, deviation: any Deviation)]
  /// Told of each question; nil if nobody wants to know.
  private let trace: DeviationTrace?

  init(_ mutants: Set<Mutant>, _ trace: DeviationTrace?) {
    self.trace = trace
    entries = mutants.map { (ObjectIdentifier(type(of: $0.deviation)), $0.deviation) }
  }

  /// Whether this is one of them.
  func contain<Kind: Deviation>(_ deviation: Kind) -> Bool {
    trace?.note(deviation)
    for entry in entries where entry.concern == ObjectIdentifier(Kind.self) {
      if let active = entry.deviation as? Kind, active == deviation { return true }
    }
    return false
  }
}
