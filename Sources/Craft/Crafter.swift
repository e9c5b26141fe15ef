public import Suite
internal import Wire

/// What a trial is crafted for: the parties, what the target claims, what is allowed.
public struct CraftContext: Sendable {
  /// Who speaks with whom.
  public var endpoints: Endpoints
  /// What the target claims, by name.
  public var capabilities: [String: String]
  /// Whether sources outside the testers' own addresses may be used.
  public var allowsSpoofing: Bool
  /// Largest IP packet that the link carries.
  public var mtu: Int

  /// Puts the parts together.
  public init(endpoints: Endpoints, capabilities: [String: String], allowsSpoofing: Bool, mtu: Int = 1500) {
    self.endpoints = endpoints
    self.capabilities = capabilities
    self.allowsSpoofing = allowsSpoofing
    self.mtu = mtu
  }
}

extension TrialPlan {
  /// Crafts a trial: all octets to be sent, all patterns with their values.
  ///
  /// - Parameters:
  ///   - trial: What to craft.
  ///   - requirements: The clauses that the case cites, looked up in the catalogue.
  ///   - context: For whom.
  /// - Throws: A `CraftError`: the suite is wrong, the trial doesn't apply, or a fault came out right.
  public init(
    crafting trial: Trial,
    requirements: [Requirement],
    in context: CraftContext
  ) throws(CraftError) {
    var crafter = Crafter(trial: trial, context: context)
    self = try crafter.plan(requirements: requirements)
  }
}

/// Works through the steps of one trial.
struct Crafter {
  let trial: Trial
  let context: CraftContext
  var resolver: Resolver

  init(trial: Trial, context: CraftContext) {
    self.trial = trial
    self.context = context
    resolver = Resolver(trial: trial, endpoints: context.endpoints, capabilities: context.capabilities)
  }

  mutating func plan(requirements: [Requirement]) throws(CraftError) -> TrialPlan {
    for need in trial.testCase.needs where (context.capabilities[need.value] ?? "false") == "false" {
      throw .notApplicable("the target doesn't claim '\(need.value)'")
    }
    var steps: [PlannedStep] = []
    for step in trial.testCase.steps {
      switch step.action {
      case .send(let stimulus): steps.append(.send(try self.stimulus(stimulus, at: step.position)))
      case .expect(let expectation): steps.append(.expect(try self.expectation(expectation)))
      case .forbid(let pattern): steps.append(.forbid(try self.pattern(pattern)))
      case .wait(let duration): steps.append(.wait(duration))
      case .control: steps.append(.control)
      }
    }
    return TrialPlan(
      id: trial.id,
      requirements: requirements,
      steps: steps,
      control: ControlProbe(
        family: try family(),
        tester: context.endpoints.tester,
        target: context.endpoints.target,
        identifier: ~context.endpoints.id
      ),
      endpoints: context.endpoints,
      allowsOthers: trial.testCase.allowsOthers
    )
  }

  /// The control probes' IP version: as the case says, else that of the first packet.
  private func family() throws(CraftError) -> Family {
    var family = trial.testCase.family
    if family == nil {
      for step in trial.testCase.steps {
        guard case .send(let stimulus) = step.action else { continue }
        family = stimulus.layers.contains { $0.kind == .ipv6 } ? .ipv6 : .ipv4
        break
      }
    }
    let chosen = family ?? .ipv4
    let (tester, target) = (context.endpoints.tester, context.endpoints.target)
    let works =
      chosen == .ipv4 ? tester.ipv4 != nil && target.ipv4 != nil : tester.ipv6 != nil && target.ipv6 != nil
    guard works else { throw .notApplicable("the target or the tester has no \(chosen.rawValue) address") }
    return chosen
  }

  private mutating func stimulus(
    _ stimulus: Stimulus,
    at position: SourcePosition
  ) throws(CraftError) -> PlannedStimulus {
    let builder = PacketBuilder(resolver: resolver)
    let template = try builder.template(of: stimulus.layers)
    let packet: EncodedPacket
    do {
      packet = try template.encode()
    } catch {
      throw resolver.invalid(position, "\(error)")
    }
    try checkFaults(of: stimulus.layers, in: template)
    try checkSource(of: packet)
    resolver.packets["sent"] = packet
    if let name = stimulus.name { resolver.packets[name] = packet }

    var frames = try fragments(
      of: packet,
      stimulus.fragmentation,
      checksum: template.layers.first { $0.kind == .ipv4 }?.fields["header-checksum"],
      at: position
    )
    for index in frames.indices { try spoil(&frames[index], stimulus, networkOffset: packet.networkOffset) }
    let limit = context.mtu + packet.networkOffset
    if let large = frames.first(where: { $0.count > limit }) {
      throw resolver.invalid(
        position,
        "the packet has \(large.count - packet.networkOffset) octets, the link carries \(context.mtu); use 'fragment'"
      )
    }
    var count = 1
    if let times = stimulus.count { count = try resolver.number(times) }
    guard count * frames.count <= 10_000 else {
      throw resolver.invalid(position, "the step sends more than 10,000 frames")
    }
    var planned: [PlannedStimulus.Frame] = []
    for round in 0..<count {
      let offset = (stimulus.every ?? .zero) * round
      planned += frames.map { PlannedStimulus.Frame(bytes: $0, offset: offset) }
    }
    return PlannedStimulus(frames: planned, packet: packet)
  }

  /// The packet whole, or cut as the step says.
  private func fragments(
    of packet: EncodedPacket,
    _ fragmentation: Fragmentation?,
    checksum: FieldSetting?,
    at position: SourcePosition
  ) throws(CraftError) -> [[UInt8]] {
    guard let fragmentation else { return [packet.bytes] }
    guard
      let fragmenter = Fragmenter(packet, identification: UInt32(context.endpoints.id), checksum: checksum)
    else {
      throw resolver.invalid(position, "only an IP packet can be fragmented")
    }
    switch fragmentation {
    case .explicit(let list):
      var frames: [[UInt8]] = []
      for item in list {
        let offset = try resolver.number(item.offset)
        guard offset.isMultiple(of: 8), offset <= 65_528 else {
          throw resolver.invalid(
            item.offset.position,
            "a fragment's offset is a multiple of 8 up to 65528, not \(offset)"
          )
        }
        let length = try resolver.number(item.length)
        frames.append(fragmenter.frame(of: .init(offset: offset, length: length, more: item.more)))
      }
      return frames
    case .rule(let rule):
      let size = try resolver.number(rule.size)
      var overlap = 0
      if let reach = rule.overlap { overlap = try resolver.number(reach) }
      guard size > 0, size.isMultiple(of: 8), overlap.isMultiple(of: 8), overlap < size else {
        throw resolver.invalid(
          rule.size.position,
          "'size' and 'overlap' are multiples of 8, and the overlap is the smaller; use 'fragments' for others"
        )
      }
      let all = fragmenter.pieces(size: size, overlap: overlap).map { fragmenter.frame(of: $0) }
      let order: [Int] =
        switch rule.order {
        case .forward: Array(all.indices)
        case .reverse: all.indices.reversed()
        case .explicit(let list): list
        }
      for index in order + rule.omit + rule.duplicate where !all.indices.contains(index) {
        throw resolver.invalid(
          rule.size.position,
          "there is no fragment \(index): the packet has \(all.count)"
        )
      }
      return order.filter { !rule.omit.contains($0) }
        .flatMap { rule.duplicate.contains($0) ? [all[$0], all[$0]] : [all[$0]] }
    }
  }

  /// Corrupts, cuts and pads a frame, in this order.
  private func spoil(
    _ frame: inout [UInt8],
    _ stimulus: Stimulus,
    networkOffset: Int
  ) throws(CraftError) {
    for corruption in stimulus.corruptions {
      let index = networkOffset + (try resolver.number(corruption.offset))
      guard frame.indices.contains(index) else {
        throw resolver.invalid(corruption.offset.position, "'at' lies behind the end of the packet")
      }
      frame[index] ^= UInt8(truncatingIfNeeded: try resolver.number(corruption.mask))
    }
    if let truncate = stimulus.truncate {
      let length = try resolver.number(truncate)
      frame = Array(frame.prefix(networkOffset + length))
    }
    if let pad = stimulus.pad { frame += [UInt8](repeating: 0, count: try resolver.number(pad)) }
  }

  /// Refuses a checksum spoiled by `zero` or `ones` that happens to be the right one; a plain number is meant as it is.
  private func checkFaults(of layers: [LayerSpecification], in template: PacketTemplate) throws(CraftError) {
    // The Ethernet header may have been added in front.
    let shift = template.layers.count - layers.count
    for (index, layer) in layers.enumerated() {
      for (name, value) in layer.fields where name == "checksum" || name == "header-checksum" {
        guard let word = resolver.word(value.value), word == "zero" || word == "ones",
          // No checksum at all is right in UDP over IPv4.
          layer.kind != .udp || word == "ones"
        else { continue }
        var right = template
        right.layers[index + shift].fields[name] = nil
        guard let encoded = try? right.encode(),
          let span = encoded.spans.first(where: { $0.kind == layer.kind }),
          case .number(let computed)? = encoded.value(of: name, in: span), computed % 0xffff == 0
        else { continue }
        throw .faultIsRight("\(layer.kind).\(name)")
      }
    }
  }

  /// Sources other than the testers' own need the target file's consent.
  private func checkSource(of packet: EncodedPacket) throws(CraftError) {
    guard !context.allowsSpoofing else { return }
    let own = [context.endpoints.tester, context.endpoints.tester2].compactMap { $0 }
    for span in packet.spans where span.depth == 0 {
      switch packet.value(of: "source", in: span) {
      case .ipv4(let address) where !own.contains { $0.ipv4 == address }:
        throw .notApplicable("it needs the source \(address), and the target file doesn't allow spoofing")
      case .ipv6(let address) where !own.contains { $0.ipv6 == address || $0.linkLocal == address }:
        throw .notApplicable("it needs the source \(address), and the target file doesn't allow spoofing")
      default: continue
      }
    }
  }
}

extension Fragmenter {
  /// Prepares an encoded packet for cutting; nil if it holds no IP header.
  init?(_ packet: EncodedPacket, identification: UInt32, checksum: FieldSetting?) {
    let start = packet.networkOffset
    guard let network = packet.spans.first(where: { $0.kind == .ipv4 || $0.kind == .ipv6 }) else {
      return nil
    }
    link = Array(packet.bytes[..<start])
    self.packet = Array(packet.bytes[start...])
    isIPv6 = network.kind == .ipv6
    var end = network.range.upperBound
    var nextHeader = network.range.lowerBound + 6
    if isIPv6 {
      // Hop-by-hop and routing headers stay in front of every fragment [RFC 8200 4.5].
      for span in packet.spans.drop(while: { $0.kind != .ipv6 }).dropFirst() {
        guard span.kind == .hopByHop || span.kind == .routing else { break }
        nextHeader = span.range.lowerBound
        end = span.range.upperBound
      }
    }
    headerLength = end - start
    nextHeaderOffset = nextHeader - start
    self.identification = identification
    self.checksum = checksum
  }
}
