import ArgumentParser
import Capture
import Foundation
import Link
import Report
import Suite
import Wire

/// `assay import`: captured packets as a suite.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Turn captured packets into a suite that crafts the same octets.",
    discussion: """
      Each packet becomes a case that sends the same octets and reports what comes back. Addresses, identifiers and \
      wrong lengths or checksums are written out, right ones aren't. The suite is crafted before it's written, and a \
      packet that wouldn't come out octet for octet is left out and named.

      With --exchanges each packet that was answered, and each other one of the same hosts, becomes a case that the \
      trial's own tester sends to the target, and that expects what came back, or silence where nothing did.

        assay import dump.pcapng -o replay.yaml
        assay import dump.pcap --packets 1,4-7 --suite lab.replay
        assay import dump.pcap --filter 'icmp and host 192.0.2.7' --exchanges
      """
  )

  @Argument(help: ArgumentHelp("A pcap or pcapng file.", valueName: "capture"))
  var capture: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The suite file; default: standard output.", valueName: "file")
  )
  var output: String?

  @Option(help: ArgumentHelp("The suite's name; default: imported.FILE.", valueName: "name"))
  var suite: String?

  @Option(help: ArgumentHelp("Only these packets, counted from 1: 1,4-7.", valueName: "numbers"))
  var packets: String?

  @Option(help: ArgumentHelp("Only packets that pass a filter of libpcap.", valueName: "expression"))
  var filter: String?

  @Option(help: ArgumentHelp("At most so many packets.", valueName: "count"))
  var limit: Int?

  @Flag(
    help:
      "Send from the tester to the target, expect the answers in the capture, and silence where it has none."
  )
  var exchanges = false

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit is at least 1") }
    if let packets, PacketNumbers(packets) == nil {
      throw ValidationError("--packets takes numbers and ranges counted from 1, for example 1,4-7")
    }
  }

  func run() throws {
    let content = try read()
    guard !content.packets.isEmpty else {
      throw Failure.exit(.badInput, "\(capture) has no packets")
    }
    let chosen = try selection(of: content)
    guard !chosen.isEmpty else {
      throw Failure.exit(
        .nothingSelected,
        "none of the \(content.packets.count) packets in \(capture) is selected"
      )
    }
    var importer = SuiteImport(
      name: suite ?? SuiteImport.name(of: capture),
      file: URL(fileURLWithPath: capture).lastPathComponent
    )
    if exchanges {
      try importer.addExchanges(chosen, of: content)
    } else {
      try importer.add(chosen, of: content)
    }
    let text = try importer.text()
    importer.notes.forEach { Console.error("assay: \($0)") }
    guard let text else {
      throw Failure.exit(.badInput, "no packet of \(capture) can be crafted octet for octet")
    }
    guard let output else {
      Console.out(text)
      return
    }
    do {
      try ReportFiles.write(Array(text.utf8), to: output)
    } catch {
      throw Failure.exit(.cannotWrite, "\(error)")
    }
    Console.error("\(importer.count) packets in \(output)")
  }

  private func read() throws -> CaptureFile {
    guard let data = FileManager.default.contents(atPath: capture) else {
      throw Failure.exit(.noInput, "can't read \(capture)")
    }
    do throws(CaptureError) {
      return try CaptureFile.read(bytes: Array(data))
    } catch {
      throw Failure.exit(.badInput, "\(capture): \(error)")
    }
  }

  /// The numbers of the packets to import, counted from 1.
  private func selection(of content: CaptureFile) throws -> [Int] {
    var chosen = Array(1...content.packets.count)
    if let packets, let numbers = PacketNumbers(packets) {
      if let highest = numbers.highest, highest > content.packets.count {
        throw Failure.exit(
          .usage,
          "there is no packet \(highest) in \(capture): it has \(content.packets.count)"
        )
      }
      chosen = chosen.filter { numbers.contains($0) }
    }
    if let filter {
      var filters: [UInt16: Set<Int>] = [:]
      for (link, numbers) in Dictionary(grouping: chosen, by: { content.linkType(ofPacket: $0).rawValue }) {
        do throws(CaptureFilter.SyntaxError) {
          let filter = try CaptureFilter(filter, linkType: link)
          filters[link] = Set(
            numbers.filter {
              let packet = content.packets[$0 - 1]
              return filter.matches(packet.bytes, originalLength: packet.originalLength)
            }
          )
        } catch {
          throw Failure.exit(.usage, "--filter: \(error)")
        }
      }
      chosen = chosen.filter { filters[content.linkType(ofPacket: $0).rawValue]?.contains($0) ?? false }
    }
    return limit.map { Array(chosen.prefix($0)) } ?? chosen
  }
}

/// Numbers and ranges of packets: `1,4-7`.
struct PacketNumbers {
  private var ranges: [ClosedRange<Int>] = []

  /// Reads numbers and ranges between commas; nil if one makes no sense.
  init?(_ text: String) {
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let bounds = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard let low = bounds.first ?? nil, let high = bounds.last ?? nil, bounds.count <= 2, low > 0,
        low <= high
      else { return nil }
      ranges.append(low...high)
    }
  }

  /// The largest number named.
  var highest: Int? { ranges.map(\.upperBound).max() }

  func contains(_ number: Int) -> Bool { ranges.contains { $0.contains(number) } }
}

extension CaptureFile {
  /// What a packet, counted from 1, begins with.
  func linkType(ofPacket number: Int) -> LinkType {
    let index = packets[number - 1].interface
    return interfaces.indices.contains(index) ? interfaces[index].linkType : LinkType(rawValue: .max)
  }
}
