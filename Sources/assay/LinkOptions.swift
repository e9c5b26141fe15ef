import Link
import Report
import Runner
import Suite
import Wire

/// How the interfaces on the way to a target are opened.
struct LinkOptions {
  /// Room for captured frames that wait to be looked at, for each interface.
  var bufferBytes: Int
  /// What is wrong with the path on purpose.
  var impairment: Impairment?

  /// Opens the interface on the target's near side, and joins the one on its far side to it if there is one.
  func open(_ target: TargetDescription) throws -> any Link {
    let near = try live(target.near.interface, arm: .near)
    guard let far = target.far else { return near }
    return PairedLink(near: near, far: try live(far.interface, arm: .far))
  }

  private func live(_ interface: String, arm: Arm) throws -> any WaitableLink {
    do {
      return impaired(try LiveLink(interface: interface, arm: arm, bufferBytes: bufferBytes), arm: arm)
    } catch {
      switch error {
      case .notPermitted(let text): throw Failure.exit(.noPermission, text)
      default: throw Failure.exit(.unavailable, error.explanation)
      }
    }
  }

  /// A link that waits for descriptors, or its impaired double, which does, too.
  private func impaired(_ link: LiveLink, arm: Arm) -> any WaitableLink {
    impairment(of: arm).map { ImpairedLink(link, $0, arm: arm) } ?? link
  }

  /// A link with what is wrong with the path on purpose.
  func impaired(_ link: any Link, arm: Arm) -> any Link {
    impairment(of: arm).map { ImpairedLink(link, $0, arm: arm) } ?? link
  }

  /// On both sides the same kinds of mishap, but not to the same frames.
  private func impairment(of arm: Arm) -> Impairment? {
    guard var impairment else { return nil }
    if arm == .far { impairment.seed = ~impairment.seed }
    return impairment
  }
}
