import Capture
import Craft
import Foundation
import Link
import Report
import Runner
import Suite
import Wire

/// A run's own capture, by trial: what the tester sent and what the target sent back.
struct Recording {
  /// The frames of one trial's last attempt, in order, without control probes and what hosts ask each other anyway.
  struct Exchange {
    /// What the tester sent.
    var stimuli: [Dissection] = []
    /// What the target sent back.
    var answers: [Dissection] = []
  }

  /// Why a capture can't be used.
  struct Unusable: Error, CustomStringConvertible {
    var description: String
  }

  /// The target's name.
  let target: String
  /// The kernel of the machine on which it ran; nil if it doesn't say.
  let kernel: String?
  /// The suites that ran.
  let suites: [TestSuite]
  /// Who is who in it.
  let parties: Parties
  /// By `suite.case[variant]`.
  private(set) var exchanges: [String: Exchange] = [:]
  /// Trials that the run left on the ground: they would have kept it waiting for too long, or don't apply.
  let grounded: Set<String>

  /// Reads a capture that `assay run` left.
  init(file: String) throws {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw Unusable(description: "no such file: \(file)")
    }
    let capture = try CaptureFile.read(bytes: Array(data))
    guard let record = try CapturedPlan.read(from: capture) else {
      throw Unusable(description: "\(file) holds no plan of a run")
    }
    target = record.target.name
    kernel = record.environment.facts.first { $0.label == "kernel" }?.text
    suites = try record.decodedSuites()
    grounded = Set(record.grounded)
    parties = Parties(target: record.targetHost, gateway: record.target.near.gateway)
    let lasts = Dictionary(record.attempts.map { ($0.trial, $0) }) { $1 }
    for id in lasts.keys { exchanges[id] = Exchange() }
    var connected: Set<String> = []
    var openings: Set<String> = []
    for (place, packet) in capture.packets.enumerated() {
      let comment = packet.comments.first?.components(separatedBy: " · ") ?? []
      guard comment.count == 2, let last = lasts[comment[0]],
        last.begin.frames..<last.end.frames ~= place, !Self.isBackground(comment[1])
      else { continue }
      let frame = Dissection(packet.bytes)
      if comment[1] == "after the verdict", Self.isBackground(frame) { continue }
      if frame.layer(.ethernet)?.value(of: "source") == .mac(record.targetHost.mac) {
        // A host that has just joined its groups says so, whatever is asked of it later.
        let isUnasked = exchanges[comment[0]]?.stimuli.isEmpty ?? true
        if isUnasked, comment[1] == "not expected by any step", Self.isBackground(frame) { continue }
        // When a connection acknowledges, and how it cuts its stream, is TCP's own business [RFC 9293 3.8]; the cases
        // look at what comes of it. That it is accepted, or broken off, counts.
        if let tcp = frame.layer(.tcp) {
          let isOpening = tcp.number("syn") == 1
          if !isOpening, tcp.number("rst") == 0, connected.contains(comment[0]) { continue }
          if isOpening {
            connected.insert(comment[0])
            // Sent again when the acknowledgement took its time.
            let port = tcp.number("destination-port") ?? 0
            if !openings.insert("\(comment[0]) \(port) \(tcp.number("sequence") ?? 0)").inserted { continue }
          }
        }
        exchanges[comment[0]]?.answers.append(frame)
      } else {
        exchanges[comment[0]]?.stimuli.append(frame)
      }
    }
  }

  /// Whether hosts ask each other such things of their own accord; for a frame whose role doesn't tell.
  private static func isBackground(_ frame: Dissection) -> Bool {
    let type = frame.layer(.icmpv6)?.number("type") ?? 0
    return frame.layer(.arp) != nil || (130...137).contains(type) || type == 143
      || frame.layer(.ipv4)?.number("protocol") == 2
  }

  /// Whether a frame by this role is the harness's own question, or what hosts ask of their own accord.
  private static func isBackground(_ role: String) -> Bool {
    let words = [
      "control request", "control reply", "address resolution", "multicast listener discovery",
      "router discovery", "neighbour discovery", "group management", "not IP",
    ]
    return words.contains { role.hasPrefix($0) }
  }
}
