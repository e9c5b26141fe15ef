import Craft
import Foundation
import Suite
import Testing
import Wire

/// Every bundled trial, crafted.
@Suite(.timeLimit(.minutes(5))) struct BundledCraftTests {
  @Test func `Every trial can be crafted, and every frame can be taken apart`() throws {
    var frames = 0
    for trial in try BundledTrials.all() {
      let plan = try BundledTrials.plan(trial)
      for frame in plan.frames {
        #expect(frame.count <= 1514, "\(trial.id)")
        let dissection = Dissection(frame)
        #expect(dissection.layers.first?.kind == .ethernet, "\(trial.id)")
        frames += 1
      }
      #expect(!plan.frames.isEmpty, "\(trial.id) sends nothing")
    }
    #expect(frames > 2400)
  }

  @Test func `Crafting is a function of the trial and its parties`() throws {
    for trial in try BundledTrials.all().enumerated().filter({ $0.offset % 50 == 0 }).map(\.element) {
      #expect(try BundledTrials.plan(trial).frames == (try BundledTrials.plan(trial).frames), "\(trial.id)")
    }
  }

  @Test func `Packets without a deliberate fault are right in our own eyes`() throws {
    var honest = 0
    for (trial, frame) in try Self.honestFrames() {
      let remarks = Dissection(frame).remarks.filter { !$0.isQuoted }
      #expect(remarks.isEmpty, "\(trial): \(remarks.map(\.text))")
      honest += 1
    }
    #expect(honest > 500)
  }

  @Test(.enabled(if: TShark.path != nil, "needs tshark, an independent reader"))
  func `Packets without a deliberate fault are right in the eyes of tshark`() throws {
    let frames = try Self.honestFrames()
    let complaints = try TShark.complaints(about: frames.map(\.frame))
    for complaint in complaints {
      let trial = frames.indices.contains(complaint.frame - 1) ? frames[complaint.frame - 1].trial : "?"
      Issue.record("\(trial): \(complaint.message)")
    }
    #expect(frames.count > 500)
  }

  @Test(.enabled(if: TShark.path != nil, "needs tshark, an independent reader"))
  func `Tshark sees the faults that are meant`() throws {
    let wrong =
      try sent("- ipv4\n- icmpv4: { type: echo-request, checksum: wrong }")
      + sent("- ipv6\n- icmpv6: { type: echo-request, checksum: off-by-one }")
      + sent("- ipv4: { header-checksum: complement }\n- icmpv4: { type: echo-request }")
      + sent("- ipv4\n- udp: { checksum: wrong }\n- data: { counter: 4 }")
    #expect(try Set(TShark.complaints(about: wrong).map(\.frame)) == [1, 2, 3, 4])
  }

  /// The frames of stimuli in which nothing is meant to be wrong.
  private static func honestFrames() throws -> [(trial: String, frame: [UInt8])] {
    var result: [(trial: String, frame: [UInt8])] = []
    // Messages of unknown types have bodies that those who know the type find odd.
    for trial in try BundledTrials.all() where !trial.suite.hasSuffix(".unknown-types") {
      let steps = trial.testCase.setup + trial.testCase.steps + trial.testCase.cleanup
      let stimuli = steps.compactMap { step -> Stimulus? in
        if case .send(let stimulus) = step.action { stimulus } else { nil }
      }
      for (stimulus, planned) in zip(stimuli, try BundledTrials.plan(trial).stimuli) where stimulus.isHonest {
        if let frame = planned.frames.first { result.append((trial.id, frame.bytes)) }
      }
    }
    return result
  }
}
