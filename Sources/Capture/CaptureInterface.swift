/// The link-layer header which packets of an interface start with, by its number in the registry of LINKTYPE values.
public struct LinkType: RawRepresentable, Hashable, Sendable {
  /// The registered number.
  public var rawValue: UInt16
  /// Any number, registered or not.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Ethernet.
  public static let ethernet = LinkType(rawValue: 1)
}

/// An interface which a capture file has packets of.
public struct CaptureInterface: Hashable, Sendable {
  /// Its name, for example `eth1`; may be empty.
  public var name: String
  /// A line for people; may be empty.
  public var description: String
  /// What its packets start with.
  public var linkType: LinkType
  /// Most octets captured of one packet; 0 for no limit.
  public var snapLength: Int
  /// The resolution of its time stamps.
  public var resolution: TimestampResolution
  /// Seconds to add to each of its time stamps.
  public var timeOffset: Int64
  /// What the capture counted on it; nil where the file doesn't say.
  public var statistics: InterfaceStatistics?

  /// Creates an interface, of Ethernet with nanoseconds unless told otherwise.
  public init(
    name: String,
    description: String = "",
    linkType: LinkType = .ethernet,
    snapLength: Int = 262_144,
    resolution: TimestampResolution = .nanoseconds,
    timeOffset: Int64 = 0,
    statistics: InterfaceStatistics? = nil
  ) {
    self.name = name
    self.description = description
    self.linkType = linkType
    self.snapLength = snapLength
    self.resolution = resolution
    self.timeOffset = timeOffset
    self.statistics = statistics
  }
}

/// What a capture counted on one interface.
public struct InterfaceStatistics: Hashable, Sendable {
  /// Packets received; nil where it isn't stated.
  public var received: UInt64?
  /// Packets lost in the interface; nil where it isn't stated.
  public var droppedByInterface: UInt64?
  /// Packets lost by the operating system, for want of buffers; nil where it isn't stated.
  public var droppedBySystem: UInt64?

  /// Creates counters.
  public init(received: UInt64? = nil, droppedByInterface: UInt64? = nil, droppedBySystem: UInt64? = nil) {
    self.received = received
    self.droppedByInterface = droppedByInterface
    self.droppedBySystem = droppedBySystem
  }
}
