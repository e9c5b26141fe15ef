internal import Link

extension Doctor {
  /// Makes each lab in turn, and captures in the first one.
  static func labs() -> [DoctorCheck] {
    let opened: OpenLab
    do throws(LabError) { opened = try LabMaker.make(.linuxHost) } catch {
      if case .forbidden(let reason, let remedies) = error {
        return [DoctorCheck("lab", .missing, reason, remedy: remedies.joined(separator: "; "))]
      }
      return [DoctorCheck("lab", .missing, error.description)]
    }
    return [found(opened, named: "lab"), capture(in: opened)]
      + LabBlueprint.all.filter(\.forwards).map(further)
  }

  private static func found(_ lab: OpenLab, named name: String) -> DoctorCheck {
    let way = lab.isRootless ? " in a user namespace" : " as root"
    let milliseconds = lab.elapsed.components.attoseconds / 1_000_000_000_000_000
    let words = ["\(lab.name) up\(way) in \(milliseconds) ms"] + lab.remarks
    return DoctorCheck(name, lab.remarks.isEmpty ? .ok : .warning, words.joined(separator: "; "))
  }

  private static func capture(in lab: OpenLab) -> DoctorCheck {
    do throws(LinkError) {
      let link = try LiveLink(interface: lab.interface)
      link.close()
      return DoctorCheck("capture", .ok, "\(lab.interface): nanosecond stamps, immediate mode")
    } catch {
      return DoctorCheck("capture", .missing, "\(error)")
    }
  }

  /// A lab that not everybody needs.
  private static func further(_ blueprint: LabBlueprint) -> DoctorCheck {
    do throws(LabError) {
      let lab = try LabMaker.make(blueprint)
      if blueprint.rules != nil { try lab.forgetFlows() }
      return found(lab, named: blueprint.name)
    } catch {
      switch error {
      case .programMissing(let program, let remedy):
        return DoctorCheck(blueprint.name, .warning, "needs \(program)", remedy: remedy)
      default:
        // The kernel loads modules by itself where it may.
        let modules =
          "nf_tables nf_conntrack nf_conntrack_netlink nf_nat nft_ct nft_masq nft_reject_inet nft_compat"
        let remedy = "sudo modprobe -a \(modules)"
        return DoctorCheck(blueprint.name, .warning, error.description, remedy: remedy)
      }
    }
  }
}
