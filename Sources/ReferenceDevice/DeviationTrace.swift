internal import Synchronization

/// Where a strict device came to places at which mutants deviate.
///
/// A device does the same as the strict one until it is first asked for its deviation; a case during which nobody asks
/// can't notice the mutant.
public final class DeviationTrace: Sendable {
  private let asked = Mutex<Set<AnyHashable>>([])

  /// One without any place.
  public init() {}

  func note(_ deviation: some Deviation) { asked.withLock { _ = $0.insert(AnyHashable(deviation)) } }

  /// Those of the mutants whose place was come to.
  public func reached(of mutants: [Mutant]) -> Set<Mutant> {
    asked.withLock { asked in Set(mutants.filter { asked.contains($0.key) }) }
  }
}

extension Mutant {
  fileprivate var key: AnyHashable { AnyHashable(deviation) }
}
