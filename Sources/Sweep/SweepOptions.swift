public import Suite

/// What a sweep asks, and how.
public struct SweepOptions: Hashable, Sendable {
  /// The maps to draw, in this order.
  public var slices: [SweepSlice] = SweepSlice.all()
  /// Most frames a second.
  public var rate = 10_000
  /// Whether nothing gets lost on the path uncounted, as on a cable inside this machine.
  public var isPathReliable = false
  /// Tells the frames of one sweep from those of another.
  public var run: UInt32 = 1
  /// Whether rate limits are looked for.
  public var looksForLimits = true
  /// How long one slice may go on with probes of which only so many a second get through.
  public var patience = Duration.seconds(10)

  /// The defaults.
  public init() {}
}

/// Is told how a sweep gets on.
public protocol SweepObserver: AnyObject {
  /// A slice begins.
  func sliceBegan(_ slice: SweepSlice, number: Int, of total: Int)
  /// Probes went out, and as many have a fate.
  func sliceIsOn(_ slice: SweepSlice, asked: Int, settled: Int, of total: Int)
  /// A slice is over.
  func sliceEnded(_ result: SliceResult, number: Int, of total: Int)
}
