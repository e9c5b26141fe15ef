public import Craft

/// What a search for the packets that bring the target down set out from, and which attempts it made.
///
/// What it found follows from what the frames of these attempts prove.
public struct InquiryRecord: Hashable, Codable, Sendable {
  /// The trial that did it alone; nil when only several together may have.
  public var culprit: String?
  /// Trials whose packets may have a part in it.
  public var companions: [String]
  /// Sequences that may do it, the likelier first.
  public var sequences: [PacketSequence]
  /// Whether the first of them is known to do it.
  public var isKnown: Bool
  /// Numbers of the attempts, from 0, in order.
  public var attempts: [Int] = []
  /// Whether it was given up because it took too long.
  public var isAbandoned = false
  /// Whether the target came back after the last of them.
  public var isBack = true
  /// How long the target was silent each time.
  public var silences: [Duration] = []

  /// The search, at its beginning.
  var investigation: Investigation {
    isKnown ? Investigation(of: sequences.first ?? PacketSequence([])) : Investigation(among: sequences)
  }
}
