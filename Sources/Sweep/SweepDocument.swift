internal import Capture
public import Suite
internal import Wire

/// A sweep as it is saved, to be read by machines and compared with later ones.
public struct SweepDocument: Codable, Sendable {
  /// The name and version of its shape; a change that isn't an addition changes it.
  public static let format = "assay-sweep/1"

  /// Its format.
  public var format = SweepDocument.format
  /// The target's name.
  public var target: String
  /// What kind of box it is.
  public var role: Role
  /// The target's addresses on the near and the far side.
  public var near: [String]
  /// Those on the far side.
  public var far: [String]
  /// When it began, in nanoseconds since 1970.
  public var started: Int64
  /// How long it took.
  public var nanoseconds: Int64
  /// Frames that were sent.
  public var framesSent: Int
  /// What else is to be known.
  public var remarks: [String]
  /// The maps.
  public var slices: [Slice]
  /// Maps that an interrupted sweep didn't come to.
  public var unswept: [SweepSlice]

  /// One map.
  public struct Slice: Codable, Sendable {
    /// Its name.
    public var id: String
    /// What it is of.
    public var slice: SweepSlice
    /// Why nothing was asked; nil: it was.
    public var skipped: String?
    /// Its rectangles.
    public var ranges: [Range]
    /// What they rest on.
    public var evidence: SliceEvidence
    /// How fields were changed, the first time.
    public var examples: [Example]
  }

  /// Types and codes of one fate.
  public struct Range: Codable, Sendable {
    /// `3/0-15`.
    public var label: String
    /// The first and the last type.
    public var types: [UInt8]
    /// The first and the last code.
    public var codes: [UInt8]
    /// Their fate.
    public var fate: Fate
  }

  /// How the fields of a changed probe changed.
  public struct Example: Codable, Sendable {
    /// The fate.
    public var fate: Fate
    /// What was sent, and what came out.
    public var changes: [SliceResult.Change]
  }

  /// Why a document can't be used.
  public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
    /// A sentence without a full stop.
    public var description: String

    /// Takes the sentence.
    public init(description: String) { self.description = description }
  }

  /// What a sweep found out.
  public init(_ result: SweepResult) {
    target = result.target
    role = result.role
    near = result.addresses[.near] ?? []
    far = result.addresses[.far] ?? []
    started = result.started.nanoseconds
    nanoseconds = result.nanoseconds
    framesSent = result.framesSent
    remarks = result.remarks
    unswept = result.unswept
    slices = result.slices.map { swept in
      Slice(
        id: swept.slice.id,
        slice: swept.slice,
        skipped: swept.skipped,
        ranges: swept.map.ranges.map {
          Range(
            label: $0.label,
            types: [$0.types.lowerBound, $0.types.upperBound],
            codes: [$0.codes.lowerBound, $0.codes.upperBound],
            fate: $0.fate
          )
        },
        evidence: swept.evidence,
        examples: swept.examples.map { Example(fate: $0.key, changes: $0.value) }
          .sorted { $0.fate.text(swept.slice.version) < $1.fate.text(swept.slice.version) }
      )
    }
  }

  /// The sweep again; throws what can't be one.
  public func result() throws(Fault) -> SweepResult {
    guard format == Self.format else {
      throw Fault(description: "its format is '\(format.prefix(40))', not '\(Self.format)'")
    }
    var result = SweepResult(target: target, role: role, started: Timestamp(nanoseconds: started))
    result.nanoseconds = nanoseconds
    result.framesSent = framesSent
    result.remarks = remarks
    result.unswept = unswept
    result.addresses = [.near: near, .far: far]
    for saved in slices {
      guard result[saved.slice] == nil else { throw Fault(description: "'\(saved.slice.id)' is there twice") }
      var swept = SliceResult(slice: saved.slice, map: try saved.map(), evidence: saved.evidence)
      swept.skipped = saved.skipped
      for example in saved.examples { swept.examples[example.fate] = example.changes }
      result.slices.append(swept)
    }
    return result
  }
}

extension SweepDocument.Slice {
  fileprivate func map() throws(SweepDocument.Fault) -> FateMap {
    var map = FateMap()
    for range in ranges {
      guard range.types.count == 2, range.codes.count == 2, range.types[0] <= range.types[1],
        range.codes[0] <= range.codes[1]
      else {
        let label = range.label.prefix(40)
        throw SweepDocument.Fault(description: "'\(slice.id)' has a range that is none: \(label)")
      }
      for type in range.types[0]...range.types[1] {
        for code in range.codes[0]...range.codes[1] {
          let kind = MessageKind(type: type, code: code)
          guard map[kind] == nil else {
            throw SweepDocument.Fault(description: "'\(slice.id)' has two fates for \(kind)")
          }
          map[kind] = range.fate
        }
      }
    }
    return map
  }
}
