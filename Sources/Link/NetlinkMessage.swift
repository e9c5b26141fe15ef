internal import CLinux

/// A netlink request under construction, in host byte order.
package struct NetlinkMessage {
  /// What was written so far, from the message header on.
  package private(set) var bytes: [UInt8] = []

  /// Starts a request of a type such as `RTM_NEWLINK`, with flags such as `NLM_F_CREATE`.
  package init(_ type: Int, flags: Int32 = 0) {
    append(UInt32(0))  // The length, known at the end.
    append(UInt16(truncatingIfNeeded: type))
    append(UInt16(truncatingIfNeeded: NLM_F_REQUEST | flags))
    append(UInt32(0))  // The sequence number, given by the socket.
    append(UInt32(0))  // The port, given by the kernel.
  }

  /// Appends a number or one of the kernel's fixed structures.
  package mutating func append<Value: BitwiseCopyable>(_ value: Value) {
    withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
  }

  /// Appends an attribute with these octets.
  package mutating func attribute(_ type: Int, octets: some Collection<UInt8>) {
    append(UInt16(truncatingIfNeeded: 4 + octets.count))
    append(UInt16(truncatingIfNeeded: type))
    bytes.append(contentsOf: octets)
    pad()
  }

  /// Appends an attribute that is a number of this width.
  package mutating func attribute(_ type: Int, number: some FixedWidthInteger & BitwiseCopyable) {
    withUnsafeBytes(of: number) { attribute(type, octets: $0) }
  }

  /// Appends an attribute that is a text, zero-terminated.
  package mutating func attribute(_ type: Int, text: String) {
    attribute(type, octets: Array(text.utf8) + [0])
  }

  /// Appends an attribute that holds others.
  package mutating func nest(_ type: Int, _ body: (inout NetlinkMessage) -> Void) {
    let start = bytes.count
    append(UInt16(0))
    append(UInt16(truncatingIfNeeded: type))
    body(&self)
    write(UInt16(truncatingIfNeeded: bytes.count - start), at: start)
    pad()
  }

  /// The finished message.
  func finished(sequence: UInt32) -> [UInt8] {
    var copy = self
    copy.write(UInt32(truncatingIfNeeded: bytes.count), at: 0)
    copy.write(sequence, at: 8)
    return copy.bytes
  }

  private mutating func pad() {
    while bytes.count % 4 != 0 { bytes.append(0) }
  }

  private mutating func write<Value: BitwiseCopyable>(_ value: Value, at offset: Int) {
    withUnsafeBytes(of: value) { bytes.replaceSubrange(offset..<offset + $0.count, with: $0) }
  }
}

/// A message of the kernel.
package struct NetlinkReply {
  /// Its type, such as `RTM_NEWLINK`.
  package var type: Int
  /// What follows the message header.
  package var body: [UInt8]

  package init(type: Int, body: [UInt8]) {
    self.type = type
    self.body = body
  }

  /// A number at an offset of the body; nil where the body is too short.
  package func number<Value: FixedWidthInteger & BitwiseCopyable>(
    _ offset: Int,
    as type: Value.Type
  ) -> Value? {
    body.number(at: offset, as: type)
  }

  /// The attributes behind a fixed header of this many octets; of one type the last.
  package func attributes(behind header: Int) -> [Int: [UInt8]] {
    var found: [Int: [UInt8]] = [:]
    var offset = header
    while let length = body.number(at: offset, as: UInt16.self),
      let type = body.number(at: offset + 2, as: UInt16.self), length >= 4,
      offset + Int(length) <= body.count
    {
      // The two high bits say "nested" and "network byte order".
      found[Int(type & 0x3fff)] = Array(body[(offset + 4)..<(offset + Int(length))])
      offset += (Int(length) + 3) & ~3
    }
    return found
  }
}

extension [UInt8] {
  /// A number in host order at an offset, nil where there is too little.
  package func number<Value: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int,
    as type: Value.Type
  ) -> Value? {
    guard offset >= 0, offset <= count - MemoryLayout<Value>.size else { return nil }
    return withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: type) }
  }

  /// The text up to the first zero octet.
  package var textUpToZero: String { String(decoding: prefix { $0 != 0 }, as: UTF8.self) }
}
