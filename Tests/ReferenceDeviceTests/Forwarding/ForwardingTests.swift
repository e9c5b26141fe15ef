import Suite
import Testing

@testable import ReferenceDevice

@Suite struct ForwardingTests {
  @Test(arguments: Passage.router)
  func `The strict router does as required`(passage: Passage) throws {
    #expect(!passage.frames.isEmpty)
    var crossing = Crossing(ForwardingDevice(.router))
    let answers = try crossing.exchange(passage)
    #expect(CrossingText.text(of: answers, about: passage.frames) == RouterAnswers.expected[passage.name])
  }
}

extension Passage: CustomTestStringConvertible {
  var testDescription: String { name }

  static let router =
    router4 + martians4 + tooBig4 + options4 + redirects4 + discovery4 + router6 + headers6 + redirects6 + discovery6
}
