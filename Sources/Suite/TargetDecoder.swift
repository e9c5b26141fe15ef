internal import Wire

extension TargetDescription {
  /// Decodes a target file; throws all faults of the file at once.
  public init(decoding text: String, file: String) throws(SuiteError) {
    let tree = try YAMLTree.parse(text, file: file)
    var decoder = TargetDecoder()
    let target = decoder.target(tree)
    guard let target, decoder.reader.diagnostics.isEmpty else { throw SuiteError(decoder.reader.diagnostics) }
    self = target
  }
}

/// Turns a target file's tree into a `TargetDescription`.
private struct TargetDecoder {
  var reader = TreeReader()

  mutating func target(_ tree: YAMLTree) -> TargetDescription? {
    let entries = reader.entries(tree, .target)
    let name = entries["name"].flatMap { reader.text($0.value, "the target's name") }
    let role = entries["role"].flatMap { reader.choice($0.value, "a role", as: Role.self) }
    let near = entries["near"].flatMap { side($0.value, .near) }
    let far = entries["far"].flatMap { side($0.value, .far) }
    if let far, let near {
      check(far, besides: near, role, at: entries["far"]?.key.position ?? tree.position)
    }
    var capabilities: [String: String] = [:]
    if let tree = entries["capabilities"]?.value {
      if tree.mapping == nil {
        reader.error(
          at: tree.position,
          "'capabilities' must be a mapping such as { timestamp: true }, not \(tree.kindName)"
        )
      }
      for (key, value) in tree.mapping ?? [] {
        capabilities[key.value] = reader.text(value, "capability '\(key.value)'")
      }
    }
    if let limits = entries["limits"]?.value {
      for (key, value) in reader.entries(limits, .limits) {
        if let number = reader.number(value.value, "'\(key)'") { capabilities[key] = String(number) }
      }
    }
    let ownMAC = flag(entries["macs"]?.value, "'macs'", yes: "own", no: "personas")
    let spoofing = flag(entries["spoofing"]?.value, "'spoofing'", yes: "allowed", no: "forbidden")
    guard let name, let role, let near else { return nil }
    return TargetDescription(
      name: name,
      role: role,
      near: near,
      far: far,
      capabilities: capabilities,
      allowsSpoofing: spoofing,
      usesOwnMAC: ownMAC
    )
  }

  /// What the two sides must be together.
  private mutating func check(
    _ far: TargetDescription.Side,
    besides near: TargetDescription.Side,
    _ role: Role?,
    at position: SourcePosition
  ) {
    if role == .host {
      reader.error(at: position, "a host has one side; 'far' is for router, nat and firewall")
    }
    if far.interface == near.interface {
      reader.error(at: position, "'far' and 'near' need interfaces of their own, both have \(far.interface)")
    }
    if far.testers == nil || near.testers == nil {
      reader.error(at: position, "with two sides both need 'testers', so that frames can be told apart")
    }
  }

  private mutating func side(_ tree: YAMLTree, _ arm: Arm) -> TargetDescription.Side? {
    let entries = reader.entries(tree, arm == .near ? .near : .far)
    guard let interface = entries["interface"].flatMap({ reader.text($0.value, "the interface") }) else {
      return nil
    }
    var side = TargetDescription.Side(interface: interface)
    if let tree = entries["ipv4"]?.value, let (address, length) = prefix(tree, 32, IPv4Address.init) {
      (side.ipv4, side.ipv4PrefixLength) = (address, length ?? 24)
    }
    if let tree = entries["ipv6"]?.value, let (address, length) = prefix(tree, 128, IPv6Address.init) {
      (side.ipv6, side.ipv6PrefixLength) = (address, length ?? 64)
    }
    if side.ipv4 == nil && side.ipv6 == nil {
      reader.error(at: tree.position, "'\(arm.rawValue)' needs the target's address: 'ipv4', 'ipv6' or both")
    }
    if let tree = entries["mac"]?.value, tree.scalar != "auto" {
      side.mac = address(tree, "an Ethernet address, or 'auto'", MACAddress.init)
    }
    side.linkLocal = entries["link-local"].flatMap { address($0.value, "an IPv6 address", IPv6Address.init) }
    if let tree = entries["testers"]?.value {
      side.testers = testers(tree, of: side)
    }
    if let tree = entries["gateway"]?.value {
      let addresses = reader.entries(tree, .gateway)
      side.gateway = TargetDescription.Gateway(
        ipv4: addresses["ipv4"].flatMap { address($0.value, "an IPv4 address", IPv4Address.init) },
        ipv6: addresses["ipv6"].flatMap { address($0.value, "an IPv6 address", IPv6Address.init) }
      )
    }
    return side
  }

  /// Ranges of addresses on the target's own networks, without its own address.
  private mutating func testers(
    _ tree: YAMLTree,
    of side: TargetDescription.Side
  ) -> TargetDescription.Testers {
    let before = reader.diagnostics.count
    let ranges = reader.entries(tree, .testers)
    var testers = TargetDescription.Testers()
    if let tree = ranges["ipv4"]?.value, let range = range(tree, IPv4Address.init) {
      testers.ipv4 = range
      if let target = side.ipv4 {
        check(range, avoids: target, at: tree.position) { address in
          (address.rawValue ^ target.rawValue) >> UInt32(clamping: 32 - side.ipv4PrefixLength) == 0
        }
      }
    }
    if let tree = ranges["ipv6"]?.value, let range = range(tree, IPv6Address.init) {
      testers.ipv6 = range
      if let target = side.ipv6 {
        check(range, avoids: target, at: tree.position) { address in
          (address.high ^ target.high) >> UInt64(clamping: 64 - min(64, side.ipv6PrefixLength)) == 0
            && (address.low ^ target.low) >> UInt64(clamping: 64 - max(0, side.ipv6PrefixLength - 64)) == 0
        }
      }
    }
    if ranges.isEmpty, reader.diagnostics.count == before {
      reader.error(at: tree.position, "'testers' needs a range: 'ipv4', 'ipv6' or both")
    }
    return testers
  }

  private mutating func check<Address: Comparable>(
    _ range: ClosedRange<Address>,
    avoids target: Address,
    at position: SourcePosition,
    isOnLink: (Address) -> Bool
  ) {
    if range.contains(target) {
      reader.error(at: position, "the testers' range holds \(target), the target's own address")
    } else if !isOnLink(range.lowerBound) || !isOnLink(range.upperBound) {
      reader.error(at: position, "the testers' range leaves the network of \(target)")
    }
  }

  private mutating func address<Address>(
    _ tree: YAMLTree,
    _ what: String,
    _ parse: (String) -> Address?
  ) -> Address? {
    guard let text = reader.text(tree, what) else { return nil }
    if let address = parse(text) { return address }
    reader.error(at: tree.position, "'\(text)' is not \(what)")
    return nil
  }

  private mutating func prefix<Address>(
    _ tree: YAMLTree,
    _ bits: Int,
    _ parse: (String) -> Address?
  ) -> (Address, Int?)? {
    guard let text = reader.text(tree, "an address with its prefix length") else { return nil }
    let parts = text.components(around: "/") ?? (text, "")
    let length = parts.1.isEmpty ? nil : Int(parts.1)
    guard let address = parse(parts.0), parts.1.isEmpty || (length.map { (1...bits).contains($0) } ?? false)
    else {
      reader.error(at: tree.position, "'\(text)' is not an address with a prefix length from 1 to \(bits)")
      return nil
    }
    return (address, length)
  }

  private mutating func range<Address: Comparable>(
    _ tree: YAMLTree,
    _ parse: (String) -> Address?
  ) -> ClosedRange<Address>? {
    guard let text = reader.text(tree, "a range of addresses") else { return nil }
    let bounds = text.components(around: "-") ?? (text, text)
    guard let low = parse(bounds.0), let high = parse(bounds.1), low <= high else {
      reader.error(at: tree.position, "'\(text)' is not a range FIRST-LAST of addresses")
      return nil
    }
    return low...high
  }

  private mutating func flag(_ tree: YAMLTree?, _ what: String, yes: String, no: String) -> Bool {
    guard let tree else { return false }
    guard let word = reader.text(tree, what), word == yes || word == no else {
      reader.error(at: tree.position, "\(what) is '\(yes)' or '\(no)'")
      return false
    }
    return word == yes
  }
}
