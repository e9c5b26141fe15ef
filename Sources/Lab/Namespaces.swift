internal import CLinux
internal import Glibc
internal import Link

/// Making namespaces, as root or without.
enum Namespaces {
  /// Moves the calling thread into a new network namespace; in a new user namespace where privileges are missing.
  ///
  /// Without privileges the process must have one thread only.
  ///
  /// - Returns: whether it took a user namespace.
  static func enterNew() throws(LabError) -> Bool {
    let code = assay_unshare(assay_clone_newnet)
    if code == 0 { return false }
    if code != EPERM { throw forbidden(code, "unshare(CLONE_NEWNET)") }
    let (user, group) = (getuid(), getgid())
    let second = assay_unshare(assay_clone_newuser | assay_clone_newnet)
    if second != 0 { throw forbidden(second, "unshare(CLONE_NEWUSER | CLONE_NEWNET)") }
    // The user is root inside, and nobody else exists there.
    for (file, text) in [("setgroups", "deny"), ("uid_map", "0 \(user) 1"), ("gid_map", "0 \(group) 1")] {
      do throws(SystemErrno) { try writeSmallFile("/proc/self/\(file)", text) } catch {
        // An old kernel has no setgroups file, and needs none.
        if file == "setgroups", error.code == ENOENT { continue }
        throw forbidden(error.code, "write /proc/self/\(file)")
      }
    }
    return true
  }

  /// Moves the calling thread into one more network namespace.
  static func enterAnother() throws(LabError) {
    let code = assay_unshare(assay_clone_newnet)
    if code != 0 { throw forbidden(code, "unshare(CLONE_NEWNET)") }
  }

  /// Says why the system refused a namespace, and what can be done about it.
  static func forbidden(_ code: Int32, _ step: String) -> LabError {
    if code == EINVAL {
      return .failed(step: step, reason: "a process with several threads can't make a user namespace")
    }
    return .forbidden(
      reason: "\(step): \(SystemErrno(code).text)",
      remedies: obstacles() + ["or run it as root (sudo assay …)"]
    )
  }

  /// The switches of this system that forbid user namespaces to those who aren't root, each with its remedy.
  static func obstacles() -> [String] {
    var found: [String] = []
    func value(_ path: String) -> String? {
      (try? readSmallFile("/proc/sys/" + path))?.split(separator: "\n").first.map(String.init)
    }
    if value("user/max_user_namespaces") == "0" {
      found.append("user namespaces are off: sudo sysctl user.max_user_namespaces=1000")
    }
    if value("user/max_net_namespaces") == "0" {
      found.append("network namespaces are off: sudo sysctl user.max_net_namespaces=1000")
    }
    if value("kernel/unprivileged_userns_clone") == "0" {
      found.append("they are for root only: sudo sysctl kernel.unprivileged_userns_clone=1")
    }
    if value("kernel/apparmor_restrict_unprivileged_userns") == "1" {
      found.append("AppArmor restricts them: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0")
    }
    let isContainer = access("/.dockerenv", F_OK) == 0 || access("/run/.containerenv", F_OK) == 0
    if isContainer {
      found.append("in a container: start it with --cap-add SYS_ADMIN --cap-add NET_ADMIN, or --privileged")
    } else if (try? readSmallFile("/proc/self/status"))?.contains("\nSeccomp:\t2") == true {
      found.append("a system call filter (seccomp) is on: start it outside of the sandbox")
    }
    return found
  }
}
