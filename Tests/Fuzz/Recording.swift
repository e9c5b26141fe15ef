import Capture
import Craft
import Judge
import Link
import ReferenceDevice
import Suite
import Wire

/// The frames of a trial against the reference device, in virtual time.
struct Recording {
  let plan: TrialPlan
  private(set) var frames: [TrialFrame] = []
  private(set) var clock = Recording.start
  private var device = ReferenceDevice()
  private var evaluator: Evaluator
  private var arriving: [(time: Timestamp, bytes: [UInt8])] = []

  private static let start = Timestamp(nanoseconds: 1_767_225_600_000_000_000)

  /// Runs a trial; nil if it can't be crafted.
  init?(of trial: Trial) {
    guard let plan = try? TrialPlan(crafting: trial, requirements: [], in: .reference) else { return nil }
    self.plan = plan
    evaluator = Evaluator(plan)
    for frame in Introductions.frames { _ = device.receive(frame, at: clock) }
    for _ in 0..<2000 {
      clock = clock + .microseconds(1)
      switch evaluator.next(at: clock) {
      case .finished: return
      case .send(let frames): for frame in frames { leave(frame.bytes) }
      case .wait(let until):
        let next = [arriving.map(\.time).min(), device.nextWake].compactMap(\.self).min() ?? until
        clock = max(clock, min(until, next))
        if let wake = device.nextWake, wake <= clock { schedule(device.wake(at: clock)) }
        deliver()
      }
    }
  }

  private mutating func leave(_ bytes: [UInt8]) {
    clock = clock + .microseconds(1)
    see(bytes, isOutgoing: true)
    schedule(device.receive(bytes, at: clock))
  }

  private mutating func schedule(_ emissions: [Emission]) {
    for (place, emission) in emissions.enumerated() {
      arriving.append((clock + .microseconds(100 + place) + emission.delay, emission.frame))
    }
  }

  private mutating func deliver() {
    while let index = arriving.indices.min(by: { arriving[$0].time < arriving[$1].time }),
      arriving[index].time <= clock
    {
      see(arriving.remove(at: index).bytes, isOutgoing: false)
    }
  }

  private mutating func see(_ bytes: [UInt8], isOutgoing: Bool) {
    let frame = CapturedFrame(time: clock, bytes: bytes)
    let dissection = Dissection(bytes)
    frames.append(TrialFrame(frame, dissection, isOutgoing: isOutgoing))
    evaluator.captured(TrialFrame(frame, dissection, isOutgoing: isOutgoing))
  }
}

/// Questions by which the device learns the testers' Ethernet addresses.
enum Introductions {
  static let frames: [[UInt8]] = {
    let all = CraftContext.reference.endpoints
    return [all.tester, all.tester2, all.router].compactMap(\.self).flatMap { host in
      [arp(host, all.target), solicitation(host, host.ipv6, all.target)]
        + [solicitation(host, host.linkLocal, all.target)]
    }
    .compactMap(\.self)
  }()

  private static func arp(_ host: Host, _ target: Host) -> [UInt8]? {
    guard let ipv4 = host.ipv4, let wanted = target.ipv4 else { return nil }
    let arp = LayerTemplate(
      .arp,
      fields: [
        "operation": .given(.number(1)), "sender-mac": .given(.mac(host.mac)),
        "sender-ip": .given(.ipv4(ipv4)), "target-ip": .given(.ipv4(wanted)),
      ]
    )
    return try? PacketTemplate([ethernet(host, target), arp]).encode().bytes
  }

  private static func solicitation(_ host: Host, _ source: IPv6Address?, _ target: Host) -> [UInt8]? {
    guard let source, let wanted = target.linkLocal else { return nil }
    let ipv6 = LayerTemplate(
      .ipv6,
      fields: [
        "source": .given(.ipv6(source)), "destination": .given(.ipv6(wanted)),
        "hop-limit": .given(.number(255)),
      ]
    )
    let icmpv6 = LayerTemplate(
      .icmpv6,
      fields: ["type": .given(.number(135)), "target": .given(.ipv6(wanted))]
    )
    let options = LayerTemplate(.ndpOptions, body: [1, 1] + host.mac.octets)
    return try? PacketTemplate([ethernet(host, target), ipv6, icmpv6, options]).encode().bytes
  }

  private static func ethernet(_ host: Host, _ target: Host) -> LayerTemplate {
    LayerTemplate(
      .ethernet,
      fields: ["source": .given(.mac(host.mac)), "destination": .given(.mac(target.mac))]
    )
  }
}
