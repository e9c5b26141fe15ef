/// Block types of pcapng which are understood [draft-ietf-opsawg-pcapng 4].
enum BlockType {
  static let sectionHeader: UInt32 = 0x0a0d_0d0a
  static let interface: UInt32 = 1
  static let obsoletePacket: UInt32 = 2
  static let simplePacket: UInt32 = 3
  static let names: UInt32 = 4
  static let statistics: UInt32 = 5
  static let enhancedPacket: UInt32 = 6
}

/// Kinds of records in a block of names.
enum NameRecord {
  static let end: UInt16 = 0
  static let ipv4: UInt16 = 1
  static let ipv6: UInt16 = 2
}

/// Option codes of those blocks.
enum OptionCode {
  static let end: UInt16 = 0
  static let comment: UInt16 = 1
  static let sectionHardware: UInt16 = 2
  static let sectionOS: UInt16 = 3
  static let sectionApplication: UInt16 = 4
  static let interfaceName: UInt16 = 2
  static let interfaceDescription: UInt16 = 3
  static let interfaceResolution: UInt16 = 9
  static let interfaceTimeOffset: UInt16 = 14
  static let packetFlags: UInt16 = 2
  static let statisticsReceived: UInt16 = 4
  static let statisticsInterfaceDrop: UInt16 = 5
  static let statisticsSystemDrop: UInt16 = 7
}
