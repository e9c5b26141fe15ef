import Capture
import Link
import Wire

/// Sends ICMP errors as token buckets allow, one for each peer and one for all.
struct ErrorSource {
  /// A token bucket.
  struct Bucket {
    var burst: Double
    var perSecond: Double
    var level: Double
    var time = SimulatedLink.epoch

    init(_ burst: Int, perSecond: Double) {
      (self.burst, self.perSecond, level) = (Double(burst), perSecond, Double(burst))
    }

    mutating func allows(at now: Timestamp) -> Bool {
      level = min(burst, level + Double((now - time).wholeNanoseconds) / 1e9 * perSecond)
      time = now
      guard level >= 1 else { return false }
      level -= 1
      return true
    }
  }

  var peer: Bucket?
  var overall: Bucket?
  /// Only datagrams to this port draw an error; nil: all do.
  var port: UInt64?
  /// How many it would have sent, but for its limits.
  private(set) var withheld = 0
  private var peers: [FieldValue: Bucket] = [:]

  init(peer: Bucket? = nil, overall: Bucket? = nil, port: UInt64? = nil) {
    (self.peer, self.overall, self.port) = (peer, overall, port)
  }

  mutating func answers(to frame: Dissection, at now: Timestamp) -> [Emission] {
    if let port, frame.layer(.udp)?.number("destination-port") != port { return [] }
    guard let ip = frame.layer(.ipv4) ?? frame.layer(.ipv6), let asker = ip.value(of: "source"),
      let link = frame.layer(.ethernet)?.value(of: "source")
    else { return [] }
    if var bucket = peers[asker] ?? peer {
      let isAllowed = bucket.allows(at: now)
      peers[asker] = bucket
      if !isAllowed { withheld += 1; return [] }
    }
    if overall?.allows(at: now) == false { withheld += 1; return [] }
    let isIPv4 = ip.kind == .ipv4
    let own: FieldValue = isIPv4 ? .ipv4(ScriptedTarget.ipv4) : .ipv6(ScriptedTarget.ipv6)
    let layers = [
      ScriptedTarget.ethernet(to: link),
      LayerTemplate(ip.kind, fields: ["source": .given(own), "destination": .given(asker)]),
      LayerTemplate(
        isIPv4 ? .icmpv4 : .icmpv6,
        fields: ["type": .given(.number(isIPv4 ? 3 : 1)), "code": .given(.number(isIPv4 ? 3 : 4))]
      ),
      LayerTemplate(.data, body: Array(ip.frame[ip.header.lowerBound...])),
    ]
    return [Emission(frame: ScriptedTarget.encoded(layers))]
  }
}
