import Capture
import Craft
import Foundation
import Judge
import Link
import ReferenceDevice
import Suite
import Wire

/// The bundled trials, run once each against the reference device; their frames are then judged again and again.
struct JudgingBenchmark: Benchmark {
  private struct Recording {
    var plan: TrialPlan
    var frames: [TrialFrame] = []
    var end = Timestamp(nanoseconds: 0)
  }

  private var recordings: [Recording] = []
  private var judging: [Double] = []
  private var dissecting: [Double] = []

  /// Suites that teach the target neighbors, routers and sizes: nobody here answers what it asks afterwards.
  private static let teaching = [
    "address-resolution", "default-routers", "link-parameters", "neighbor-", "redirects",
    "router-advertisements",
  ]

  /// Records the trials of the suites in a folder.
  init(suites folder: String) throws {
    let link = SimulatedLink(to: ReferenceDevice())
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() {
      guard path.hasPrefix("icmpv"), path.hasSuffix(".yaml"), !Self.teaching.contains(where: path.contains)
      else {
        continue
      }
      let text = try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
      for trial in try TestSuite(decoding: text, file: path).trials {
        let context = CraftContext(
          endpoints: CraftContext.judged,
          capabilities: [:],
          allowsSpoofing: true
        )
        // What this target doesn't claim, or needs a gateway, has no frames.
        guard let plan = try? TrialPlan(crafting: trial, requirements: [], in: context) else { continue }
        // Nobody answers when the device asks whether its neighbor is still there; so it is told each time.
        try link.send([Echoes.introduction] + Self.introductions)
        let deadline = link.now() + .milliseconds(10)
        while link.now() < deadline { try link.receive(until: deadline) { _ in } }
        recordings.append(try Self.record(plan, on: link))
      }
    }
    guard recordings.count > 1000 else { throw BenchmarkFailure.isWrong("recordings: \(recordings.count)") }
  }

  private static func record(_ plan: TrialPlan, on link: SimulatedLink) throws -> Recording {
    var recording = Recording(plan: plan)
    var evaluator = Evaluator(plan)
    while true {
      switch evaluator.next(at: link.now()) {
      case .send(let frames): try link.send(frames.map(\.bytes))
      case .wait(let until):
        try link.receive(until: until) { frame in
          let dissection = Dissection(frame.bytes)
          let source = dissection.layer(.ethernet)?.value(of: "source")
          let isOutgoing = source != .mac(plan.endpoints.target.mac)
          evaluator.captured(TrialFrame(frame, dissection, isOutgoing: isOutgoing))
          recording.frames.append(TrialFrame(frame, dissection, isOutgoing: isOutgoing))
        }
      case .finished:
        recording.end = link.now()
        return recording
      }
    }
  }

  /// The questions that tell the device who the tester is, in IPv6.
  private static var introductions: [[UInt8]] {
    let (tester, target) = (CraftContext.judged.tester, CraftContext.judged.target)
    return [tester.ipv6, tester.linkLocal].compactMap { source in
      guard let source, let wanted = target.ipv6 else { return nil }
      let group = wanted.solicitedNodeMulticast
      let addresses: [String: FieldSetting] = [
        "source": .given(.ipv6(source)), "destination": .given(.ipv6(group)),
        "hop-limit": .given(.number(255)),
      ]
      let ethernet: [String: FieldSetting] = [
        "source": .given(.mac(tester.mac)), "destination": .given(.mac(MACAddress(multicastFor: group))),
      ]
      let option = ElementTemplate("source-link-layer", ["address": .given(.mac(tester.mac))])
      let packet = PacketTemplate([
        LayerTemplate(.ethernet, fields: ethernet), LayerTemplate(.ipv6, fields: addresses),
        LayerTemplate(.icmpv6, fields: ["type": .given(.number(135)), "target": .given(.ipv6(wanted))]),
        LayerTemplate(.ndpOptions, lists: ["options": [option]]),
      ])
      return try? packet.encode().bytes
    }
  }

  private var frameCount: Double { Double(recordings.reduce(0) { $0 + $1.frames.count }) }

  mutating func measure() throws {
    var verdicts = 0
    let judged = processorTime {
      for recording in recordings {
        let judgement = judge(recording.plan, frames: recording.frames, until: recording.end)
        verdicts += judgement.verdict.outcome == .pass ? 1 : 0
      }
    }
    guard verdicts > recordings.count / 2 else { throw BenchmarkFailure.isWrong("verdicts: \(verdicts)") }
    var layers = 0
    let dissected = processorTime {
      for recording in recordings {
        for frame in recording.frames { layers += Dissection(frame.frame.bytes).layers.count }
      }
    }
    guard layers > 0 else { throw BenchmarkFailure.isWrong("layers") }
    judging.append(judged / frameCount)
    dissecting.append(dissected / frameCount)
  }

  var rows: [Row] {
    [
      Row(
        name: "judging a frame of a bundled trial",
        unit: "ns",
        ours: judging,
        reference: ("not C: dissecting it", dissecting)
      )
    ]
  }
}
