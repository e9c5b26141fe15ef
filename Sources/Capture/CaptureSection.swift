/// What a pcapng section says of itself.
public struct CaptureSection: Hashable, Sendable {
  /// The machine it was captured on; may be empty.
  public var hardware: String
  /// That machine's operating system; may be empty.
  public var os: String
  /// The program that wrote it; may be empty.
  public var application: String
  /// Comments on the whole, in order.
  public var comments: [String]
  /// Comments beside the names of addresses, in order: for programs, since no reader shows them to people.
  public var notes: [String]
  /// Names of addresses, which Wireshark shows when it resolves names; only written.
  public var names: [AddressName]

  /// Creates a description.
  public init(
    hardware: String = "",
    os: String = "",
    application: String = "",
    comments: [String] = [],
    notes: [String] = [],
    names: [AddressName] = []
  ) {
    self.hardware = hardware
    self.os = os
    self.application = application
    self.comments = comments
    self.notes = notes
    self.names = names
  }
}

/// The name of a host in a capture.
public struct AddressName: Hashable, Sendable {
  /// Its IPv4 or IPv6 address: 4 or 16 octets in network order; another number isn't written.
  public var address: [UInt8]
  /// What it is called.
  public var name: String

  /// Puts the parts together.
  public init(_ name: String, address: [UInt8]) {
    self.address = address
    self.name = name
  }
}
