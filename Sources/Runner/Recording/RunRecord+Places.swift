internal import Capture
internal import Craft
internal import Link

extension RunRecord {
  /// All trials that were selected.
  var trials: Set<String> { Set(attempts.map(\.trial) + grounded + (ending?.unrun ?? [])) }

  /// Whom it spoke as.
  var personas: Personas {
    if let ownHost { return Personas(own: ownHost, unused: ownUnused ?? ownHost) }
    return Personas(for: target, interfaceMAC: interface.mac, farInterfaceMAC: farInterface?.mac)
  }

  /// Finds the places of attempts in another capture of the same wire, by time.
  mutating func findPlaces(in frames: [CapturedFrame]) {
    let stamps = frames.map(\.time).sorted()
    func place(_ position: inout AttemptRecord.Position) {
      var (low, high) = (0, stamps.count)
      while low < high {
        let middle = (low + high) / 2
        if stamps[middle] <= position.stamp { low = middle + 1 } else { high = middle }
      }
      position.frames = low
    }
    self.frames = frames.count
    for index in attempts.indices {
      place(&attempts[index].begin)
      place(&attempts[index].end)
    }
  }
}
