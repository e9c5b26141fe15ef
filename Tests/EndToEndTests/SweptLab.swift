import Foundation
import Testing

/// A filter lab that is up for one test, and what a sweep says of it.
final class SweptLab: Sendable {
  let place = Place()
  let name: String

  /// Makes the lab with rules.
  init(_ name: String = "nft-firewall", rules: String) async throws {
    self.name = name
    let file = try place.file("rules.nft", rules)
    let outcome = try await command.run(["lab", "up", name, "--ruleset", file])
    try #require(outcome.status == 0, "\(outcome)")
  }

  /// Commands that find this lab.
  var command: Command { Command(environment: ["XDG_RUNTIME_DIR": place.path], limit: 300) }

  /// Sweeps unsolicited ICMPv4 from the near side, with further arguments.
  func sweep(_ arguments: String = "") async throws -> SavedSweep {
    let line =
      "sweep --lab \(name) --ip 4 --direction outbound --state unsolicited -q --json \(place["sweep.json"])"
    let outcome = try await command.run(line.words + arguments.words)
    return try SavedSweep(place.text("sweep.json"), outcome)
  }

  /// The types and codes in one of the witness's sets, by 256 times the type plus the code, with the packets of each if they were
  /// counted.
  func witnessed(_ set: String) async throws -> [Int: Int] {
    let line = "lab shell \(name) -- nft -n -j list set ip witness \(set)"
    let outcome = try await command.run(line)
    try #require(outcome.status == 0, "\(outcome)")
    let json = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    let sets = (json?["nftables"] as? [[String: Any]] ?? []).compactMap { $0["set"] as? [String: Any] }
    var found: [Int: Int] = [:]
    for element in sets.flatMap({ $0["elem"] as? [[String: Any]] ?? [] }) {
      let counted = element["elem"] as? [String: Any]
      let value = counted?["val"] as? [String: Any] ?? element
      let numbers = (value["concat"] as? [Any] ?? []).compactMap { ($0 as? Int) ?? Int("\($0)") }
      guard numbers.count == 2 else { continue }
      let counter = counted?["counter"] as? [String: Any]
      found[numbers[0] << 8 | numbers[1]] = counter?["packets"] as? Int ?? 1
    }
    return found
  }

  /// Takes the lab down.
  func down() async throws {
    let outcome = try await command.run("lab down \(name)")
    #expect(outcome.status == 0, "\(outcome)")
  }

  deinit {
    let state = place.text("assay/\(name).lab")
    for line in state.split(separator: "\n") where line.hasPrefix("process=") {
      if let process = Int32(line.dropFirst("process=".count)) { kill(process, SIGKILL) }
    }
  }
}

/// A saved sweep, read by other code than Assay's own.
struct SavedSweep: Sendable {
  var outcome: Command.Outcome
  /// For each slice the name of each kind's fate, by 256 times the type plus the code; empty where nothing was asked.
  var fates: [String: [String]] = [:]
  /// The rates of those that are limited.
  var rates: Set<Double> = []
  /// The kinds whose fate changed, by slice.
  var changes: [String: Set<Int>] = [:]

  init(_ text: String, _ outcome: Command.Outcome) throws {
    self.outcome = outcome
    let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let document = try #require(json, "\(outcome)")
    for slice in document["slices"] as? [[String: Any]] ?? [] {
      var map = [String](repeating: "", count: 65_536)
      for range in slice["ranges"] as? [[String: Any]] ?? [] {
        guard let types = range["types"] as? [Int], let codes = range["codes"] as? [Int],
          let fate = range["fate"] as? [String: Any], let name = fate["fate"] as? String
        else { continue }
        if let rate = fate["perSecond"] as? Double { rates.insert(rate) }
        for type in types[0]...types[1] { for code in codes[0]...codes[1] { map[type << 8 | code] = name } }
      }
      fates[slice["id"] as? String ?? ""] = map
    }
    for change in document["changes"] as? [[String: Any]] ?? [] {
      let slice = change["slice"] as? String ?? ""
      changes[slice, default: []].formUnion(Self.kinds(change["label"] as? String ?? ""))
    }
  }

  /// The kinds of a label such as `3-5/0-15` or `8/*`.
  private static func kinds(_ label: String) -> Set<Int> {
    let parts = label.split(separator: "/").map { part -> ClosedRange<Int> in
      let bounds = part.split(separator: "-").compactMap { Int($0) }
      return bounds.isEmpty ? 0...255 : bounds[0]...bounds[bounds.count - 1]
    }
    guard parts.count == 2 else { return [] }
    return Set(parts[0].flatMap { type in parts[1].map { type << 8 | $0 } })
  }
}
