package import Wire

/// The fields that a trial fills in by itself where a suite doesn't say them.
package enum PersonaFields {
  /// Their names in a layer; not every form of the header need have them.
  package static func names(of kind: LayerKind) -> [String] {
    switch kind {
    case .ethernet: ["destination", "source"]
    case .arp: ["sender-mac", "sender-ip", "target-ip"]
    case .ipv4: ["identification", "source", "destination"]
    case .ipv6: ["flow-label", "source", "destination"]
    case .icmpv4, .icmpv6: ["identifier"]
    case .udp, .tcp: ["source-port", "destination-port"]
    default: []
    }
  }
}
