import Suite

/// The page about the comparison, in Markdown.
struct Page {
  let comparison: Comparison
  let review: Review
  let catalogue: RequirementCatalogue
  /// The kernel that was compared.
  let kernel: String

  var text: String {
    let same = comparison.trials - Set(comparison.differences.map(\.trial)).count
    let parts = Explanation.Class.allCases.map(section)
    return """
      # Witnesses

      The reference device isn't its own witness. `make witness` runs all bundled suites against it and against this machine's own Linux
      kernel, and compares what the two *answered*, trial by trial, whatever the verdicts were: how many messages, of which type
      and code, from whom to whom, each field, the data, how much was quoted and whether it was changed. Identifications, exact
      TTLs, clocks, the order of answers and who asked are left out, since they differ from run to run; so is what hosts ask each other of
      their own accord (ARP, neighbour discovery), and when an open TCP connection acknowledges and how it cuts its
      stream.\(notCompared)

      Every difference is explained below. The explanations are in [Tests/Witness/differences.yaml](../Tests/Witness/differences.yaml); a
      difference without one fails the tests, and so does an explanation of nothing. This page is made by `make witness`.

      \(comparison.trials) trials, of which \(comparison.answeredTrials) were answered, by \(comparison.answers.one) packets of \(kernel) and \
      \(comparison.answers.other) of the reference device. In \(same) trials all answers were the same.

      \(parts.joined(separator: "\n"))
      ## What tshark says

      A test shows all frames that the reference device sends in these trials to tshark, checksums and malformed packets included. Three kinds
      of remark are left, and no other is allowed:

      - "Connection reset", in the answers to `icmpv4.unreachable.tcp` and `icmpv6.unreachable.tcp`: a reset is a warning by its nature.
      - "Suspected out-of-order segment", in `icmpv4.tcp-attacks.too-big-ten-times`: what was too big is sent again in smaller segments.
      - Remarks on the packet that an ICMP error quotes. It was made wrong on purpose: tshark says the same of the stimulus.
      """
  }

  /// Which trials ran on one of the two only.
  private var notCompared: String {
    if comparison.grounded.isEmpty { return "" }
    return
      " Not compared are the trials that one of the runs left out, since they wait for longer than it may: "
      + Self.trials(comparison.grounded) + "."
  }

  private func section(_ kind: Explanation.Class) -> String {
    let groups = review.groups.filter { $0.explanation.class == kind && !$0.differences.isEmpty }
    if groups.isEmpty { return "" }
    var text = "## \(kind.title)\n\n\(kind.introduction)\n\n"
    text += "| what | Linux | reference device | trials | why |\n|---|---|---|---|---|\n"
    for group in groups { text += row(group) + "\n" }
    return text
  }

  private func row(_ group: Review.Group) -> String {
    let values = [group.differences.map(\.one), group.differences.map(\.other)].map(Self.summary)
    let clauses = (group.explanation.clauses ?? []).compactMap { catalogue[$0] }
      .map { "\($0.citation) (\($0.level.rawValue))" }
    let why = ([group.explanation.because].compactMap(\.self) + group.reasons).map(Self.withoutBreaks)
    let cells = [
      group.explanation.kind, values[0], values[1], Self.trials(group.differences.map(\.trial)),
      why.joined(separator: " ") + (clauses.isEmpty ? "" : " " + clauses.joined(separator: ", ") + "."),
    ]
    return "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
  }

  /// Up to three of several values, long ones cut.
  private static func summary(_ values: [String]) -> String {
    let distinct = values.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let shown = distinct.prefix(distinct.contains { $0.count > longest } ? 1 : 3).map { value in
      value.count > longest ? value.prefix(longest) + "…" : value[...]
    }
    return shown.joined(separator: " / ") + (distinct.count > shown.count ? " / …" : "")
  }

  private static let longest = 60

  /// The trials by their cases.
  private static func trials(_ ids: [String]) -> String {
    let cases = ids.reduce(into: [String]()) { list, id in
      let name = String(id.prefix { $0 != "[" })
      if !list.contains(name) { list.append(name) }
    }
    let count = Set(ids).count
    if cases.count > 4 { return "\(count) in \(cases.count) cases" }
    return cases.map { "`\($0)`" }.joined(separator: ", ") + (count > cases.count ? " (\(count))" : "")
  }

  private static func withoutBreaks(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension Explanation.Class {
  fileprivate var title: String {
    switch self {
    case .kernelDeviation: "Where Linux departs from the RFCs"
    case .untestedDeviation: "Where it does, and no bundled case looks"
    case .legalChoice: "What the RFCs leave open"
    }
  }

  fileprivate var introduction: String {
    switch self {
    case .kernelDeviation:
      "Each of these trials stands in [the kernel's baseline](../Suites/baselines/linux-host.yaml) with its reason."
    case .untestedDeviation: "Found by the comparison alone."
    case .legalChoice: "Both answers obey the clauses, and every bundled case accepts both."
    }
  }
}
