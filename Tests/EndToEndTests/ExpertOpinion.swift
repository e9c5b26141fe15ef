import Foundation
import FoundationXML

/// What tshark's experts say of the frames of a run's own capture: warnings and errors, malformed packets among them.
struct ExpertOpinion {
  /// One thing that they find wrong.
  struct Finding: Hashable {
    /// `suite.case[variant]` of the frame, or its role where it has none.
    var trial: String
    /// What is wrong.
    var message: String
    /// Whether it's in the packet that an ICMP message quotes.
    var isQuoted: Bool
  }

  /// About the target's frames.
  var ofTarget: [Finding] = []
  /// About the tester's, by trial: what the stimuli are made wrong by.
  var ofStimuli: [String: Set<String>] = [:]

  /// Why there is no opinion.
  struct Fault: Error { var reason: String }

  /// Asks tshark; checksums are looked at too.
  ///
  /// - Parameters:
  ///   - capture: what `assay run` left.
  ///   - target: the target's Ethernet address.
  /// - Throws: a `Fault` if tshark doesn't answer.
  init(on capture: String, target: String) throws {
    let checks = ["ip", "udp", "tcp"].map { "-o \($0).check_checksum:TRUE" }.joined(separator: " ")
    func ask(_ filter: String, _ form: String) throws -> String {
      // 0x600000 is a warning, 0x800000 an error.
      let line = "tshark -n -r \(capture) \(checks) -Y \(filter)&&_ws.expert.severity>=0x600000 \(form)"
      guard let answer = Tool.run(line), answer.status == 0 else { throw Fault(reason: line) }
      return answer.output
    }
    let fields = "-T fields -E aggregator=| -e frame.comment -e _ws.expert.message"
    for line in try ask("eth.src!=\(target)", fields).split(separator: "\n") {
      let parts = line.split(separator: "\t", maxSplits: 1)
      guard parts.count == 2 else { continue }
      ofStimuli[Self.trial(String(parts[0])), default: []].formUnion(parts[1].components(separatedBy: "|"))
    }
    let parser = XMLParser(data: Data(try ask("eth.src==\(target)", "-T pdml").utf8))
    let reader = Reader()
    parser.delegate = reader
    guard parser.parse() else { throw Fault(reason: "line \(parser.lineNumber) of tshark's PDML") }
    ofTarget = reader.findings
  }

  private static func trial(_ comment: String) -> String {
    comment.components(separatedBy: " · ").first ?? comment
  }

  /// Reads PDML, in which protocols, their fields and what experts say of these lie inside each other.
  private final class Reader: NSObject, XMLParserDelegate {
    var findings: [Finding] = []
    private var path: [String] = []
    private var trial = ""
    private var message = ""
    private var severity = 0

    func parser(
      _ parser: XMLParser,
      didStartElement element: String,
      namespaceURI: String?,
      qualifiedName: String?,
      attributes: [String: String]
    ) {
      let name = attributes["name"] ?? ""
      path.append(element == "proto" ? "proto \(name)" : name)
      let show = attributes["show"] ?? ""
      switch name {
      case "frame.comment": trial = ExpertOpinion.trial(show)
      case "_ws.expert.message": message = show
      case "_ws.expert.severity": severity = Int(show) ?? 0
      default: return
      }
    }

    func parser(
      _ parser: XMLParser,
      didEndElement element: String,
      namespaceURI: String?,
      qualifiedName: String?
    ) {
      let name = path.popLast()
      guard name == "_ws.expert" else { return }
      if severity >= 0x60_0000 {
        let outer = path.firstIndex { ["proto icmp", "proto icmpv6"].contains($0) } ?? path.endIndex
        let isQuoted = path[outer...].dropFirst().contains { $0.hasPrefix("proto ") }
        findings.append(Finding(trial: trial, message: message, isQuoted: isQuoted))
      }
      severity = 0
    }
  }
}
