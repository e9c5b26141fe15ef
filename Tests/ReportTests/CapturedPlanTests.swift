import Capture
import Report
import Runner
import Testing

/// A run's plan beside its frames.
@Suite struct CapturedPlanTests {
  private func file(notes: [String]) throws -> CaptureFile {
    var writer = PcapngWriter(
      section: CaptureSection(application: "assay", notes: notes),
      interfaces: [CaptureInterface(name: "near")]
    )
    return try CaptureFile.read(bytes: writer.takeBytes())
  }

  @Test func `A capture of another program has none`() throws {
    #expect(try CapturedPlan.read(from: file(notes: [])) == nil)
    #expect(try CapturedPlan.read(from: file(notes: ["written by hand"])) == nil)
  }

  @Test(arguments: [
    (["assay plan 1/2:{}"], "1 of 2 parts are there"), (["assay plan 2/1:{}"], "1 of 1 parts are there"),
    (["assay plan x/1:{}"], "a part has no number"), (["assay plan 1/1"], "a part has no number"),
    (["assay plan 1/1:[]"], "typeMismatch"), (["assay plan 1/-4:{}"], "1 of -4 parts are there"),
  ])
  func `One that isn't whole, or says something else, is refused`(notes: [String], words: String) {
    #expect {
      _ = try CapturedPlan.read(from: file(notes: notes))
    } throws: { error in
      (error as? CapturedPlanError)?.reason.contains(words) ?? false
    }
  }
}
