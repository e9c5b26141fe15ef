internal import Suite
internal import Wire

/// How mutants of a firewall deviate in filtering IPv4 options.
enum OptionFilterMutant: String, Deviation {
  static var role: Role { .firewall }

  case passesRecordRoute = "RFC7126-4.5.5-a: lets record route through"
  case passesSourceRoutes = "RFC7126-4.3.5-a RFC7126-4.4.5-a: lets source routes through"
  case passesStreamIdentifier = "RFC7126-4.6.5-a: lets stream identifiers through"
  case passesTimestampOption = "RFC7126-4.7.5-a: lets the timestamp option through"
  case passesMTUOptions = "RFC7126-4.9.5-a RFC7126-4.10.5-a: lets MTU probes and replies through"
  case passesObsoleteOptions =
    """
    RFC7126-4.11.5-a RFC7126-4.15.5-a RFC7126-4.16.5-a RFC7126-4.17.5-a RFC7126-4.18.5-a RFC7126-4.19.5-a \
    RFC7126-4.20.5-a: lets options through that nobody uses any more
    """
  case passesExperimentalOptions = "RFC7126-4.22.5-a: lets experimental options through"
  case dropsRouterAlert = "RFC7126-4.8.5-a: drops datagrams with a router alert"
  case dropsSecurityOptions =
    "RFC7126-4.12.5-a RFC7126-4.13.5-a RFC7126-4.14.5-a: drops datagrams with security options"
  case dropsQuickStart = "RFC7126-4.21.5-a: drops datagrams with Quick-Start"
  case dropsPaddedHeaders = "RFC7126-4.1.5-a RFC7126-4.2.5-a: drops datagrams with options that only pad"
}

/// RFC 7126: options that are dropped by default, and those that aren't.
extension ForwardingDevice {
  func admitsOptions(of datagram: IPv4Datagram) -> Bool {
    let header = datagram.bytes
    if datagram.headerLength > 20, breaks(OptionFilterMutant.dropsPaddedHeaders), header.octet(20) < 2 {
      return false
    }
    var offset = 20
    while offset < datagram.headerLength {
      let type = header.octet(offset)
      guard type != 0 else { return true }
      guard type == 1 || admits(option: type) else { return false }
      offset += type == 1 ? 1 : max(2, Int(header.octet(offset + 1)))
    }
    return true
  }

  private func admits(option type: UInt8) -> Bool {
    switch type {
    case 7: breaks(OptionFilterMutant.passesRecordRoute)
    case 136: breaks(OptionFilterMutant.passesStreamIdentifier)
    case 68: breaks(OptionFilterMutant.passesTimestampOption)
    case 11, 12: breaks(OptionFilterMutant.passesMTUOptions)
    case 82, 142, 145, 147, 149, 151, 152: breaks(OptionFilterMutant.passesObsoleteOptions)
    case 30, 94, 158, 222: breaks(OptionFilterMutant.passesExperimentalOptions)
    case 148: !breaks(OptionFilterMutant.dropsRouterAlert)
    case 130, 133, 134: !breaks(OptionFilterMutant.dropsSecurityOptions)
    case 25: !breaks(OptionFilterMutant.dropsQuickStart)
    // Source routes go no further than any router lets them [RFC7126-4.3.5-a] [RFC7126-4.4.5-a]; what nobody knows
    // passes [RFC7126-4.23.4-a].
    default: true
    }
  }
}
