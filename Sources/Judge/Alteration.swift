internal import Wire

/// A frame as crafted held against the same frame as captured.
enum Alteration {
  /// The fields that differ, or the octets where no field says it; at most twelve.
  static func differences(crafted: [UInt8], captured: [UInt8]) -> [FieldDifference] {
    var result: [FieldDifference] = []
    if crafted.count != captured.count {
      result.append(
        FieldDifference(field: "frame", required: "\(crafted.count) octets", seen: "\(captured.count) octets")
      )
    }
    let fields = fields(crafted, captured)
    result += fields.isEmpty ? octets(crafted, captured) : fields
    return Array(result.prefix(12))
  }

  /// Fields of layers that both frames have.
  private static func fields(_ crafted: [UInt8], _ captured: [UInt8]) -> [FieldDifference] {
    let pairs = zip(Dissection(crafted).layers, Dissection(captured).layers)
    return pairs.prefix { $0.kind == $1.kind }.flatMap { wanted, seen in
      zip(wanted.fields, seen.fields).compactMap { field, other -> FieldDifference? in
        guard field.name == other.name else { return nil }
        let (before, after) = (wanted.value(of: field), seen.value(of: other))
        guard before != after else { return nil }
        return FieldDifference(
          field: "\(wanted.kind).\(field.name)",
          required: before.map { ValueText.text($0, for: field) } ?? "absent",
          seen: after.map { ValueText.text($0, for: other) } ?? "absent"
        )
      }
    }
  }

  private static func octets(_ crafted: [UInt8], _ captured: [UInt8]) -> [FieldDifference] {
    zip(crafted, captured).enumerated().filter { $1.0 != $1.1 }.map { place, octets in
      FieldDifference(field: "octet \(place)", required: hex(octets.0), seen: hex(octets.1))
    }
  }

  private static func hex(_ octet: UInt8) -> String { (octet < 16 ? "0x0" : "0x") + String(octet, radix: 16) }
}
