public import Runner

/// The run as one HTML page without outside resources.
public enum HTMLReport {
  /// The page.
  public static func render(_ result: RunResult) -> String { "" }
}
