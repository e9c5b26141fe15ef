import Capture
import Foundation
import Testing

/// Files that we wrote, read by others, and the other way round.
@Suite struct IndependentToolTests {
  @Test(.enabled(if: ExternalTool.exists("tshark"), "needs tshark"))
  func `tshark reads our pcapng with times, lengths and comments`() throws {
    try withTemporaryDirectory { folder in
      let file = folder.appendingPathComponent("ours.pcapng")
      try Data(Sample.pcapng()).write(to: file)
      let tshark = try #require(ExternalTool("tshark"))
      let lines = try tshark.run(
        "-r",
        file.path,
        "-T",
        "fields",
        "-e",
        "frame.time_epoch",
        "-e",
        "frame.len",
        "-e",
        "frame.cap_len",
        "-e",
        "frame.interface_name",
        "-e",
        "frame.comment",
        "-E",
        "aggregator=|"
      ).split(separator: "\n")
      #expect(
        lines == [
          "1790000000.123456789\t46\t46\teth1\ticmpv4.echo.reply[length=4]|step 1: stimulus",
          "1790000000.123456790\t1500\t45\teth2\tgrößer als „das“ 🙂",
          "1790000001.123456789\t46\t46\teth1\t",
        ]
      )
    }
  }

  @Test(.enabled(if: ExternalTool.exists("capinfos"), "needs capinfos"))
  func `capinfos shows the section and the losses`() throws {
    try withTemporaryDirectory { folder in
      let file = folder.appendingPathComponent("ours.pcapng")
      try Data(Sample.pcapng()).write(to: file)
      let text = try #require(ExternalTool("capinfos")).run(file.path)
      for line in ["assay 0.1.0", "test bench", "seed 42", "target linux-host", "nanosecond"] {
        #expect(text.contains(line))
      }
    }
  }

  @Test(
    .enabled(if: ExternalTool.exists("tcpdump"), "needs tcpdump"),
    arguments: [true, false]
  )
  func `tcpdump reads our pcap`(isLittleEndian: Bool) throws {
    try withTemporaryDirectory { folder in
      let file = folder.appendingPathComponent("ours.pcap")
      try Data(Sample.pcap(.nanoseconds, isLittleEndian: isLittleEndian)).write(to: file)
      let text = try #require(ExternalTool("tcpdump")).run(
        "-nn",
        "-tt",
        "--nano",
        "-r",
        file.path,
        "less 46"
      )
      #expect(
        text.contains("1790000000.123456789 IP 192.0.2.16 > 192.0.2.1: ICMP echo request, id 4660, seq 1")
      )
    }
  }

  @Test(
    .enabled(if: ExternalTool.exists("editcap"), "needs editcap"),
    arguments: ["pcap", "nsecpcap", "pcapng"]
  )
  func `what editcap makes of our file is read`(format: String) throws {
    try withTemporaryDirectory { folder in
      let (ours, theirs) = (folder.appendingPathComponent("a"), folder.appendingPathComponent("b"))
      try Data(Sample.pcapng()).write(to: ours)
      _ = try #require(ExternalTool("editcap")).run("-F", format, ours.path, theirs.path)
      let file = try CaptureFile.read(bytes: Array(Data(contentsOf: theirs)))
      #expect(file.format == (format == "pcapng" ? .pcapng : .pcap))
      #expect(file.packets.map(\.bytes) == Sample.packets.map(\.bytes))
      if format == "pcapng" { #expect(file.packets.map(\.comments) == Sample.packets.map(\.comments)) }
      let unit: Int64 = format == "pcap" ? 1000 : 1
      #expect(
        file.packets.map(\.time?.nanoseconds)
          == Sample.packets.map { $0.time.map { $0.nanoseconds / unit * unit } }
      )
    }
  }

  @Test(.enabled(if: ExternalTool.exists("tcpdump"), "needs tcpdump"))
  func `what tcpdump writes is read`() throws {
    try withTemporaryDirectory { folder in
      let (ours, theirs) = (folder.appendingPathComponent("a"), folder.appendingPathComponent("b"))
      try Data(Sample.pcap(.microseconds, isLittleEndian: false)).write(to: ours)
      _ = try #require(ExternalTool("tcpdump")).run("-r", ours.path, "-w", theirs.path)
      let file = try CaptureFile.read(bytes: Array(Data(contentsOf: theirs)))
      #expect(file.packets.map(\.bytes) == Sample.packets.map(\.bytes))
    }
  }
}
