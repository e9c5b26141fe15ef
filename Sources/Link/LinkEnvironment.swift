internal import CLinux
internal import CPcap
internal import Glibc

/// What a capture was taken with: facts that explain it years later, label and text, in order.
public struct LinkEnvironment: Hashable, Codable, Sendable {
  /// One fact.
  public struct Fact: Hashable, Codable, Sendable {
    /// What it is about, for example `driver`.
    public var label: String
    /// What is so.
    public var text: String

    /// Puts the parts together.
    public init(_ label: String, _ text: String) {
      self.label = label
      self.text = text
    }
  }

  /// The facts, in order.
  public var facts: [Fact]
  /// The machine's hardware, for example `x86_64`; empty if there is none.
  public var hardware: String
  /// The operating system with its version; empty if there is none.
  public var system: String

  /// Puts the parts together.
  public init(facts: [Fact] = [], hardware: String = "", system: String = "") {
    self.facts = facts
    self.hardware = hardware
    self.system = system
  }

  /// A link that is no real one.
  static let simulated = LinkEnvironment(facts: [
    Fact("link", "simulated"), Fact("clock", "virtual, nanoseconds"),
  ])

  /// A real interface, as it is now.
  init(of interface: InterfaceDescription) {
    var name = utsname()
    guard uname(&name) == 0 else {
      self.init()
      return
    }
    let system = "\(Self.text(name.sysname)) \(Self.text(name.release)) \(Self.text(name.version))"
    let offloads = (try? OffloadControl())?.enabled(on: interface.name).map(\.rawValue) ?? []
    let facts = [
      Fact("driver", Self.driver(of: interface.name)), Fact("mtu", "\(interface.mtu)"),
      Fact("offloads", offloads.isEmpty ? "none" : offloads.joined(separator: " ")),
      Fact("kernel", "\(Self.text(name.sysname)) \(Self.text(name.release))"),
      Fact("libpcap", pcap_lib_version().map { String(cString: $0) } ?? "unknown"),
      Fact("clock", "kernel stamps of arrival and departure, nanoseconds, source \(Self.clockSource)"),
      Fact("processors", "\(sysconf(Int32(_SC_NPROCESSORS_ONLN)))"),
    ]
    self.init(facts: facts, hardware: Self.text(name.machine), system: system)
  }

  /// The driver's name; veth and others without a device have only a kind.
  private static func driver(of interface: String) -> String {
    var buffer = [CChar](repeating: 0, count: 64)
    guard assay_ethtool_driver(interface, &buffer, buffer.count) == 0 else { return "unknown" }
    return text(buffer)
  }

  private static var clockSource: String {
    let file = "/sys/devices/system/clocksource/clocksource0/current_clocksource"
    let text = (try? readSmallFile(file)) ?? "unknown"
    return String(text.prefix { !$0.isNewline })
  }

  /// The text in a C array of characters.
  private static func text<Characters>(_ characters: Characters) -> String {
    withUnsafeBytes(of: characters) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  private static func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
