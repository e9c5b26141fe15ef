import Foundation
import FoundationXML

/// A JUnit file, read by another parser than the one it was made for.
struct JUnitFile: Sendable {
  /// A `testcase`.
  struct Case: Hashable, Sendable {
    var suite = ""
    var name = ""
    var file = ""
    var properties: [String: String] = [:]
    /// `failure`, `error` or `skipped`; nil for a pass.
    var outcome: String?
    var type = ""
    var message = ""
    var text = ""
    var output = ""
    var id: String { "\(suite).\(name)" }
    var verdict: String { properties["verdict"] ?? "" }
  }

  /// A `testsuite` with the numbers it states.
  struct Suite: Sendable {
    var name = ""
    var numbers: [String: Int] = [:]
    var cases: [Case] = []
  }

  var suites: [Suite] = []
  /// The numbers of the root element.
  var numbers: [String: Int] = [:]
  var cases: [Case] { suites.flatMap(\.cases) }

  /// Why a file can't be used.
  struct Fault: Error { var reason: String }

  init(_ path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else { throw Fault(reason: "no \(path)") }
    let reader = Reader()
    let parser = XMLParser(data: data)
    parser.delegate = reader
    guard parser.parse() else {
      throw Fault(reason: "line \(parser.lineNumber): \(parser.parserError.map { "\($0)" } ?? "")")
    }
    (suites, numbers) = (reader.suites, reader.numbers)
  }

  /// How many cases end so: by outcome element, nil for none.
  func count(_ outcome: String?) -> Int { cases.count { $0.outcome == outcome } }

  /// The line that a run ends with.
  var summary: String {
    "\(count(nil)) passed, \(count("failure")) failed, \(count("skipped")) skipped"
  }

  private final class Reader: NSObject, XMLParserDelegate {
    var suites: [Suite] = []
    var numbers: [String: Int] = [:]
    private var current: Case?
    private var text = ""

    func parser(
      _ parser: XMLParser,
      didStartElement element: String,
      namespaceURI: String?,
      qualifiedName: String?,
      attributes: [String: String]
    ) {
      text = ""
      let counts = attributes.compactMapValues { Int($0) }
      switch element {
      case "testsuites": numbers = counts
      case "testsuite": suites.append(Suite(name: attributes["name"] ?? "", numbers: counts))
      case "testcase":
        current = Case(
          suite: attributes["classname"] ?? "",
          name: attributes["name"] ?? "",
          file: attributes["file"] ?? ""
        )
      case "property":
        if let name = attributes["name"] { current?.properties[name] = attributes["value"] }
      case "failure", "error", "skipped":
        current?.outcome = element
        current?.type = attributes["type"] ?? ""
        current?.message = attributes["message"] ?? ""
      default: break
      }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(
      _ parser: XMLParser,
      didEndElement element: String,
      namespaceURI: String?,
      qualifiedName: String?
    ) {
      switch element {
      case "failure", "error", "skipped": current?.text = text
      case "system-out": current?.output = text
      case "testcase":
        if let current, !suites.isEmpty { suites[suites.count - 1].cases.append(current) }
        current = nil
      default: break
      }
    }
  }
}
