internal import Capture
public import Link
public import Suite
internal import Wire

/// Sweeps the whole space of types and codes through a target with two sides.
///
/// ```
/// var sweeper = Sweeper(target: target, link: link, options: SweepOptions())
/// let result = try sweeper.run()
/// result.slices[0].map.ranges.map { "\($0.label) \($0.fate.text(.v4))" }   // ["0-255/* delivered"]
/// ```
public struct Sweeper {
  private let target: TargetDescription
  private let link: any Link
  private let options: SweepOptions
  private weak var observer: (any SweepObserver)?
  private let cast: SweepCast
  private let wire: SweepWire
  /// What passes without a conversation, by version and direction; nil: nothing does.
  private var witnesses: [SweepSlice: Witness?] = [:]
  private var gateways: [Arm: MACAddress] = [:]

  /// Hosts of the witnesses: one pair for each version and direction.
  private static let witnessHosts = 4

  /// Prepares a sweep; nothing is sent before ``run()``.
  ///
  /// - Parameters:
  ///   - target: The target, with both sides and their testers.
  ///   - link: A link with two arms.
  ///   - options: What is asked.
  ///   - observer: Is told how it gets on.
  public init(
    target: TargetDescription,
    link: any Link,
    options: SweepOptions,
    observer: (any SweepObserver)? = nil
  ) {
    self.target = target
    self.link = link
    self.options = options
    self.observer = observer
    var macs = [Arm.near: link.interface.mac]
    macs[.far] = link.farInterface?.mac
    cast = SweepCast(target, interfaceMACs: macs)
    let hosts = cast.all(below: Self.witnessHosts + options.slices.count)
    wire = SweepWire(link, rate: options.rate, hosts: hosts)
  }

  /// Sweeps; an interrupted sweep returns what is known by then.
  ///
  /// - Returns: The fates of all probes of all slices, with what they rest on.
  /// - Throws: A `SweepError` if the target can't be reached, or the link fails.
  public mutating func run() throws(SweepError) -> SweepResult {
    let start = link.now()
    var result = SweepResult(target: target.name, role: target.role, started: start)
    guard target.far != nil, link.farInterface != nil else {
      throw .oneSided("'\(target.name)' has no far side")
    }
    for arm in Arm.allCases {
      let side = cast.side(arm)
      let addresses = [side?.ipv4.map { "\($0)" }, side?.ipv6.map { "\($0)" }]
      result.addresses[arm] = addresses.compactMap(\.self)
    }
    let speaks = IPVersion.allCases.filter { cast.speaks($0) }
    let slices = options.slices.filter { speaks.contains($0.version) }
    for version in IPVersion.allCases where options.slices.contains(where: { $0.version == version }) {
      if !speaks.contains(version) {
        result.remarks.append("\(version.title) has no addresses for testers on both sides")
      }
    }
    guard !slices.isEmpty else {
      throw .oneSided("'\(target.name)' has no addresses for testers on both sides")
    }
    let hosts = cast.all(below: Self.witnessHosts + options.slices.count)
    if cast.count(.near) < Self.witnessHosts + slices.count
      || cast.count(.far) < Self.witnessHosts + slices.count
    {
      result.remarks.append(
        "the testers' ranges have too few addresses for a pair to each part of the sweep, so parts share them"
      )
    }
    gateways = try Acquaintance(cast: cast, versions: speaks).make(hosts, on: wire)
    for (place, slice) in slices.enumerated() {
      if wire.isInterrupted {
        result.unswept = Array(slices[place...])
        break
      }
      observer?.sliceBegan(slice, number: place + 1, of: slices.count)
      let swept = try sweep(slice, place)
      result.slices.append(swept)
      observer?.sliceEnded(swept, number: place + 1, of: slices.count)
    }
    result.nanoseconds = (link.now() - start).wholeNanoseconds
    result.framesSent = wire.sentCount
    return result
  }

  private mutating func sweep(_ slice: SweepSlice, _ place: Int) throws(SweepError) -> SliceResult {
    let part = UInt8(truncatingIfNeeded: 16 + place)
    guard let ends = ends(Self.witnessHosts + place) else { throw .oneSided("no addresses for testers") }
    let scene = SliceScene(slice: slice, options: options, ends: ends, part: part)
    var conversation: Conversation?
    if slice.state.flow != nil {
      conversation = try scene.converse(on: wire)
      if conversation == nil { return scene.withoutConversation() }
    }
    let search = WitnessSearch(
      version: slice.version,
      direction: slice.direction,
      options: options,
      ends: ends,
      part: part
    )
    // Only packets of the conversation itself show that it still lives.
    let witness: Witness?
    if let conversation {
      witness = try search.run(on: wire, conversation: conversation)
    } else {
      witness = try self.witness(slice)
    }
    let factory = try scene.factory(conversation, on: wire)
    var sweep = SliceSweep(
      slice,
      wire: wire,
      options: options,
      factory: factory,
      witness: witness,
      conversation: conversation,
      observer: observer
    )
    var result = try sweep.run()
    result.evidence.conversation = conversation.map { scene.text(of: $0) }
    if witness == nil {
      result.evidence.remarks.append(
        conversation == nil
          ? "nothing was found that passes this way, so nothing that vanished is proved to be dropped"
          : "the conversation's own packets don't pass often enough to show that it lives, so nothing that vanished is "
            + "proved to be dropped"
      )
    }
    return result
  }

  /// What passes the way of a slice without a conversation of its own, looked for once.
  private mutating func witness(_ slice: SweepSlice) throws(SweepError) -> Witness? {
    let way = SweepSlice(slice.version, slice.direction, .unsolicited)
    if let known = witnesses[way] { return known }
    let number = (slice.version == .v4 ? 0 : 2) + (slice.direction == .outbound ? 0 : 1)
    guard let ends = ends(number) else { return nil }
    let search = WitnessSearch(
      version: slice.version,
      direction: slice.direction,
      options: options,
      ends: ends,
      part: UInt8(number)
    )
    let found = try search.run(on: wire)
    witnesses[way] = .some(found)
    return found
  }

  /// The pair of hosts of that number.
  private func ends(_ number: Int) -> [Arm: Conversation.End]? {
    var ends: [Arm: Conversation.End] = [:]
    for arm in Arm.allCases {
      guard let host = cast.host(number, at: arm), let gateway = gateways[arm] else { return nil }
      ends[arm] = Conversation.End(host: host, gatewayMAC: gateway)
    }
    return ends
  }
}
