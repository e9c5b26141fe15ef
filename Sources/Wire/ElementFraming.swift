/// How the elements of a list say where they end.
public enum ElementFraming: Sendable, Hashable {
  /// IPv4 and TCP options: the length covers type and length; 0 ends the list, 1 is a single octet.
  case internet
  /// IPv6 options: the length covers what follows it; 0 is a single octet.
  case ipv6
  /// Neighbour discovery: the length counts units of eight octets.
  case neighborDiscovery
  /// Objects of ICMP extensions: a length of two octets covers the object.
  case object
  /// Records whose own counts say how long they are.
  case record
  /// Like elements of so many octets; `words` is the octet of the layer's header that has another count of words.
  case fixed(octets: Int, words: Int? = nil)

  /// Octets that one unit of an element's length stands for; 0 where elements have no length.
  public var lengthUnit: Int {
    switch self {
    case .internet, .ipv6, .object: 1
    case .neighborDiscovery: 8
    case .record, .fixed: 0
    }
  }

  /// Each element is filled up with zeros to a multiple of so many octets.
  public var elementAlignment: Int { self == .neighborDiscovery ? 8 : 1 }

  /// The header with the list is filled up to a multiple of so many octets.
  public var listAlignment: Int {
    switch self {
    case .internet: 4
    case .ipv6: 8
    case .neighborDiscovery, .object, .record, .fixed: 1
    }
  }

  /// Where an element ends.
  struct Extent {
    var end: Int
    /// Whether its length is there, possible, and doesn't lead beyond the list.
    var isSound: Bool
    /// Whether another element may follow.
    var goesOn: Bool
  }

  /// Where the element at an offset ends; `header` is where the layer begins.
  func extent(
    of bytes: [UInt8],
    at offset: Int,
    end: Int,
    header: Int,
    definitions: [ElementDefinition]
  ) -> Extent {
    let unsound = Extent(end: end, isSound: false, goesOn: false)
    let size: Int
    switch self {
    case .internet:
      if bytes[offset] < 2 { return Extent(end: offset + 1, isSound: true, goesOn: bytes[offset] == 1) }
      guard offset + 1 < end else { return unsound }
      size = Int(bytes[offset + 1])
    case .ipv6:
      if bytes[offset] == 0 { return Extent(end: offset + 1, isSound: true, goesOn: true) }
      guard offset + 1 < end else { return unsound }
      size = Int(bytes[offset + 1]) + 2
    case .neighborDiscovery:
      guard offset + 1 < end else { return unsound }
      size = Int(bytes[offset + 1]) * 8
    case .object:
      guard offset + 4 <= end, let length = bytes.uint16(at: offset) else { return unsound }
      size = Int(length) < 4 ? 0 : Int(length)
    case .record:
      guard let definition = definitions.first else { return unsound }
      let needed = ElementReader(bytes, offset..<end, definition).neededLength
      guard let needed else { return unsound }
      size = needed
    case .fixed(let octets, let words):
      let words = words.flatMap { header + $0 < bytes.count ? Int(bytes[header + $0]) : nil }
      // An entry of no octets would never end.
      size = words.map { $0 == 0 ? octets : 4 * $0 } ?? octets
    }
    guard size >= (lengthUnit == 0 ? 1 : 2), offset + size <= end else { return unsound }
    return Extent(end: offset + size, isSound: true, goesOn: true)
  }
}
