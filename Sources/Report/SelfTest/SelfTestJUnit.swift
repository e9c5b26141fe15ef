public import SelfTest

/// A self-test as JUnit XML: cases on the strict device, mutants, and cases again for what proves them.
public enum SelfTestJUnit {
  /// The whole document; without times, since those of a device in virtual time say nothing.
  public static func render(_ result: SelfTestResult) -> String {
    let groups = SelfTestCheck.groups(of: result)
    var xml = XMLWriter()
    xml.element("testsuites", [("name", "assay selftest")] + counts(groups)) { xml in
      for group in groups {
        xml.element("testsuite", [("name", "selftest.\(group.name)")] + counts([group])) { xml in
          for check in group.checks { write(check, of: group, to: &xml) }
        }
      }
    }
    return xml.text
  }

  private static func counts(_ groups: [SelfTestCheck.Group]) -> [XMLWriter.Attribute] {
    func count(_ outcome: SelfTestCheck.Outcome) -> String {
      "\(groups.reduce(0) { $0 + $1.count(outcome) })"
    }
    return [
      ("tests", "\(groups.reduce(0) { $0 + $1.checks.count })"), ("failures", count(.failed)),
      ("errors", count(.error)), ("skipped", count(.skipped)),
    ]
  }

  private static func write(_ check: SelfTestCheck, of group: SelfTestCheck.Group, to xml: inout XMLWriter) {
    var attributes: [XMLWriter.Attribute] = [
      ("classname", "selftest.\(group.name)"), ("name", check.name),
    ]
    if let file = check.file, let line = check.line {
      attributes += [("file", file), ("line", "\(max(1, line))")]
    }
    xml.element("testcase", attributes) { xml in
      xml.element("properties") { xml in
        for property in check.properties { xml.property(property) }
      }
      guard let name = element(check.outcome) else { return }
      xml.element(name, [("message", check.message.cut(to: 250)), ("type", check.type)], text: check.text)
    }
  }

  private static func element(_ outcome: SelfTestCheck.Outcome) -> String? {
    switch outcome {
    case .passed: nil
    case .failed: "failure"
    case .error: "error"
    case .skipped: "skipped"
    }
  }
}
