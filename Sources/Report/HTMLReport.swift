internal import Mustache
public import Runner

/// The run as one HTML page without outside resources.
public enum HTMLReport {
  /// The page: the counts, a filter by standing, a table of the suites, and each trial with its explanation.
  ///
  /// It works from a file, without a network, and without JavaScript (all trials are shown then).
  public static func render(_ result: RunResult) -> String {
    // The template is a constant; a fault in it shows in every test.
    guard let template = try? MustacheTemplate(string: page) else { return "" }
    return template.render(Page(result))
  }
}
