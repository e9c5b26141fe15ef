import Craft
import Suite
import Testing
import Wire

/// A laboratory of documentation addresses for which the tests craft.
enum Sample {
  static let file = "test.yaml"

  static func host(_ mac: String, _ ipv4: String?, _ ipv6: String?, linkLocal: String? = nil) throws -> Host {
    Host(
      mac: try #require(MACAddress(mac)),
      ipv4: try ipv4.map { try #require(IPv4Address($0)) },
      ipv6: try ipv6.map { try #require(IPv6Address($0)) },
      linkLocal: try linkLocal.map { try #require(IPv6Address($0)) }
    )
  }

  static func endpoints(id: UInt16 = 0x5a17) throws -> Endpoints {
    Endpoints(
      tester: try host("02:a5:5a:00:00:10", "192.0.2.16", "2001:db8:1::1:0", linkLocal: "fe80::a55a:10"),
      tester2: try host("02:a5:5a:00:00:11", "192.0.2.17", "2001:db8:1::1:1", linkLocal: "fe80::a55a:11"),
      stranger: try host("02:a5:5a:ff:00:fe", "198.51.100.1", "2001:db8:ffff::1"),
      stranger2: try host("02:a5:5a:ff:00:fe", "198.51.100.2", "2001:db8:ffff::2"),
      router: try host("02:a5:5a:ff:00:fe", "192.0.2.254", "2001:db8:1::fe", linkLocal: "fe80::a55a:fe"),
      target: try host("02:00:00:00:00:01", "192.0.2.1", "2001:db8:1::1", linkLocal: "fe80::1"),
      broadcast: IPv4Address("192.0.2.255"),
      network: IPv4Address("192.0.2.0"),
      unused: try host(
        "02:a5:5a:00:00:ea",
        "192.0.2.250",
        "2001:db8:1::1:ffff",
        linkLocal: "fe80::a55a:301:ffff"
      ),
      id: id,
      port: 0xda17,
      seed: 7
    )
  }

  static func context(
    _ capabilities: [String: String] = [:],
    spoofing: Bool = true,
    mtu: Int = 1500,
    changing change: (inout Endpoints) -> Void = { _ in }
  ) throws -> CraftContext {
    var endpoints = try endpoints()
    change(&endpoints)
    return CraftContext(endpoints: endpoints, capabilities: capabilities, allowsSpoofing: spoofing, mtu: mtu)
  }

  /// The suite text of one case with these steps.
  static func suite(_ steps: String, head: String = "") -> String {
    func indented(_ text: String, _ count: Int) -> String {
      text.split(separator: "\n").map { String(repeating: " ", count: count) + $0 + "\n" }.joined()
    }
    return "suite: test\ncases:\n  - id: one\n    title: A case\n    requirement: R\n"
      + indented(head, 4) + "    steps:\n" + indented(steps, 6)
  }
}

/// The plans of all trials of a case with these steps.
func plans(_ steps: String, head: String = "", in context: CraftContext? = nil) throws -> [TrialPlan] {
  let suite = try TestSuite(decoding: Sample.suite(steps, head: head), file: Sample.file)
  let context = try context ?? Sample.context()
  return try suite.trials.map { try TrialPlan(crafting: $0, requirements: [], in: context) }
}

/// The only plan of a case with these steps.
func plan(_ steps: String, head: String = "", in context: CraftContext? = nil) throws -> TrialPlan {
  try #require(try plans(steps, head: head, in: context).first)
}

extension TrialPlan {
  /// The packets that are sent, step by step.
  var stimuli: [PlannedStimulus] {
    steps.compactMap { if case .send(let stimulus) = $0 { stimulus } else { nil } }
  }

  /// The frames that are sent by all steps, in order.
  var frames: [[UInt8]] { stimuli.flatMap { $0.frames.map(\.bytes) } }

  /// The patterns of single expected packets.
  var patterns: [FramePattern] {
    steps.compactMap { step in
      guard case .expect(let expectation) = step, case .packet(let pattern, _) = expectation.kind else {
        return nil
      }
      return pattern
    }
  }
}

/// The frames of one `send` step: layers in flow or block style, and further keys of the step.
func sent(_ layers: String, _ keys: String = "", head: String = "", in context: CraftContext? = nil) throws
  -> [[UInt8]]
{
  let lines = layers.split(separator: "\n").map { "    \($0)\n" }.joined()
  let more = keys.split(separator: "\n").map { "  \($0)\n" }.joined()
  return try plan("- send:\n\(lines)\(more)- expect: nothing", head: head, in: context).frames
}

/// The only frame of one `send` step, taken apart.
func dissected(_ layers: String, _ keys: String = "", head: String = "", in context: CraftContext? = nil)
  throws -> Dissection
{
  let frames = try sent(layers, keys, head: head, in: context)
  #expect(frames.count == 1)
  return Dissection(try #require(frames.first))
}

/// Demands that decoding or crafting fails at the mark `«` with this message.
func expectInvalid(
  _ marked: String,
  _ message: String,
  head: String = "",
  in context: CraftContext? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let text = Sample.suite(marked, head: head)
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  let line = try #require(lines.firstIndex { $0.contains("«") }, sourceLocation: sourceLocation)
  let column = lines[line].prefix { $0 != "«" }.count
  do throws(CraftError) {
    _ = try TrialPlan(
      crafting: try trial(of: text.filter { $0 != "«" }),
      requirements: [],
      in: try contextOrSample(context)
    )
    Issue.record("crafted", sourceLocation: sourceLocation)
  } catch {
    guard case .invalid(let diagnostic) = error else {
      Issue.record("\(error)", sourceLocation: sourceLocation)
      return
    }
    #expect(diagnostic.message == message, sourceLocation: sourceLocation)
    #expect(
      diagnostic.position == SourcePosition(file: Sample.file, line: line + 1, column: column + 1),
      sourceLocation: sourceLocation
    )
  }
}

/// Why a case doesn't apply; nil if it does.
func reason(_ steps: String, head: String = "", in context: CraftContext) throws -> String? {
  do {
    _ = try plan(steps, head: head, in: context)
    return nil
  } catch CraftError.notApplicable(let reason) {
    return reason
  }
}

private func trial(of text: String) throws(CraftError) -> Trial {
  do throws(SuiteError) {
    let suite = try TestSuite(decoding: text, file: Sample.file)
    if let trial = suite.trials.first { return trial }
  } catch {
    // What needs no variables is found while decoding.
    if error.diagnostics.count == 1 { throw .invalid(error.diagnostics[0]) }
    throw .notApplicable("\(error)")
  }
  throw .notApplicable("the suite has no trials")
}

private func contextOrSample(_ context: CraftContext?) throws(CraftError) -> CraftContext {
  guard let context = context ?? (try? Sample.context()) else { throw .notApplicable("no context") }
  return context
}

/// Octets from hexadecimal digits.
func octets(_ hex: String) -> [UInt8] {
  let digits = hex.compactMap(\.hexDigitValue)
  return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

/// Hexadecimal digits of octets, for messages that can be compared by eye.
func hexadecimal(_ octets: some Sequence<UInt8>) -> String {
  octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
