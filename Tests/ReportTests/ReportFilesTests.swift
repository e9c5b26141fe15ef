import Capture
import Foundation
import Report
import Testing

@Suite struct ReportFilesTests {
  private func names(below folder: URL) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { !$0.hasSuffix("/") && $0.contains(".") && ($0 as NSString).pathExtension.count > 1 }
      .filter { name in
        var isDirectory: ObjCBool = false
        let path = folder.appendingPathComponent(name).path
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
          && !isDirectory.boolValue
      }.sorted()
  }

  @Test func `all reports are written, with captures of what didn't pass`() throws {
    try withTemporaryDirectory { folder in
      let written = try ReportFiles.write(SampleRun.everything, to: folder.path + "/a/b/")
      #expect(
        try names(below: folder.appendingPathComponent("a/b")) == [
          "capture.pcapng", "evidence/icmpv4.echo/mirrors.length-1472.pcapng",
          "evidence/icmpv4.redirect/known-one.pcapng", "junit.xml", "report.html", "results.json",
          "summary.md",
        ]
      )
      #expect(
        written.map { ($0 as NSString).lastPathComponent }.sorted() == [
          "capture.pcapng", "junit.xml", "report.html", "results.json", "summary.md",
        ]
      )
      let bytes = try Data(
        contentsOf: folder.appendingPathComponent("a/b/evidence/icmpv4.redirect/known-one.pcapng")
      )
      let file = try CaptureFile.read(bytes: Array(bytes))
      #expect(file.packets.map(\.comments) == [["icmpv4.redirect.known-one · step 1: stimulus"]])
      #expect(
        file.section.comments.suffix(2) == [
          "only the frames of icmpv4.redirect.known-one",
          "run again: assay run --lab linux-host Suites/icmpv4/redirect.yaml "
            + "--filter 'icmpv4.redirect.known-one' --seed 42",
        ]
      )
    }
  }

  @Test func `captures of an earlier run vanish, those of others stay`() throws {
    try withTemporaryDirectory { folder in
      try ReportFiles.write(SampleRun.everything, to: folder.path)
      let theirs = folder.appendingPathComponent("evidence/icmpv4.echo/theirs.pcapng")
      var writer = PcapngWriter(section: CaptureSection(application: "tcpdump"), interfaces: [])
      try Data(writer.takeBytes()).write(to: theirs)
      try ReportFiles.write(SampleRun.run([SampleRun.redirect], frames: SampleRun.frames), to: folder.path)
      #expect(
        try names(below: folder.appendingPathComponent("evidence")) == [
          "icmpv4.echo/theirs.pcapng", "icmpv4.redirect/known-one.pcapng",
        ]
      )
    }
  }

  @Test func `writing replaces a file and leaves nothing beside it`() throws {
    try withTemporaryDirectory { folder in
      let path = folder.appendingPathComponent("x.xml").path
      try ReportFiles.write([1], to: path)
      try ReportFiles.write([2, 3], to: path)
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data([2, 3]))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["x.xml"])
    }
  }

  @Test func `a link is followed rather than replaced`() throws {
    try withTemporaryDirectory { folder in
      let (file, link) = (folder.appendingPathComponent("file"), folder.appendingPathComponent("link"))
      try Data([1]).write(to: file)
      try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
      try ReportFiles.write([2], to: link.path)
      #expect(try Data(contentsOf: file) == Data([2]))
    }
  }

  @Test func `a device is written into rather than replaced`() throws {
    try ReportFiles.write([1, 2, 3], to: "/dev/null")
    let type = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType
    #expect(type == .typeCharacterSpecial)
  }

  @Test func `a path that can't be is an error with that path`() throws {
    try withTemporaryDirectory { folder in
      let file = folder.appendingPathComponent("file")
      try Data().write(to: file)
      let path = file.path + "/junit.xml"
      let error = #expect(throws: ReportError.self) { try ReportFiles.write([1], to: path) }
      #expect(error?.path == path)
    }
  }
}
