import Craft
import Foundation
import Suite
import Testing
import Wire

/// The trials of the suites that come with Assay.
enum BundledTrials {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Suites")

  /// The texts of all suite files, by path.
  static func files() throws -> [(path: String, text: String)] {
    var files: [(path: String, text: String)] = []
    for folder in ["icmpv4", "icmpv6"] {
      let base = root.appendingPathComponent(folder)
      let names = try FileManager.default.contentsOfDirectory(atPath: base.path).filter {
        $0.hasSuffix(".yaml")
      }
      for name in names.sorted() {
        let text = try String(contentsOf: base.appendingPathComponent(name), encoding: .utf8)
        files.append(("Suites/\(folder)/\(name)", text))
      }
    }
    return files
  }

  static func all() throws -> [Trial] {
    try files().flatMap { try TestSuite(decoding: $0.text, file: $0.path).trials }
  }

  /// The plan of a trial, with another tag where a fault comes out right by accident.
  static func plan(_ trial: Trial) throws -> TrialPlan {
    var claims = ["udp-closed-port": "33434", "unused-protocol": "253", "reassembles-beyond-mtu": "true"]
    for need in trial.testCase.needs { claims[need.value] = "7" }
    var context = try Sample.context(claims)
    for id in [0x5a17, 0x5a19, 0x5a1b] as [UInt16] {
      context.endpoints.id = id
      do throws(CraftError) {
        return try TrialPlan(crafting: trial, requirements: [], in: context)
      } catch {
        guard case .faultIsRight = error else { throw error }
      }
    }
    throw CraftError.faultIsRight(trial.id)
  }
}

extension Stimulus {
  /// Whether nothing in it is meant to be wrong: no computed field is set, nothing is cut, padded or changed.
  var isHonest: Bool {
    truncate == nil && pad == nil && corruptions.isEmpty && fragmentation == nil
      && layers.allSatisfy { $0.isHonest }
  }
}

extension LayerSpecification {
  fileprivate var isHonest: Bool {
    let definition = Protocols.definition(of: kind)
    let setsComputed = fields.contains { definition?.field(named: $0.name)?.byDefault == .computed }
    // Names of fields which say how the octets behind them are to be read.
    let setsShape = fields.contains { ["version", "more-fragments", "fragment-offset"].contains($0.name) }
    var inner = true
    if case .layers(let layers)? = quote { inner = layers.allSatisfy { $0.isHonest } }
    // Options given by their octets may be anything, and readers differ about the checksum behind a source route.
    let setsOptions = lists.contains { list in
      list.elements.contains { $0.name.isEmpty || !$0.fields.isEmpty || !$0.parts.isEmpty }
    }
    return kind != .raw && !setsComputed && !setsShape && !setsOptions && inner
      && (truncate == nil || kind == .quote)
  }
}
