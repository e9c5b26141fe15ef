import Craft
import Testing

@testable import Runner

/// The search for the shortest sequence of packets that does something.
@Suite struct InvestigationTests {
  private static func packets(_ range: Range<Int>) -> [PacketSequence.Packet] {
    range.map { PacketSequence.Packet(trial: "a.b", step: $0, frame: 0) }
  }

  /// Searches to the end; what does it is said of the steps' numbers.
  private func search(_ investigation: Investigation, _ isLethal: ([Int]) -> Bool) -> Investigation {
    var investigation = investigation
    while let sequence = investigation.next() {
      investigation.learn(isLethal: isLethal(sequence.packets.map(\.step)))
    }
    return investigation
  }

  private func steps(_ investigation: Investigation) -> [Int]? { investigation.shortest?.packets.map(\.step) }

  @Test(arguments: [1, 2, 3, 7, 16, 33]) func `One packet of many is found`(count: Int) {
    for culprit in 0..<count {
      let all = PacketSequence(Self.packets(0..<count))
      let found = search(Investigation(of: all)) { $0.contains(culprit) }
      #expect(steps(found) == [culprit])
      #expect(!found.isCutShort)
    }
  }

  @Test func `Two packets of twelve are found wherever they stand, in their order`() {
    for first in 0..<12 {
      for second in first + 1..<12 {
        let found = search(Investigation(of: PacketSequence(Self.packets(0..<12)))) {
          $0.contains(first) && $0.contains(second)
        }
        #expect(steps(found) == [first, second])
      }
    }
  }

  @Test func `Nothing is left out where all is needed`() {
    let found = search(Investigation(of: PacketSequence(Self.packets(0..<4)))) { $0.count == 4 }
    #expect(steps(found) == [0, 1, 2, 3])
    #expect(!found.isCutShort)
  }

  @Test func `The first hypothesis that holds is searched, and none may hold`() {
    let hypotheses = [PacketSequence(Self.packets(3..<4)), PacketSequence(Self.packets(0..<4))]
    let found = search(Investigation(among: hypotheses)) { $0.contains(1) && $0.contains(3) }
    #expect(steps(found) == [1, 3])
    let none = search(Investigation(among: hypotheses)) { _ in false }
    #expect(steps(none) == nil)
    #expect(none.attempts == 2)
  }

  @Test func `What an attempt leaves behind in the target isn't taken for the next one's doing`() {
    var memory: [Int] = []
    let found = search(Investigation(of: PacketSequence(Self.packets(0..<9)))) { steps in
      for step in steps {
        memory.append(step)
        if memory.suffix(2) == [3, 4] {
          memory = []
          return true
        }
      }
      return false
    }
    #expect(steps(found) == [3, 4])
  }

  @Test func `No sequence is tried twice, and not more than so many`() {
    var investigation = Investigation(of: PacketSequence(Self.packets(0..<200)))
    var tried: [PacketSequence] = []
    while let sequence = investigation.next() {
      if tried.last != sequence { tried.append(sequence) }
      investigation.learn(
        isLethal: sequence.packets.contains { $0.step == 3 } && sequence.packets.contains { $0.step == 170 }
          && sequence.packets.count.isMultiple(of: 2)
      )
    }
    #expect(Set(tried).count == tried.count)
    #expect(tried.count <= Investigation.mostAttempts)
  }
}
