internal import Suite

/// What one pass over some probes showed.
///
/// Probes go out in chunks with a witness in front of each and one behind; what vanished from a chunk counts only if both
/// witnesses came out, and the capture lost nothing meanwhile.
struct PassRecord {
  /// How often each kind came to something.
  private(set) var arrivals: [UInt16]
  /// The chunk in which each kind was last sent.
  private var chunkOf: [Int32]
  /// Kinds that were seen leaving.
  private var hasLeft: [Bool]
  private var witnessLeft: [Bool] = []
  private var witnessArrived: [Bool] = []
  /// The latest witness that came out; -1: none did.
  private(set) var latestArrived = -1
  /// Kinds that had never come to anything before.
  var news: [MessageKind] = []
  /// Whether the capture lost nothing.
  var isComplete = true

  init() {
    arrivals = [UInt16](repeating: 0, count: MessageKind.count)
    chunkOf = [Int32](repeating: -1, count: MessageKind.count)
    hasLeft = [Bool](repeating: false, count: MessageKind.count)
  }

  /// How many witnesses went out.
  var witnessCount: Int { witnessLeft.count }

  /// A further witness goes out; returns its number within the pass.
  mutating func addWitness() -> Int {
    witnessLeft.append(false)
    witnessArrived.append(false)
    return witnessLeft.count - 1
  }

  /// A probe goes out behind the latest witness.
  mutating func addProbe(_ kind: MessageKind) { chunkOf[kind.number] = Int32(witnessLeft.count - 1) }

  mutating func noteLeft(_ kind: MessageKind) { hasLeft[kind.number] = true }

  mutating func noteArrival(_ kind: MessageKind) { arrivals[kind.number] &+= 1 }

  mutating func noteWitness(_ number: Int, arrived: Bool) {
    guard witnessLeft.indices.contains(number) else { return }
    guard arrived else {
      witnessLeft[number] = true
      return
    }
    witnessArrived[number] = true
    latestArrived = max(latestArrived, number)
  }

  /// Whether a kind left as it was crafted.
  func hasLeft(_ kind: MessageKind) -> Bool { hasLeft[kind.number] }

  /// How often a kind came to something.
  func arrivals(of kind: MessageKind) -> Int { Int(arrivals[kind.number]) }

  /// Whether silence about a kind means anything: it left, witnesses before and behind it came out, nothing got lost in the capture.
  func proves(_ kind: MessageKind) -> Bool {
    let chunk = Int(chunkOf[kind.number])
    guard isComplete, chunk >= 0, chunk + 1 < witnessArrived.count, hasLeft[kind.number] else { return false }
    return witnessArrived[chunk] && witnessArrived[chunk + 1]
  }

  /// How the path treated the witnesses.
  var path: PathTally {
    let sent = witnessLeft.count { $0 }
    let arrived = zip(witnessLeft, witnessArrived).count { $0 && $1 }
    return PathTally(sent: sent, lost: sent - arrived)
  }
}
