import Foundation
import Suite
import Testing

@testable import ReferenceDevice

@Suite struct DumpTests {
  @Test func `dump`() throws {
    var out = ""
    for passage in Passage.router {
      var crossing = Crossing(ForwardingDevice(.router))
      let answers = try crossing.exchange(passage)
      out += "    \(passage.name): \(passage.frames.isEmpty ? "NO FRAMES" : CrossingText.text(of: answers, about: passage.frames))\n"
    }
    try out.write(toFile: "/tmp/w/fardev-notes/router.txt", atomically: true, encoding: .utf8)
  }
}
