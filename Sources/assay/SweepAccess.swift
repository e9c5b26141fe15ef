import Link
import Report
import Runner
import Suite
import Wire

/// A target with two sides, and the link that touches both.
struct SweepAccess {
  var target: TargetDescription
  var link: any Link
  var remarks: [String] = []
  /// Whether nothing gets lost uncounted: the path is inside this machine.
  var isReliable = false

  /// Opens both sides of a target.
  static func open(_ target: TargetDescription, buffer: Int) throws -> SweepAccess {
    guard let far = target.far else {
      throw Failure.exit(
        .badInput,
        "'\(target.name)' has one side; a sweep goes through a router, NAT or firewall with 'near' and 'far'"
      )
    }
    do throws(LinkError) {
      let near = try LiveLink(interface: target.near.interface, arm: .near, bufferBytes: buffer)
      let other = try LiveLink(interface: far.interface, arm: .far, bufferBytes: buffer)
      return SweepAccess(target: target, link: PairedLink(near: near, far: other))
    } catch {
      switch error {
      case .notPermitted(let text): throw Failure.exit(.noPermission, text)
      default: throw Failure.exit(.unavailable, error.explanation)
      }
    }
  }
}
