import Lab
import Link
import ReferenceDevice
import Report
import Suite
import Wire

/// A target with two sides, and the link that touches both.
struct SweepAccess {
  var target: TargetDescription
  var link: any Link
  /// What the user should know of how it was opened, a line each.
  var remarks: [String] = []
  /// Whether nothing gets lost uncounted: the path is inside this machine, and not impaired on purpose.
  var isReliable = false

  /// Makes or joins a lab, with rules of the user's if files are named.
  static func lab(_ name: String, rulesets: [String], with way: LinkOptions) throws -> SweepAccess {
    if let role = LabCatalogue.simulatedRole(of: name) {
      let target = StrictDevice.description(of: role)
      guard target.far != nil else {
        throw Failure.exit(.usage, "the reference host has one side; see 'assay lab list' for labs with two")
      }
      let link = way.impaired(SimulatedLink(to: StrictDevice.make(role)), arm: .near)
      return SweepAccess(target: target, link: link, isReliable: way.impairment == nil)
    }
    do {
      let lab = try Lab.open(name, rulesets: rulesets)
      var access = try open(lab.targetDescription, with: way)
      access.isReliable = way.impairment == nil
      access.remarks += lab.remarks
      if case .joined(let process) = lab.origin {
        access.remarks.append("using the lab that is up (process \(process))")
      }
      if !lab.rulesets.isEmpty {
        access.remarks.append("the target has the rules of \(lab.rulesets.joined(separator: ", "))")
      }
      return access
    } catch let error as LabError {
      throw Failure.exit(error)
    }
  }

  /// Opens both sides of a target.
  static func open(_ target: TargetDescription, with way: LinkOptions) throws -> SweepAccess {
    guard target.far != nil else {
      throw Failure.exit(
        .usage,
        "'\(target.name)' has one side; a sweep goes through a router, NAT or firewall, with 'near' and 'far'"
      )
    }
    return SweepAccess(target: target, link: try way.open(target))
  }
}
