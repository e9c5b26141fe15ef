internal import CLinux
internal import Glibc
internal import Link
public import Wire

/// A lab that this process has made or joined: its thread is in the tester's network namespace.
///
/// The namespaces live as long as the process that made them; there is nothing to clean up.
public struct OpenLab: Sendable {
  /// Where the lab came from.
  public enum Origin: Hashable, Sendable {
    /// Made by this process, and gone with it.
    case created
    /// Made by `assay lab up`, held by this process.
    case joined(process: Int32)
  }

  /// What it was made of.
  let blueprint: LabBlueprint
  /// Whether this process made it.
  public var origin: Origin
  /// How long it took to make or join it.
  public var elapsed = Duration.zero
  /// Made in a user namespace, without privileges.
  public var isRootless: Bool
  /// Whether this kernel speaks IPv6.
  public var hasIPv6: Bool
  /// Whether a service of the target sends back what comes to its echo port.
  public var hasEcho: Bool
  /// What isn't as it should be, a sentence each; usually none.
  public var remarks: [String]
  /// The files whose rules the target has in place of the lab's own; none: it has those.
  public var rulesets: [String]

  let target: NamespaceDescriptor
  let tester: NamespaceDescriptor

  /// Its name in the catalogue.
  public var name: String { blueprint.name }
  /// The interface of the tester's near side, to be opened with `LiveLink`.
  public var interface: String { LabCable.near.testerInterface }
  /// The interface of the tester's far side; nil where the target has one side.
  public var farInterface: String? { blueprint.cables.dropFirst().first?.testerInterface }
  /// The target's Ethernet address on the near side.
  public var targetMAC: MACAddress? { LabCable.near.targetMAC }

  /// Runs something on the target's side, for example a program that changes its firewall.
  ///
  /// - Throws: `LabError.failed` if the namespaces can't be changed; what `body` throws is its result's matter.
  public func inTarget<Result>(_ body: () -> Result) throws(LabError) -> Result {
    try target.enter()
    let result = body()
    try tester.enter()
    return result
  }
}

/// A network namespace by its descriptor, open until the process ends: a lab must not vanish while it's used.
struct NamespaceDescriptor: Hashable, Sendable {
  var number: Int32

  /// The namespace of the calling thread.
  static func current() throws(LabError) -> NamespaceDescriptor { try open("/proc/thread-self/ns/net") }

  /// The namespace behind a path.
  static func open(_ path: String) throws(LabError) -> NamespaceDescriptor {
    do throws(SystemErrno) {
      return NamespaceDescriptor(number: try Descriptor(opening: path).release())
    } catch {
      throw .failed(step: "open \(path)", reason: error.text)
    }
  }

  /// Moves the calling thread there.
  func enter(_ kind: Int32 = assay_clone_newnet) throws(LabError) {
    let code = assay_setns(number, kind)
    if code != 0 { throw .failed(step: "enter a namespace", reason: SystemErrno(code).text) }
  }
}
