internal import Wire

extension Dissection {
  /// The octets by which an answer is told from another one: all but what each packet gets anew.
  ///
  /// A network that repeats the question gets the answer twice, with an identification of its own each: IPv4's with the header
  /// checksum over it, that of IPv6's fragment header.
  func octetsButIdentification(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    func clear(_ range: Range<Int>) {
      for place in range where bytes.indices.contains(place) { bytes[place] = 0 }
    }
    if let start = layer(.ipv4)?.header.lowerBound {
      clear(start + 4..<start + 6)
      clear(start + 10..<start + 12)
    }
    if let start = layer(.fragment)?.header.lowerBound { clear(start + 4..<start + 8) }
    return bytes
  }
}

extension Evaluator.Candidate {
  /// What it has in common with its copies.
  var likeness: [UInt8] { frame.octetsButIdentification(bytes) }
}
