/// How a path treated the control probes of a trial or of a run: what it does to them it does to all else.
public struct PathQuality: Hashable, Sendable {
  /// Requests that left while the target was alive.
  public var probes = 0
  /// Those without an answer, though a later one was answered.
  public var lost = 0
  /// Answers that came once more.
  public var repeated = 0

  /// Puts the parts together.
  public init(probes: Int = 0, lost: Int = 0, repeated: Int = 0) {
    self.probes = probes
    self.lost = lost
    self.repeated = repeated
  }

  /// Whether nothing happened to any probe.
  public var isClean: Bool { lost == 0 && repeatedByPath == 0 }

  /// Answers that the path repeated; a target that answers most requests twice does so itself.
  private var repeatedByPath: Int { repeated * 2 > probes ? 0 : repeated }

  /// Adds what other probes met with.
  public static func += (sum: inout PathQuality, part: PathQuality) {
    sum.probes += part.probes
    sum.lost += part.lost
    sum.repeated += part.repeated
  }

  /// How often a frame is lost, at most, as far as the probes show.
  ///
  /// A probe is two frames. Two more are counted than were lost, since few probes may have been lucky.
  var loss: Double { min(Double(lost + 2) / Double(2 * max(1, probes)), 0.5) }

  /// Whether so many probes were sent that they show what the path is like.
  var isKnown: Bool { probes >= 64 }

  /// How often anything happens to a frame, at most; that one overtakes another doesn't show in probes, which go one by one.
  var mishaps: Double { min(1.5 * Double(lost + repeatedByPath + 2) / Double(2 * max(1, probes)), 0.75) }

  /// In words, for reports.
  public var text: String { "lost \(lost) and repeated \(repeated) of \(probes) control probes" }
}
