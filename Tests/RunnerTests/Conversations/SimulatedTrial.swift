import Capture
import Craft
import Judge
import Link
import ReferenceDevice
import Suite
import Wire

/// One trial against a device in virtual time, driven as a run drives it, on a network that loses and repeats frames.
struct SimulatedTrial {
  static let tester = Host(
    mac: MACAddress(rawValue: 0x02a5_5a00_0000),
    ipv4: IPv4Address(rawValue: 0xc000_0210),
    ipv6: IPv6Address(high: 0x2001_0db8_0001_0000, low: 0x1_0000),
    linkLocal: IPv6Address(high: 0xfe80_0000_0000_0000, low: 0xa55a_0001_0000)
  )

  let plan: TrialPlan
  /// What the run itself came to; nil if it never ended.
  private(set) var live: Verdict?
  /// What the judge makes of the frames.
  private(set) var judged: Judgement
  private(set) var frames: [TrialFrame] = []
  /// The link, for what the target does when the trial is over.
  let link: SimulatedLink

  /// Runs a trial to its end.
  init(
    _ trial: Trial,
    device: any SimulatedDevice = ReferenceDevice(),
    faults: LinkFaults = LinkFaults(),
    seed: UInt64 = 7
  ) throws {
    let near = ReferenceDevice.description.near
    let target = Host(
      mac: near.mac ?? MACAddress(rawValue: 0),
      ipv4: near.ipv4,
      ipv6: near.ipv6,
      linkLocal: near.linkLocal
    )
    let endpoints = Endpoints(
      tester: Self.tester,
      target: target,
      unused: Host(mac: MACAddress(rawValue: 0), ipv4: IPv4Address(rawValue: 0xc000_02fa)),
      id: UInt16(truncatingIfNeeded: seed) | 1,
      port: 0xc123,
      seed: seed
    )
    let context = CraftContext(
      endpoints: endpoints,
      capabilities: ReferenceDevice.description.capabilities,
      allowsSpoofing: true
    )
    plan = try TrialPlan(crafting: trial, requirements: [], in: context)
    link = SimulatedLink(to: device, faults: faults)
    judged = judge(plan, frames: [], until: link.now())
    try run()
    judged = judge(plan, frames: frames, until: link.now())
  }

  private mutating func run() throws {
    var evaluator = Evaluator(plan)
    for _ in 0..<100_000 {
      switch evaluator.next(at: link.now()) {
      case .send(let frames): try link.send(frames.map(\.bytes))
      case .finished:
        live = evaluator.verdict
        return
      case .wait(let until):
        var batch: [CapturedFrame] = []
        try link.receive(until: until) { batch.append($0) }
        for frame in batch {
          let dissection = Dissection(frame.bytes)
          let isOutgoing = dissection.layer(.ethernet)?.value(of: "source") == .mac(Self.tester.mac)
          if !isOutgoing, let answer = Self.answer(to: dissection) { try link.send([answer]) }
          frames.append(TrialFrame(frame, dissection, isOutgoing: isOutgoing))
          evaluator.captured(TrialFrame(frame, dissection, isOutgoing: isOutgoing))
        }
      }
    }
  }

  /// The answer to a question for the tester's Ethernet address.
  private static func answer(to frame: Dissection) -> [UInt8]? {
    guard let sender = frame.layer(.ethernet)?.value(of: "source") else { return nil }
    let ethernet = LayerTemplate(
      .ethernet,
      fields: ["source": .given(.mac(tester.mac)), "destination": .given(sender)]
    )
    if let arp = frame.layer(.arp), let wanted = arp.value(of: "target-ip"),
      let asker = arp.value(of: "sender-ip"), arp.number("operation") == 1
    {
      let reply = LayerTemplate(
        .arp,
        fields: [
          "operation": .given(.number(2)), "sender-mac": .given(.mac(tester.mac)),
          "sender-ip": .given(wanted), "target-mac": .given(sender), "target-ip": .given(asker),
        ]
      )
      return try? PacketTemplate([ethernet, reply]).encode().bytes
    }
    guard let icmp = frame.layer(.icmpv6), icmp.number("type") == 135,
      let wanted = icmp.value(of: "target"), let asker = frame.layer(.ipv6)?.value(of: "source")
    else { return nil }
    let network = LayerTemplate(
      .ipv6,
      fields: [
        "source": .given(wanted), "destination": .given(asker), "hop-limit": .given(.number(255)),
      ]
    )
    let advertisement = LayerTemplate(
      .icmpv6,
      fields: [
        "type": .given(.number(136)), "target": .given(wanted), "solicited": .given(.number(1)),
        "override": .given(.number(1)),
      ]
    )
    var option = LayerTemplate(.ndpOptions)
    option.lists["options"] = [ElementTemplate.literal(type: 2, data: tester.mac.octets)]
    return try? PacketTemplate([ethernet, network, advertisement, option]).encode().bytes
  }
}
