/// The extension structure at the end of ICMP messages [RFC 4884 7].
public enum ICMPExtensions {
  /// Names of object classes.
  public static let classes = NameTable([
    "mpls-label-stack": 1, "interface-information": 2, "interface-identification": 3,
    "extended-information": 4, "reverse-path-information": 5,
  ])

  static let definition = LayerDefinition(
    .extensions,
    title: "ICMP extensions",
    reference: "RFC 4884 7",
    [
      .number("version", 4, is: 2, "Version of the structure [RFC 4884 7]."),
      .hexadecimal("reserved", 12, "Sent as zero, ignored on reception [RFC 4884 7]."),
      .checksum(.checksum, "Checksum of the structure; 0 means none [RFC 4884 7]."),
    ]
  )
}

extension ICMPExtensions {
  /// The octets of one object for the body of an `extensions` layer [RFC 4884 7.1].
  ///
  /// `length` nil is computed: the payload and four octets of header.
  public static func object(
    class number: UInt8,
    type: UInt8,
    length: UInt16? = nil,
    payload: [UInt8] = []
  ) -> [UInt8] {
    let length = length ?? UInt16(truncatingIfNeeded: payload.count + 4)
    return [UInt8(length >> 8), UInt8(length & 255), number, type] + payload
  }

  /// The object of a probe which asks for an interface by its index [RFC 8335 2.1].
  public static func interface(index: UInt32) -> [UInt8] {
    object(class: 3, type: 2, payload: IPv4Address(rawValue: index).octets)
  }

  /// The object of a probe which asks for an interface by its name, padded to four octets [RFC 8335 2.1].
  public static func interface(name: String) -> [UInt8] {
    let octets = Array(name.utf8)
    return object(class: 3, type: 1, payload: octets + [UInt8](repeating: 0, count: -octets.count & 3))
  }

  /// The object of a probe which asks for an interface by an IPv4 address [RFC 8335 2.1].
  public static func interface(address: IPv4Address) -> [UInt8] {
    object(class: 3, type: 3, payload: [0, 1, 4, 0] + address.octets)
  }

  /// The object of a probe which asks for an interface by an IPv6 address [RFC 8335 2.1].
  public static func interface(address: IPv6Address) -> [UInt8] {
    object(class: 3, type: 3, payload: [0, 2, 16, 0] + address.octets)
  }
}

/// One object of a dissected extension structure.
public struct ExtensionObjectView: Hashable, Sendable {
  /// Octets of header and payload, as on the wire.
  public let length: UInt16
  /// The object's class, for example 1 for an MPLS label stack.
  public let classNumber: UInt8
  /// The type within the class.
  public let type: UInt8
  /// The octets of the frame after the object's header, as far as they are there.
  public let body: Range<Int>
  /// The octet of the frame where the object begins.
  public let offset: Int
}

extension LayerView {
  /// The objects of an `extensions` layer; ends at the first one whose length makes no sense.
  public var extensionObjects: [ExtensionObjectView] {
    guard kind == .extensions else { return [] }
    var objects: [ExtensionObjectView] = []
    var offset = header.lowerBound + 4
    while offset + 4 <= header.upperBound, let length = frame.uint16(at: offset) {
      let end = min(offset + max(4, Int(length)), header.upperBound)
      objects.append(
        ExtensionObjectView(
          length: length,
          classNumber: frame[offset + 2],
          type: frame[offset + 3],
          body: offset + 4..<end,
          offset: offset
        )
      )
      guard length >= 4, offset + Int(length) <= header.upperBound else { break }
      offset += Int(length)
    }
    return objects
  }
}
