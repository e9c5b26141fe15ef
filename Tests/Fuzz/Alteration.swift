import Capture
import Judge
import Wire

/// Alters the frames of a recording as an input says.
struct Alteration {
  var frames: [TrialFrame]
  /// How many frames the capture is said to have lost.
  private(set) var losses = 0
  private var source: ByteSource

  private static let mostSteps = 40
  private static let mostFrames = 200

  init(_ frames: [TrialFrame], _ source: ByteSource) {
    self.frames = frames
    self.source = source
  }

  mutating func run() {
    for _ in 0..<Self.mostSteps where !source.isEmpty { step() }
  }

  private mutating func step() {
    let choice = source.byte() % 18
    guard let place = source.index(frames.count) else { return insertLiteral(at: 0) }
    switch choice {
    case 0: frames.remove(at: place)
    case 1:
      let target = source.index(frames.count) ?? 0
      insert(frames[place], at: target)
    case 2:
      let other = source.index(frames.count) ?? 0
      frames.swapAt(place, other)
    case 3: move(to: place)
    case 4:
      let duration = Duration.nanoseconds(Int64(source.number(5)) - 1 << 34)
      delay(from: place, by: duration)
    case 5:
      let shift = Duration.microseconds(Int64(source.number(3)) - 1 << 23)
      set(place) { $0.time = $0.time + shift }
    case 6, 7: change(place, isRepaired: choice == 7)
    case 8:
      let length = Int(source.number(2))
      set(place, bytes: Array(frames[place].frame.bytes.prefix(length)))
    case 9:
      let whole = frames[place].frame.bytes.count
      let length = Int(source.byte())
      set(place, bytes: Array(frames[place].frame.bytes.prefix(length)))
      set(place) { $0.originalLength = whole }
    case 10: frames[place].isOutgoing.toggle()
    case 11: insertLiteral(at: place)
    case 12: insertForeign(at: place)
    case 13:
      let length = Int(source.number(4))
      set(place) { $0.originalLength = length }
    case 14:
      let time = source.byte() & 1 == 0 ? Timestamp.distantFuture : Timestamp(nanoseconds: .min)
      set(place) { $0.time = time }
    case 15: losses = Int(source.byte())
    case 16: repeatFrame(place)
    default: cut(place)
    }
  }

  private mutating func set(_ place: Int, _ change: (inout CapturedFrame) -> Void) {
    change(&frames[place].frame)
  }

  private mutating func set(_ place: Int, bytes: [UInt8]) {
    let old = frames[place]
    let frame = CapturedFrame(time: old.frame.time, arm: old.frame.arm, bytes: bytes)
    frames[place] = TrialFrame(frame, Dissection(bytes), isOutgoing: old.isOutgoing)
  }

  private mutating func insert(_ frame: TrialFrame, at place: Int) {
    if frames.count < Self.mostFrames { frames.insert(frame, at: min(place, frames.count)) }
  }

  /// A frame as it would have come then.
  private mutating func insert(_ bytes: [UInt8], at place: Int, isOutgoing: Bool = false) {
    let time = frames.isEmpty ? Timestamp(nanoseconds: 0) : frames[min(place, frames.count - 1)].frame.time
    let frame = CapturedFrame(time: time, bytes: bytes)
    insert(TrialFrame(frame, Dissection(bytes), isOutgoing: isOutgoing), at: place)
  }

  private mutating func insertLiteral(at place: Int) {
    let length = Int(source.number(1))
    insert(source.octets(length), at: place)
  }

  private mutating func insertForeign(at place: Int) {
    let name = "\(source.number(1))"
    let others = BundledTrials.shared.recording(named: name)?.frames ?? []
    guard let index = source.index(others.count) else { return }
    insert(others[index].frame.bytes, at: place, isOutgoing: others[index].isOutgoing)
  }

  private mutating func move(to place: Int) {
    guard let from = source.index(frames.count) else { return }
    let frame = frames.remove(at: from)
    insert(frame, at: place)
  }

  private mutating func delay(from place: Int, by duration: Duration) {
    for index in place..<frames.count { set(index) { $0.time = $0.time + duration } }
  }

  private mutating func repeatFrame(_ place: Int) {
    let step = Duration.nanoseconds(Int64(source.number(2)))
    var frame = frames[place]
    for _ in 0..<Int(source.byte() % 50) {
      frame.frame.time = frame.frame.time + step
      insert(frame, at: place + 1)
    }
  }

  private mutating func change(_ place: Int, isRepaired: Bool) {
    var bytes = frames[place].frame.bytes
    let octet = Int(source.byte()) + (bytes.count > 256 && source.byte() > 200 ? 256 : 0)
    let value = source.byte()
    guard bytes.indices.contains(octet) else { return }
    bytes[octet] = value
    set(place, bytes: isRepaired ? Repair.octets(bytes) : bytes)
  }

  /// Puts two or more fragments in the place of a frame.
  private mutating func cut(_ place: Int) {
    let frame = frames[place]
    let size = (Int(source.byte() % 32) + 1) * 8
    let pieces = Fragments.of(frame.frame.bytes, size: size)
    guard pieces.count > 1, frames.count + pieces.count < Self.mostFrames else { return }
    frames.remove(at: place)
    for piece in pieces.reversed() {
      let captured = CapturedFrame(time: frame.frame.time, bytes: piece)
      frames.insert(TrialFrame(captured, Dissection(piece), isOutgoing: frame.isOutgoing), at: place)
    }
  }
}
