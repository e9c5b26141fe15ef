internal import Suite
public import Sweep

/// The ranges of a sweep in plain text.
public enum SweepTable {
  /// A table for each slice: which types and codes met with which fate.
  public static func render(_ result: SweepResult) -> String {
    result.slices.map { slice in
      var table = TextTable(["types/codes", "kinds", "fate"], alignments: [.left, .right, .left], columnLimit: 90)
      for range in slice.map.ranges {
        table.rows.append([range.label, "\(range.count)", range.fate.text(slice.slice.version)])
      }
      return ([slice.slice.title] + table.lines.map { "  " + $0 }).joined(separator: "\n")
    }.joined(separator: "\n\n") + "\n"
  }
}
