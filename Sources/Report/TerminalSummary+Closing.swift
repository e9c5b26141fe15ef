internal import Link
internal import Runner

extension TerminalSummary {
  /// Trials by suite and standing.
  func table(_ result: RunResult) -> [String] {
    let total = ResultCounts(result)
    var head = ["suite", "trials", "pass", "warn", "fail", "inconclusive", "known", "skipped"]
    if total.errors > 0 { head.insert("error", at: 5) }
    var table = TextTable(
      head,
      alignments: [.left] + head.dropFirst().map { _ in .right },
      columnLimit: width - 64
    )
    let rows = result.suites.map { ($0.name, ResultCounts($0)) }
    for (name, counts) in rows + (rows.count > 1 ? [("", total)] : []) {
      var numbers = [
        counts.trials, counts.passed, counts.warned, counts.failed, counts.inconclusive, counts.known,
        counts.skipped,
      ]
      if total.errors > 0 { numbers.insert(counts.errors, at: 4) }
      // A dot for none, so that what is there stands out.
      table.rows.append([name] + numbers.map { $0 == 0 ? "·" : "\($0)" })
    }
    var lines = table.lines
    if let head = lines.first { lines[0] = styled(head, .faint) }
    return lines
  }

  /// How long it took, what the capture counted, and the counts as the last line.
  func closing(_ result: RunResult) -> [String] {
    let counts = ResultCounts(result)
    var lines = ["Took \(result.duration.spoken)" + serial(result) + "."]
    if let trip = result.roundTrip {
      lines.append(
        "Control probes: \(trip.samples) answered, median \(trip.median.spoken), "
          + "slowest \(trip.largest.spoken)."
      )
    }
    for fact in result.errorBudget?.facts ?? [] {
      lines += "\(fact.key): \(fact.value).".wrapped(indent: 0, width: width)
    }
    lines.append(capture(result))
    if counts.flaky > 0 { lines += flaky(result) }
    for remark in result.remarks { lines += remark.oneLine.wrapped(indent: 0, width: width) }
    if let signal = result.interruptedBy {
      lines.append(
        styled("Interrupted by \(signal.oneLine)", .warning) + ": \(counts.notRun) trials were not run."
      )
    }
    lines.append("Seed \(result.seed).")
    if !reports.isEmpty {
      lines += "Reports: \(reports.joined(separator: " "))".wrapped(indent: 0, width: width)
    }
    lines.append("")
    if counts.inconclusive + counts.errors > 0 {
      lines.append(styled("\(counts.inconclusive) inconclusive, \(counts.errors) errors", .warning))
    }
    // Without colour always: programs look for this line.
    lines.append(counts.line)
    return lines
  }

  private func serial(_ result: RunResult) -> String {
    guard result.serialWindows > result.duration else { return "" }
    return "; a serial tool would have waited \(result.serialWindows.spoken)"
  }

  private func capture(_ result: RunResult) -> String {
    let statistics = result.statistics
    let lost = statistics.droppedByKernel + statistics.droppedByInterface
    if lost == 0 { return "Capture: \(statistics.received) frames, none lost." }
    return styled("Capture: \(lost) frames lost", .warning)
      + " (\(statistics.droppedByKernel) for want of buffers, \(statistics.droppedByInterface) in the interface)"
      + " besides \(statistics.received) received."
  }

  private func flaky(_ result: RunResult) -> [String] {
    let names = result.suites.flatMap { suite in
      suite.trials.filter(\.isFlaky).map { "\(suite.id(of: $0).oneLine) (attempt \($0.attempts))" }
    }
    var text = "\(names.count) passed only after a retry: " + names.prefix(6).joined(separator: ", ")
    if names.count > 6 { text += " and \(names.count - 6) more" }
    return (text + ".").wrapped(indent: 0, width: width)
  }
}

extension TerminalSummary {
  /// What a piece of text means, which decides its colour.
  enum Tone: String {
    case bad = "1;31"
    case warning = "33"
    case strong = "1"
    case faint = "2"
  }

  /// The text in the tone's colour, if the terminal shows colours.
  func styled(_ text: String, _ tone: Tone) -> String {
    style == .ansi ? "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m" : text
  }
}
