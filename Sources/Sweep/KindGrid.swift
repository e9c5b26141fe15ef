internal import Suite

/// Types and codes as a grid of numbers, and the rectangles of which it is made.
struct KindGrid {
  /// For each kind a number; 0: nothing is there.
  var numbers: [UInt16]

  init() { numbers = [UInt16](repeating: 0, count: MessageKind.count) }

  /// A rectangle of one number.
  struct Rectangle: Equatable {
    var types: ClosedRange<UInt8>
    var codes: ClosedRange<UInt8>
    var number: UInt16
  }

  /// Runs of codes, over as many types in a row as have the same runs.
  var rectangles: [Rectangle] {
    var rows: [(types: ClosedRange<UInt8>, runs: [Rectangle])] = []
    for type in UInt8.min...UInt8.max {
      let runs = runs(of: type)
      if let last = rows.last, last.runs.count == runs.count,
        zip(last.runs, runs).allSatisfy({ $0.codes == $1.codes && $0.number == $1.number })
      {
        rows[rows.count - 1].types = last.types.lowerBound...type
      } else {
        rows.append((type...type, runs))
      }
    }
    return rows.flatMap { row in
      row.runs.map { Rectangle(types: row.types, codes: $0.codes, number: $0.number) }
    }
  }

  private func runs(of type: UInt8) -> [Rectangle] {
    var runs: [Rectangle] = []
    for code in UInt8.min...UInt8.max {
      let number = numbers[MessageKind(type: type, code: code).number]
      if number == 0 { continue }
      if let last = runs.last, last.number == number, last.codes.upperBound &+ 1 == code {
        runs[runs.count - 1].codes = last.codes.lowerBound...code
      } else {
        runs.append(Rectangle(types: type...type, codes: code...code, number: number))
      }
    }
    return runs
  }
}
