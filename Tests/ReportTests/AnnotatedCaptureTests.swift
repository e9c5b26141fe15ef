import Capture
import Foundation
import Link
import Report
import Runner
import Testing
import Wire

@Suite struct AnnotatedCaptureTests {
  @Test func `each packet says its trial and role`() throws {
    let file = try CaptureFile.read(bytes: AnnotatedCapture.render(SampleRun.everything))
    #expect(
      file.packets.map(\.comments) == [
        ["neighbour discovery"],
        ["icmpv4.echo.mirrors[length=0] · step 1: stimulus"],
        ["icmpv4.echo.mirrors[length=1472] · step 1: stimulus"],
        ["icmpv4.echo.mirrors[length=0] · step 2: as expected"],
        ["icmpv4.echo.mirrors[length=1472] · not expected by any step"],
        ["icmpv4.redirect.known-one · step 1: stimulus"],
      ]
    )
    #expect(try file.frames() == SampleRun.frames.map(\.frame))
  }

  @Test func `the file names version, seed and target`() throws {
    let section = try CaptureFile.read(bytes: AnnotatedCapture.render(SampleRun.everything)).section
    #expect(section.application == "assay 0.1.0")
    #expect(section.comments.first == "assay 0.1.0, seed 42, target linux-host (host)")
  }

  @Test func `losses stand in the file`() throws {
    var result = SampleRun.everything
    result.statistics = LinkStatistics(received: 9, droppedByKernel: 3, droppedByInterface: 1)
    let interface = try CaptureFile.read(bytes: AnnotatedCapture.render(result)).interfaces[0]
    #expect(
      interface.statistics == InterfaceStatistics(received: 9, droppedByInterface: 1, droppedBySystem: 3)
    )
  }

  @Test func `frames of both arms keep their arm and its name`() throws {
    let frames = [
      SampleRun.frame(nil, "a", after: .zero), SampleRun.frame(nil, "b", after: .zero, arm: .far),
    ]
    let bytes = AnnotatedCapture.render(
      SampleRun.run([], frames: frames),
      interfaces: [.near: "eth1", .far: "eth2"]
    )
    let file = try CaptureFile.read(bytes: bytes)
    #expect(file.interfaces.map(\.name) == ["eth1", "eth2"])
    #expect(try file.frames().map(\.arm) == [.near, .far])
  }

  @Test(.enabled(if: ExternalTool.exists("tshark"), "needs tshark"))
  func `tshark shows the comments and finds a trial by them`() throws {
    try withTemporaryDirectory { folder in
      let file = folder.appendingPathComponent("capture.pcapng")
      try Data(AnnotatedCapture.render(SampleRun.everything)).write(to: file)
      let output = try #require(ExternalTool("tshark")).run(
        "-r",
        file.path,
        "-Y",
        "frame.comment contains \"mirrors[length=0]\"",
        "-T",
        "fields",
        "-e",
        "frame.number",
        "-e",
        "frame.comment"
      )
      #expect(
        output == """
          2\ticmpv4.echo.mirrors[length=0] · step 1: stimulus
          4\ticmpv4.echo.mirrors[length=0] · step 2: as expected

          """
      )
    }
  }
}
