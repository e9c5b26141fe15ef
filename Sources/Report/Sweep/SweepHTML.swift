internal import Sweep

/// A sweep as a page of its own, in which one sees at a glance what passes: a map for each way and state.
public enum SweepHTML {
  /// The page; it needs nothing from elsewhere.
  public static func render(_ report: SweepReport) -> String {
    let summary = SweepSummary().verdict(report)
    let title = Markup("Sweep of \(report.result.target)").renderText
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy"
        content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
      <link rel="icon" href="data:,">
      <title>\(title)</title>
      <style>\(HTMLReport.style)\(style)</style>
      </head>
      <body>
      <header>
      <p class="product">Assay</p>
      <h1>\(title): \(Markup(summary).renderText)</h1>
      <dl class="facts">
      \(facts(report))
      </dl>
      \(links(report))
      \(remarks(report))
      </header>
      <main>
      \(legend)
      \(changes(report))
      \(SweepPicture.all(of: report.result).map { section($0, report) }.joined(separator: "\n"))
      \(policies(report))
      </main>
      </body>
      </html>

      """
  }
}
