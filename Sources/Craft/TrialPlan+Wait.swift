internal import Suite

extension TrialPlan {
  /// The longest time that the suite gives to one of the steps; zero if it says nothing.
  ///
  /// How long a step takes that says nothing follows from round trips, and is short.
  public var longestWait: Duration { steps.map(\.longestWait).max() ?? .zero }
}

extension PlannedStep {
  fileprivate var longestWait: Duration {
    switch self {
    case .send(let stimulus): stimulus.frames.map(\.offset).max() ?? .zero
    case .expect(let expectation): expectation.longestWait
    case .wait(let duration): duration
    case .connect(let connection): connection.within ?? .zero
    case .exchange(let exchange): exchange.within ?? .zero
    case .close(let close): close.within ?? .zero
    case .forbid, .control: .zero
    }
  }
}

extension PlannedExpectation {
  fileprivate var longestWait: Duration {
    var windows = [within, notBefore]
    if case .anyOf(let alternatives) = kind {
      windows += alternatives.flatMap { [$0.within, $0.notBefore] }
    }
    return windows.compactMap(\.self).max() ?? .zero
  }
}
