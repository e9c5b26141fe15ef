internal import Suite

/// What a captured frame says of a sweep.
enum Observation: Equatable {
  /// A probe leaves as it was crafted.
  case left(MessageKind)
  /// A probe leaves otherwise than it was crafted.
  case altered(MessageKind)
  /// A probe comes out on the other side, with these fields changed; usually none.
  case arrived(MessageKind, [FieldDifference])
  /// A probe is sent back.
  case rejected(MessageKind, Fate.Rejection)
  /// A witness of that number leaves.
  case witnessLeft(UInt32)
  /// A witness comes out on the other side.
  case witnessArrived(UInt32)
  /// Anything else.
  case other
}
