internal import Suite
internal import Wire

/// How mutants of a firewall deviate in what ICMP they let through.
enum ICMPFilterMutant: String, Deviation {
  static var role: Role { .firewall }

  case dropsNetUnreachable = "OPSEC-ICMP-3-0: drops net unreachable"
  case dropsHostUnreachable = "OPSEC-ICMP-3-1: drops host unreachable"
  case dropsFragmentationNeeded = "OPSEC-ICMP-3-4: drops fragmentation needed"
  case dropsProhibited = "OPSEC-ICMP-3-13: drops communication prohibited"
  case dropsTTLExceeded = "OPSEC-ICMP-11-0: drops TTL exceeded"
  case dropsReassemblyTimeout = "OPSEC-ICMP-11-1: drops the reports of reassembly timers"
  case dropsEchoRequests = "OPSEC-ICMP-8-0 RFC4890-T-ereq: drops echo requests from outside"
  case dropsLongEchoReplies = "OPSEC-ICMP-0-0 RFC4890-T-erep: drops echo replies of 64 octets and more"
  case passesAllUnreachables =
    """
    OPSEC-ICMP-3-2 OPSEC-ICMP-3-3 OPSEC-ICMP-3-5 OPSEC-ICMP-3-6 OPSEC-ICMP-3-7 OPSEC-ICMP-3-8 OPSEC-ICMP-3-11 \
    OPSEC-ICMP-3-12 OPSEC-ICMP-3-14 OPSEC-ICMP-3-15: lets all unreachable codes through
    """
  case passesSourceQuench = "OPSEC-ICMP-4-0 RFC6633-8-a: lets source quench through"
  case passesRedirects =
    "OPSEC-ICMP-5-0 OPSEC-ICMP-5-1 OPSEC-ICMP-5-2 OPSEC-ICMP-5-3: lets redirects through"
  case passesParameterProblems = "OPSEC-ICMP-12-0 OPSEC-ICMP-12-1: lets parameter problems through"
  case passesRouterDiscovery = "OPSEC-ICMP-9-0 OPSEC-ICMP-10-0: lets router discovery through"
  case passesTimestamps = "OPSEC-ICMP-13-0 OPSEC-ICMP-14-0: lets timestamps through"
  case passesInformation = "OPSEC-ICMP-15-0 OPSEC-ICMP-16-0: lets information messages through"
  case passesMasks = "OPSEC-ICMP-17-0 OPSEC-ICMP-18-0: lets address masks through"
  case dropsUnreachable6 = "RFC4890-T-du: drops unreachable over IPv6"
  case dropsTooBig6 = "RFC4890-T-ptb: drops packet too big"
  case dropsTimeExceeded6 = "RFC4890-T-te0 RFC4890-T-te1: drops time exceeded over IPv6"
  case dropsParameterProblem6 = "RFC4890-T-pp12 RFC4890-T-pp0: drops parameter problems over IPv6"
  case dropsMobility = "RFC4890-T-mip: drops the messages of Mobile IPv6"
  case passesNodeInformation = "RFC4890-T-ni: lets node information through"
  case passesRenumbering = "RFC4890-T-rr: lets router renumbering through"
  case passesExperiments = "RFC4890-T-exp: lets experimental types through"
  case passesReserved = "RFC4890-T-ext: lets the types through that are kept for extension"
}

/// Which ICMP messages a firewall lets through, whatever it knows of flows.
extension ForwardingDevice {
  /// The table of the recommendations for filtering ICMPv4 messages; what isn't in it doesn't pass [OPSEC-ICMP-unknown].
  func admits4(_ type: UInt8, _ code: UInt8, from arm: Arm) -> Bool {
    switch (type, code) {
    case (0, 0): true
    case (8, 0): arm == .near || !breaks(ICMPFilterMutant.dropsEchoRequests)
    case (3, 0): !breaks(ICMPFilterMutant.dropsNetUnreachable)
    case (3, 1): !breaks(ICMPFilterMutant.dropsHostUnreachable)
    case (3, 4): !breaks(ICMPFilterMutant.dropsFragmentationNeeded)
    case (3, 13): !breaks(ICMPFilterMutant.dropsProhibited)
    case (11, 0): !breaks(ICMPFilterMutant.dropsTTLExceeded)
    case (11, 1): !breaks(ICMPFilterMutant.dropsReassemblyTimeout)
    case (3, _): breaks(ICMPFilterMutant.passesAllUnreachables)
    case (4, _): breaks(ICMPFilterMutant.passesSourceQuench)
    case (5, _): breaks(ICMPFilterMutant.passesRedirects)
    case (9, _), (10, _): breaks(ICMPFilterMutant.passesRouterDiscovery)
    case (12, _): breaks(ICMPFilterMutant.passesParameterProblems)
    case (13, _), (14, _): breaks(ICMPFilterMutant.passesTimestamps)
    case (15, _), (16, _): breaks(ICMPFilterMutant.passesInformation)
    case (17, _), (18, _): breaks(ICMPFilterMutant.passesMasks)
    default: false
    }
  }

  /// RFC4890-T-du to RFC4890-T-ext: what must not, should not and had better be dropped in transit; what has no number
  /// yet doesn't pass [RFC4890-T-unerr] [RFC4890-T-uninf].
  func admits6(_ type: UInt8, _ code: UInt8, from arm: Arm) -> Bool {
    switch type {
    case 1: !breaks(ICMPFilterMutant.dropsUnreachable6)
    case 2: !breaks(ICMPFilterMutant.dropsTooBig6)
    case 3 where code < 2: !breaks(ICMPFilterMutant.dropsTimeExceeded6)
    case 4 where code < 3: !breaks(ICMPFilterMutant.dropsParameterProblem6)
    case 128: arm == .near || !breaks(ICMPFilterMutant.dropsEchoRequests)
    case 129: true
    case 144...147: !breaks(ICMPFilterMutant.dropsMobility)
    case 139, 140: breaks(ICMPFilterMutant.passesNodeInformation)
    case 138: breaks(ICMPFilterMutant.passesRenumbering)
    case 100, 101, 200, 201: breaks(ICMPFilterMutant.passesExperiments)
    case 127, 255: breaks(ICMPFilterMutant.passesReserved)
    default: false
    }
  }
}
