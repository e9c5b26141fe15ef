/// Looks for octets in a stream that comes piece by piece, in linear time (Knuth, Morris and Pratt, 1977).
struct StreamSearch: Sendable {
  let wanted: [UInt8]
  /// For each length of a match, the longest shorter one that ends at the same place.
  private let shorter: [Int]
  private var matched = 0
  /// Where in the stream the next piece begins.
  private(set) var position: Int
  /// Whether they came.
  private(set) var isFound: Bool

  init(for wanted: [UInt8], from position: Int) {
    self.wanted = wanted
    self.position = position
    isFound = wanted.isEmpty
    var shorter = [Int](repeating: 0, count: wanted.count + 1)
    var length = 0
    for index in wanted.indices.dropFirst() {
      while length > 0, wanted[index] != wanted[length] { length = shorter[length] }
      if wanted[index] == wanted[length] { length += 1 }
      shorter[index + 1] = length
    }
    self.shorter = shorter
  }

  /// Looks at what is new in the stream.
  mutating func look(at stream: [UInt8]) {
    while !isFound, position < stream.count {
      let octet = stream[position]
      while matched > 0, wanted[matched] != octet { matched = shorter[matched] }
      if wanted[matched] == octet { matched += 1 }
      position += 1
      isFound = matched == wanted.count
    }
  }
}
