internal import Link

extension Doctor {
  /// Looks at a real interface: whether it's there, what it is, and what it does to frames.
  static func examine(named name: String) -> [DoctorCheck] {
    let interface: NetworkInterface
    let offloads: [Offload]
    do throws(SystemErrno) {
      interface = try NetworkInterface(named: name, through: NetlinkSocket())
      offloads = try OffloadControl().enabled(on: name)
    } catch {
      return [DoctorCheck(name, .missing, error.text, remedy: "ip -br link shows the interfaces there are")]
    }
    if interface.hardwareType != NetworkInterface.ethernet {
      return [DoctorCheck(name, .missing, "isn't Ethernet (hardware type \(interface.hardwareType))")]
    }
    var state = DoctorCheck(name, .ok, "up, MTU \(interface.mtu)")
    if !interface.isUp {
      state = DoctorCheck(name, .missing, "down", remedy: "sudo ip link set \(name) up")
    } else if !interface.isRunning {
      state = DoctorCheck(name, .warning, "up, but no carrier", remedy: "look at the cable and the other end")
    }
    if offloads.isEmpty { return [state, DoctorCheck("\(name) offloads", .ok, "off")] }
    let words = offloads.map(\.rawValue)
    return [
      state,
      DoctorCheck(
        "\(name) offloads",
        .warning,
        "checksums or segments are left to it (\(words.joined(separator: ", "))): captured frames may differ "
          + "from those on the wire",
        remedy: "sudo ethtool -K \(name) " + words.map { "\($0) off" }.joined(separator: " ")
      ),
    ]
  }
}
