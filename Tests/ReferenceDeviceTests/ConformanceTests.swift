import Testing

@testable import ReferenceDevice

@Suite struct ConformanceTests {
  @Test(arguments: Stimulus.all)
  func `The strict device answers as required`(stimulus: Stimulus) throws {
    #expect(!stimulus.frames.isEmpty)
    var conversation = Conversation(ReferenceDevice())
    let answers = try conversation.exchange(stimulus.frames, wait: stimulus.wait)
    #expect(AnswerText.text(of: answers, about: stimulus.frames) == Expected.answers[stimulus.name])
  }

  @Test func `Every stimulus has one expected answer`() {
    #expect(Set(Stimulus.all.map(\.name)) == Set(Expected.answers.keys))
    #expect(Set(Stimulus.all.map(\.name)).count == Stimulus.all.count)
  }

  @Test(arguments: Deviations.rows)
  func `A mutant deviates as its name says`(row: ShownDeviation) throws {
    let mutant = try #require(Mutant(name: row.mutant))
    let stimulus = try #require(Stimulus.named(row.stimulus))
    var conversation = Conversation(ReferenceDevice(mutants: [mutant]))
    let answers = try conversation.exchange(stimulus.frames, wait: stimulus.wait)
    #expect(AnswerText.text(of: answers, about: stimulus.frames) == row.answers)
    #expect(row.answers != Expected.answers[row.stimulus])
  }

  @Test(arguments: Deviations.rows)
  func `Where a mutant deviates, the strict device is traced`(row: ShownDeviation) throws {
    let mutant = try #require(Mutant(name: row.mutant))
    let stimulus = try #require(Stimulus.named(row.stimulus))
    let trace = DeviationTrace()
    var conversation = Conversation(ReferenceDevice(trace: trace))
    _ = try conversation.exchange(stimulus.frames, wait: stimulus.wait)
    #expect(trace.reached(of: [mutant]) == [mutant])
  }

  @Test func `A trace knows nothing of places that nobody came to`() throws {
    let mutant = try #require(Mutant(name: "replies-to-bad-checksum"))
    let echo = try #require(Stimulus.all.first)
    let trace = DeviationTrace()
    var conversation = Conversation(ReferenceDevice(trace: trace))
    _ = try conversation.exchange(echo.frames, wait: echo.wait)
    #expect(trace.reached(of: [mutant]).isEmpty)
    #expect(!trace.reached(of: Mutant.allCases).isEmpty)
  }

  @Test func `Every mutant has a deviation, or is known to be unseen here`() {
    let shown = Set(Deviations.rows.map(\.mutant))
    let missing = Mutant.allCases.map(\.name).filter { !shown.contains($0) }
    #expect(Set(missing) == Deviations.unseen)
  }

  @Test func `Names of mutants are unique and lead back to them`() {
    #expect(Set(Mutant.everywhere.map(\.name)).count == Mutant.everywhere.count)
    for mutant in Mutant.allCases {
      #expect(Mutant(name: mutant.name) == mutant)
      #expect(!mutant.requirements.isEmpty)
      #expect(!mutant.summary.isEmpty)
    }
    #expect(Mutant(UDP6Mutant.acceptsIPv6UDPWithoutChecksum).name == "accepts-ipv6-udp-without-checksum")
    #expect(Mutant(ErrorMutant.quotes28Octets).name == "quotes-28-octets")
    #expect(Mutant(ICMPMutant.repliesToBadChecksum).requirements == ["RFC792-formats-d", "RFC4443-2.3-b"])
  }
}

extension Stimulus: CustomTestStringConvertible {
  var testDescription: String { name }
}
