internal import Craft
internal import Wire

/// Says which trial a captured frame belongs to: by the packet it quotes, by addresses that only one trial has, or by
/// the trial's tag.
struct Attribution {
  /// Whose an answer of the target is.
  enum Owner: Hashable {
    case trial(seat: Int)
    /// One of several trials that can't be told apart by it.
    case oneOf(seats: Set<Int>)
    /// It came late: the trial that spoke as this persona is over.
    case earlierTrial
    case nobody
  }

  private var seatsOf: [Key: Set<Int>] = [:]
  private var keysOf: [Int: Set<Key>] = [:]
  /// Which trial sent a packet that an error may quote, also of trials that are over.
  private var quotes = QuoteIndex()
  /// Frames handed to the link and not yet seen leaving.
  private var departing: [FrameKey: [Int]] = [:]
  /// How many of these each seat has.
  private var departingOf: [Int: Int] = [:]
  /// Tags of the trial in each seat, and of the ones that had the seat before it.
  private var tags: [Int: Set<Tag>] = [:]
  private var earlierTags: [Int: [Set<Tag>]] = [:]
  /// How many earlier trials of a seat are remembered.
  private static let memory = 8
  /// Addresses that belong to personas, whether or not they are in use.
  private var personaKeys: Set<Key> = []
  /// Unused addresses that trials had for themselves, also those of trials that are over: a target goes on asking for them.
  private var unusedKeys: Set<Key> = []
  /// Addresses of the gateway: the target asks for them from time to time, whatever a trial does.
  private var gatewayKeys: Set<Key> = []
  /// Ethernet addresses that Assay sends from.
  private var ownMACs: Set<MACAddress>
  /// Those that only one persona has.
  private(set) var tellingMACs: Set<MACAddress> = []
  private var linkWatch: LinkWatch?
  /// Whose the fragments of a datagram are of which the first one was seen.
  private var fragments = FragmentOwners()
  /// What trials have told the target of.
  private var mentions = MentionIndex()
  /// The unused address of trials that name none.
  let sharedUnused: IPv6Address?
  /// Whether the system speaks from the same addresses.
  private let sharesAddresses: Bool

  init(_ personas: Personas, interfaceMACs: [MACAddress]) {
    ownMACs = Set(interfaceMACs)
    sharesAddresses = !personas.answersNeighbors
    sharedUnused = personas.unused.ipv6
    for router in [personas.router, personas.farRouter] { if let router { ownMACs.insert(router.mac) } }
    var sharedMACs = ownMACs
    for host in personas.seats.flatMap(\.hosts) {
      if !tellingMACs.insert(host.mac).inserted { sharedMACs.insert(host.mac) }
      ownMACs.insert(host.mac)
    }
    tellingMACs.subtract(sharedMACs)
    for seat in personas.seats {
      for host in seat.hosts { personaKeys.formUnion(keys(of: host)) }
    }
    gatewayKeys = Set(keys(of: personas.router) + keys(of: personas.farRouter))
  }

  /// A trial takes its seat; the packets of its plan are noted for errors that quote them.
  ///
  /// - Parameters:
  ///   - plan: What it will send.
  ///   - seat: Whom it speaks as.
  ///   - watchesLink: Whether it looks at questions for addresses, or at what is told to all; no other such trial is in the air.
  mutating func enter(_ plan: TrialPlan, seat: Int, watchesLink: Bool = false) {
    if watchesLink { linkWatch = LinkWatch(seat: seat, plan.endpoints) }
    var keys = Set(self.keys(of: plan.endpoints))
    unusedKeys.formUnion(
      self.keys(of: ownUnused(plan.endpoints)) + prefix(of: plan.endpoints)
    )
    quotes.begin(seat: seat)
    var tags = Tag.all(of: plan.endpoints)
    for step in plan.steps {
      switch step {
      case .send(let stimulus):
        for frame in stimulus.frames { keys.formUnion(note(frame.bytes, seat: seat)) }
      case .connect(let connection):
        keys.formUnion(note(connection.opening.bytes, seat: seat))
        tags.insert(.port(UInt64(connection.localPort)))
      case .expect, .forbid, .wait, .control, .exchange, .close: continue
      }
    }
    keys.formUnion(tags.map { .tag($0) })
    for key in keys { seatsOf[key, default: []].insert(seat) }
    keysOf[seat] = keys
    self.tags[seat] = tags
  }

  /// Notes a packet of a trial for errors that quote it; the source, if it is an address, is the trial's own, whoever
  /// it belongs to.
  private mutating func note(_ bytes: [UInt8], seat: Int) -> Set<Key> {
    let dissection = Dissection(bytes)
    quotes.add(dissection.layers, seat: seat)
    mentions.add(bytes, isWatcher: seat == linkWatch?.seat)
    guard let source = keys(in: dissection, "source").first, !source.isMAC else { return [] }
    return [source]
  }

  /// A trial is over.
  mutating func leave(seat: Int) {
    quotes.end(seat: seat)
    fragments.end(seat: seat)
    if linkWatch?.seat == seat {
      linkWatch = nil
      mentions.endWatch()
    }
    for key in keysOf.removeValue(forKey: seat) ?? [] {
      seatsOf[key]?.remove(seat)
      if seatsOf[key]?.isEmpty ?? false { seatsOf[key] = nil }
    }
    if let tags = tags.removeValue(forKey: seat) {
      earlierTags[seat] = (earlierTags[seat] ?? []).suffix(Self.memory - 1) + [tags]
    }
    guard departingOf.removeValue(forKey: seat) ?? 0 > 0 else { return }
    for (frame, seats) in departing where seats.contains(seat) {
      let rest = seats.filter { $0 != seat }
      departing[frame] = rest.isEmpty ? nil : rest
    }
  }

  /// Whether some trial has one of these addresses, or several have.
  private func isInUse(_ keys: [Key]) -> Bool { keys.contains { seatsOf[$0] != nil } }

  /// The seat that a key belongs to, if it is only one.
  private func seat(of key: Key) -> Int? {
    guard let seats = seatsOf[key], seats.count == 1 else { return nil }
    return seats.first
  }

  /// A frame is handed to the link; one that was crafted late was not noted when its trial took the seat.
  mutating func departs(_ bytes: [UInt8], seat: Int, isLate: Bool = false) {
    departing[FrameKey(bytes), default: []].append(seat)
    departingOf[seat, default: 0] += 1
    guard isLate else { return }
    for key in note(bytes, seat: seat) {
      seatsOf[key, default: []].insert(seat)
      keysOf[seat, default: []].insert(key)
    }
  }

  /// The trial whose frame was seen leaving, octet for octet; nil if these octets weren't handed over.
  mutating func departed(_ bytes: [UInt8]) -> Int? {
    let frame = FrameKey(bytes)
    guard var seats = departing[frame], let seat = seats.first else { return nil }
    seats.removeFirst()
    departing[frame] = seats.isEmpty ? nil : seats
    departingOf[seat, default: 0] -= 1
    return seat
  }

  /// Whether Assay sent a frame, as its source says.
  func isOurs(_ frame: Dissection) -> Bool {
    guard case .mac(let address)? = frame.layer(.ethernet)?.value(of: "source") else { return false }
    return ownMACs.contains(address)
  }

  /// Whether a frame quotes a packet that a trial sent.
  func knowsQuote(in frame: Dissection) -> Bool { quotes.sender(of: frame.quote) != nil }

  /// Whose an answer of the target is; later fragments, which show little, are whose the first one was.
  mutating func owner(ofAnswer frame: Dissection) -> Owner {
    guard let mark = FragmentOwners.Mark(frame) else { return owner(of: frame) }
    if let seat = fragments.seat(of: mark) { return .trial(seat: seat) }
    let owner = owner(of: frame)
    if case .trial(let seat) = owner { fragments.note(mark, seat: seat) }
    return owner
  }

  private func owner(of frame: Dissection) -> Owner {
    switch quotes.sender(of: frame.quote) {
    case .current(let seat): return .trial(seat: seat)
    // What quotes a packet of an earlier trial came too late.
    case .earlier: return .earlierTrial
    case nil: break
    }
    let addressees = keys(in: frame, "destination") + keys(askedForIn: frame) + prefixes(in: frame)
    for key in addressees {
      if let seat = seat(of: key) { return owner(of: frame, inSeat: seat) }
    }
    // To a persona that nobody speaks as now: whatever tag it shows, it isn't for another one.
    if addressees.contains(where: personaKeys.contains) { return .earlierTrial }
    if addressees.contains(where: unusedKeys.contains), !isInUse(addressees) { return .earlierTrial }
    // Who is asked for is nobody's, or all are told: the one trial that looks at such frames wants to know.
    if frame.isToldToAll, let watch = linkWatch {
      return watch.means(frame, mentions) ? .trial(seat: watch.seat) : .nobody
    }
    if let address = frame.questionedAddress, let watch = linkWatch,
      gatewayKeys.isDisjoint(with: addressees), frame.isQuestionForGroup || mentions.isWatchers(address)
    {
      return .trial(seat: watch.seat)
    }
    // What the target passes on shows who sent it, also where it makes fragments that have no ports.
    if let source = keys(in: frame, "source").first, !source.isMAC, let seat = seat(of: source) {
      return owner(of: frame, inSeat: seat)
    }
    return owner(byTagIn: frame, sharing: addressees)
  }

  /// Whose a frame is that concerns an address of one seat: the trial's in it, or one's that had it before.
  private func owner(of frame: Dissection, inSeat seat: Int) -> Owner {
    // A late answer to an earlier trial of this persona shows that trial's tag.
    let found = Tag.all(in: frame)
    let isTagged = !(tags[seat]?.isDisjoint(with: found) ?? true)
    // Connections of this machine to the target are none of a trial's business.
    if sharesAddresses, !isTagged, frame.hasPorts { return .nobody }
    let isLate = !isTagged && (earlierTags[seat] ?? []).contains { !$0.isDisjoint(with: found) }
    return isLate ? .earlierTrial : .trial(seat: seat)
  }

  /// Whose a frame is that goes to no address which only one trial has: a reply to the unspecified address, say.
  private func owner(byTagIn frame: Dissection, sharing addressees: [Key]) -> Owner {
    let tagged = Tag.all(in: frame).reduce(into: Set<Int>()) { $0.formUnion(seatsOf[.tag($1)] ?? []) }
    let sharing = addressees.reduce(into: Set<Int>()) { $0.formUnion(seatsOf[$1] ?? []) }
    let both = tagged.intersection(sharing)
    let candidates = !both.isEmpty ? both : !tagged.isEmpty ? tagged : sharing
    guard let first = candidates.min() else { return .nobody }
    return candidates.count == 1 ? .trial(seat: first) : .oneOf(seats: candidates)
  }

  /// Whether a trial in the air has one of these tags, so that another one with them couldn't be told from it.
  func isTaken(_ endpoints: Endpoints) -> Bool {
    Tag.all(of: endpoints).contains { !(seatsOf[.tag($0)] ?? []).isEmpty }
  }

  /// The trial that a frame of ours belongs to which isn't as it was handed over.
  func seat(ofAltered frame: Dissection) -> Int? {
    keys(in: frame, "source").lazy.compactMap { seat(of: $0) }.first ?? seat(byTagIn: frame)
  }

  private func seat(byTagIn frame: Dissection) -> Int? {
    Tag.all(in: frame).compactMap { seat(of: .tag($0)) }.min()
  }
}
