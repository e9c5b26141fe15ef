import ArgumentParser
import Capture
import Craft
import Foundation
import Report
import Suite
import Wire

/// Makes a suite of captured packets, and makes sure that it crafts them.
struct SuiteImport {
  let name: String
  /// The capture's file name, for the heading.
  let file: String
  /// What the user must know: packets left out, packets that the capture cut.
  private(set) var notes: [String] = []

  private var packets: [Packet] = []

  /// A packet with what it must come out as.
  private struct Packet {
    var number: Int
    /// The captured octets; nil if others are meant.
    var octets: [UInt8]?
    /// Whether the octets begin with the Ethernet header.
    var isWhole: Bool
    var imported: ImportedPacket
  }

  init(name: String, file: String) {
    self.name = name
    self.file = file
  }

  /// How many packets are in the suite.
  var count: Int { packets.count }

  /// A suite's name made of a file's: `imported.` and its letters and digits.
  static func name(of path: String) -> String {
    let stem = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent.lowercased()
    let words = stem.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.joined(separator: "-").prefix(60)
    return words.isEmpty ? "imported" : "imported.\(words)"
  }

  /// Adds packets, counted from 1, as they were captured.
  mutating func add(_ numbers: [Int], of content: CaptureFile) throws {
    for number in numbers {
      let dissection = try dissection(ofPacket: number, content)
      let octets = content.packets[number - 1].bytes
      let imported = ImportedPacket(
        id: "packet-\(number)",
        title: dissection.summary,
        comments: comments(number, content, dissection),
        template: PacketTemplate(recovering: octets, as: dissection.layers.first?.kind ?? .ethernet)
      )
      let isWhole = dissection.layers.first?.kind == .ethernet
      packets.append(Packet(number: number, octets: octets, isWhole: isWhole, imported: imported))
    }
  }

  /// Adds packets, counted from 1, as the tester would send them to the target, with the answers that came.
  mutating func addExchanges(_ numbers: [Int], of content: CaptureFile) throws {
    let dissections = try numbers.map { try dissection(ofPacket: $0, content) }
    let exchanges = Exchanges(dissections)
    for exchange in exchanges.all {
      let request = dissections[exchange.request[0]]
      let rebinding = Rebinding(request, hosts: exchanges.hosts)
      let parts = exchange.request.map { numbers[$0] }
      // No fragment can be given the right checksum of the whole packet.
      if request.isFragment, request.message?.kind != .icmpv4 {
        notes.append("packet \(parts[0]) is left out: its checksum covers addresses, and it is in fragments")
        continue
      }
      var answers = exchange.answers.map {
        rebinding.renamed(SuiteWriter.expectation(of: dissections[$0], to: request))
      }
      if answers.isEmpty { answers = [.entries([.init("expect", "nothing")])] }
      let imported = ImportedPacket(
        id: "packet-\(parts[0])",
        title: request.summary,
        comments: comments(parts[0], content, request, fragments: Array(parts.dropFirst())),
        packets: exchange.request.map { index in
          let kind = dissections[index].layers.first?.kind ?? .ethernet
          let octets = content.packets[numbers[index] - 1].bytes
          return rebinding.packet(SuiteWriter.packet(PacketTemplate(recovering: octets, as: kind)))
        },
        answers: answers
      )
      packets.append(Packet(number: parts[0], octets: nil, isWhole: true, imported: imported))
    }
    let others = numbers.count - exchanges.all.reduce(0) { $0 + $1.request.count + $1.answers.count }
    if others > 0 {
      notes.append(
        "\(others) \(others == 1 ? "packet is" : "packets are") left out: neither from the tester nor answers"
      )
    }
  }

  private func dissection(ofPacket number: Int, _ content: CaptureFile) throws -> Dissection {
    Dissection(packet: content.packets[number - 1].bytes, as: try firstLayer(ofPacket: number, content))
  }

  /// What a packet begins with.
  private func firstLayer(ofPacket number: Int, _ content: CaptureFile) throws -> LayerKind {
    let link = content.linkType(ofPacket: number)
    if let layer = link.firstLayer(of: content.packets[number - 1].bytes) { return layer }
    throw Failure.exit(
      .badInput,
      "packet \(number) of \(file) has link type \(link.rawValue); Assay sends Ethernet frames, and takes "
        + "packets that begin with an Ethernet header (1) or an IP header (101, 228, 229)"
    )
  }

  /// What stands above a case: the packet's number and time, what is special about it, its comments in the capture.
  private mutating func comments(
    _ number: Int,
    _ content: CaptureFile,
    _ dissection: Dissection,
    fragments: [Int] = []
  ) -> [String] {
    let packet = content.packets[number - 1]
    var comments = ["Packet \(number)" + (packet.time.map { ", \($0.preciseUTC)" } ?? "")]
    if !fragments.isEmpty {
      comments.append(
        "With its fragments in packets \(fragments.map { String($0) }.joined(separator: ", "))."
      )
    }
    if dissection.layers.first?.kind != .ethernet {
      comments.append("Captured without an Ethernet header: the trial's own is put before it.")
    }
    if packet.originalLength > packet.bytes.count {
      let cut = "the capture has \(packet.bytes.count) of its \(packet.originalLength) octets"
      comments.append("Cut: \(cut).")
      notes.append("packet \(number) is cut: \(cut)")
    }
    return comments
      + packet.comments.flatMap {
        $0.split(whereSeparator: \.isNewline).prefix(8).map { String($0.prefix(100)) }
      }
  }

  /// The suite file, of which every packet is crafted as it was captured; nil if no packet is left.
  mutating func text() throws -> String? {
    let candidate = written
    let suite: TestSuite
    do throws(SuiteError) {
      suite = try TestSuite(decoding: candidate, file: file)
    } catch {
      let first = error.diagnostics.first?.message ?? "unknown"
      let advice = packets.count > 1000 ? "; choose fewer packets with --packets, --filter or --limit" : ""
      throw Failure.exit(.badInput, "the suite would be wrong: \(first)\(advice)")
    }
    let preview = Preview(catalogue: RequirementCatalogue())
    let wanted = Dictionary(uniqueKeysWithValues: packets.map { ($0.imported.id, $0) })
    var faults: [String: String] = [:]
    for trial in suite.trials {
      do throws(CraftError) {
        let crafted = try preview.plan(trial).steps.lazy.compactMap { step in
          if case .send(let stimulus) = step { stimulus.frames.first?.bytes } else { nil }
        }.first
        faults[trial.testCase.id] = wanted[trial.testCase.id].flatMap {
          difference(of: crafted ?? [], from: $0)
        }
      } catch {
        faults[trial.testCase.id] = if case .invalid(let fault) = error { fault.message } else { "\(error)" }
      }
    }
    guard !faults.isEmpty else { return candidate }
    for packet in packets {
      if let fault = faults[packet.imported.id] {
        notes.append("packet \(packet.number) is left out: \(fault)")
      }
    }
    packets.removeAll { faults[$0.imported.id] != nil }
    return packets.isEmpty ? nil : written
  }

  private var written: String {
    SuiteWriter.suite(
      name: name,
      title: "Packets of \(file)",
      comments: ["Made by 'assay import' from \(file)."],
      packets: packets.map(\.imported)
    )
  }

  /// What keeps crafted octets from being those of the capture.
  private func difference(of crafted: [UInt8], from packet: Packet) -> String? {
    let octets = packet.isWhole ? crafted : Array(crafted.dropFirst(14))
    guard let wanted = packet.octets, octets != wanted else { return nil }
    let offset = zip(octets, wanted).prefix { $0 == $1 }.count
    return "it can't be said exactly (octet \(offset) comes out differently)"
  }
}

extension LinkType {
  /// The layer that packets begin with; nil for headers that Assay doesn't send.
  fileprivate func firstLayer(of octets: [UInt8]) -> LayerKind? {
    switch (rawValue, (octets.first ?? 0) >> 4) {
    case (1, _): .ethernet
    case (101, 4), (228, _): .ipv4
    case (101, 6), (229, _): .ipv6
    default: nil
    }
  }
}
