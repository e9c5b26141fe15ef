import Capture
import Craft
import Judge
import Testing

/// The TCP client against scripted peers [RFC 9293 3.10].
@Suite struct TCPConversationTests {
  @Test func `A handshake is three segments, the first with the largest size that is taken`() throws {
    var peer = ScriptedPeer()
    let first = peer.end.open()
    #expect(peer.text(first) == ["syn 0"])
    guard case .send(let syn) = try #require(first.first) else { return }
    #expect(syn.maximumSegmentSize == 1460)
    #expect(peer.text(peer.says([.syn, .ack], at: 0, acknowledging: 1)) == ["established", "ack 1 1"])
    #expect(peer.end.state == .established)
    #expect(peer.end.localNext == SequenceNumber(1001))
    #expect(peer.end.remoteNext == SequenceNumber(5001))
  }

  @Test func `A SYN without an answer is sent again after each wait, then given up`() {
    var peer = ScriptedPeer()
    let first = peer.end.open()
    peer.leave(first)
    peer.wait(.milliseconds(299))
    #expect(peer.expire() == [])
    peer.wait(.milliseconds(2))
    let second = peer.expire()
    #expect(second == first)
    peer.leave(second)
    peer.wait(.milliseconds(701))
    let third = peer.expire()
    #expect(third == first)
    peer.leave(third)
    peer.wait(.milliseconds(1001))
    #expect(peer.expire() == [.timedOut])
    #expect(peer.end.deadline == nil)
  }

  @Test func `A reset that acknowledges the SYN is a refusal; one that doesn't is none`() {
    var peer = ScriptedPeer()
    peer.leave(peer.end.open())
    #expect(peer.says([.rst, .ack], at: 0, acknowledging: 2) == [])
    #expect(peer.says([.rst], at: 0) == [])
    #expect(peer.says([.rst, .ack], at: 0, acknowledging: 1) == [.refused])
    #expect(peer.end.state == .closed)
  }

  @Test func `A peer that still knows an old connection is told to forget it`() {
    var peer = ScriptedPeer()
    peer.leave(peer.end.open())
    #expect(peer.text(peer.says([.ack], at: 0, acknowledging: 700)) == ["rst 700"])
    #expect(peer.end.state == .synSent)
  }

  @Test func `Both ends may open at once`() {
    var peer = ScriptedPeer()
    peer.leave(peer.end.open())
    #expect(peer.text(peer.says([.syn], at: 0)) == ["syn+ack 0 1"])
    #expect(peer.text(peer.says([.syn, .ack], at: 0, acknowledging: 1)) == ["ack 1 1"])
    #expect(peer.text(peer.says([.ack], at: 1, acknowledging: 1)) == ["established", "acknowledged"])
  }

  @Test func `Data before the handshake goes out behind it, and carries its acknowledgement`() {
    var peer = ScriptedPeer()
    #expect(peer.end.send(Array("early".utf8), at: peer.clock) == [])
    peer.leave(peer.end.open())
    #expect(
      peer.text(peer.says([.syn, .ack], at: 0, acknowledging: 1)) == ["established", "psh+ack 1 1 early"]
    )
  }

  @Test func `What a server says first is taken and acknowledged`() {
    var peer = ScriptedPeer.connected()
    #expect(peer.text(peer.says([.ack, .psh], at: 1, "220 hello")) == ["received(9)", "ack 1 10"])
    #expect(peer.end.stream == Array("220 hello".utf8))
  }

  @Test func `A repeated handshake answer is acknowledged again`() {
    var peer = ScriptedPeer.connected()
    #expect(peer.text(peer.says([.syn, .ack], at: 0, acknowledging: 1)) == ["ack 1 1"])
  }

  @Test func `Segments are as large as the peer, or the link, takes`() {
    func sizes(_ peer: ScriptedPeer) -> [Int] {
      var peer = peer
      return peer.end.send([UInt8](repeating: 0, count: 2500), at: peer.clock).compactMap { action in
        if case .send(let segment) = action { segment.payload.count } else { nil }
      }
    }
    #expect(sizes(.connected()) == [1460, 1040])
    #expect(sizes(.connected(peerSize: 1000)) == [1000, 1000, 500])
    #expect(sizes(.connected(peerSize: nil)) == [536, 536, 536, 536, 356])
    #expect(sizes(.connected(linkLimit: 1440, peerSize: 9000)) == [1440, 1060])
    #expect(sizes(.connected(peerSize: 0)).first == 1)
    #expect(sizes(.connected(window: 600)) == [600])
  }

  @Test func `Lost data is sent again, with the newest acknowledgement`() {
    var peer = ScriptedPeer.connected()
    peer.leave(peer.end.send(Array("abc".utf8), at: peer.clock))
    peer.leave(peer.says([.ack], at: 1, acknowledging: 1, "x"))
    peer.wait(.milliseconds(301))
    #expect(peer.text(peer.expire()) == ["psh+ack 1 2 abc"])
  }

  @Test func `Only what isn't acknowledged is sent again`() {
    var peer = ScriptedPeer.connected(peerSize: 3)
    peer.leave(peer.end.send(Array("abcdef".utf8), at: peer.clock))
    #expect(peer.says([.ack], at: 1, acknowledging: 4) == [])
    peer.wait(.milliseconds(301))
    #expect(peer.text(peer.expire()) == ["psh+ack 4 1 def"])
    #expect(peer.says([.ack], at: 1, acknowledging: 7) == [.acknowledged])
    #expect(peer.end.deadline == nil)
  }

  @Test func `A window that was shut is asked about, and used when it opens`() {
    var peer = ScriptedPeer.connected(window: 0)
    #expect(peer.end.send(Array("abc".utf8), at: peer.clock) == [])
    peer.wait(.milliseconds(301))
    #expect(peer.text(peer.expire()) == ["psh+ack 1 1 a"])
    #expect(peer.text(peer.says([.ack], at: 1, acknowledging: 2, window: 100)) == ["psh+ack 2 1 bc"])
  }

  @Test func `Segments that come in the wrong order are put in order`() {
    var peer = ScriptedPeer.connected()
    #expect(peer.text(peer.says([.ack], at: 4, "def")) == ["ack 1 1"])
    #expect(peer.text(peer.says([.ack], at: 7, "ghi")) == ["ack 1 1"])
    #expect(peer.text(peer.says([.ack], at: 1, "abc")) == ["received(9)", "ack 1 10"])
    #expect(peer.end.stream == Array("abcdefghi".utf8))
  }

  @Test func `What comes twice, or overlaps, is taken once`() {
    var peer = ScriptedPeer.connected()
    peer.leave(peer.says([.ack], at: 1, "abc"))
    #expect(peer.text(peer.says([.ack], at: 1, "abc")) == ["ack 1 4"])
    #expect(peer.text(peer.says([.ack], at: 2, "bcde")) == ["received(2)", "ack 1 6"])
    #expect(peer.end.stream == Array("abcde".utf8))
  }

  @Test func `Withheld acknowledgements leave the peer's data under way`() {
    var peer = ScriptedPeer.connected()
    #expect(peer.end.acknowledge(false) == [])
    #expect(peer.says([.ack], at: 1, "abc") == [.received(3)])
    // It comes again, in smaller pieces.
    #expect(peer.says([.ack], at: 1, "ab") == [])
    #expect(peer.text(peer.end.send(Array("x".utf8), at: peer.clock)) == ["psh+ack 1 1 x"])
    #expect(peer.end.remoteNext == SequenceNumber(5004))
    #expect(peer.text(peer.end.acknowledge(true)) == ["ack 2 4"])
  }

  @Test(arguments: [(0, false), (1, true), (2, false), (70_000, false)])
  func `Only a reset with the number expected next ends the connection`(offset: Int, ends: Bool) {
    var peer = ScriptedPeer.connected()
    let answer = peer.text(peer.says([.rst], at: offset))
    // In the window it is asked about [RFC 5961 3.2], outside nobody cares.
    #expect(answer == (ends ? ["reset"] : offset == 2 ? ["ack 1 1"] : []))
    #expect((peer.end.state == .closed) == ends)
  }

  @Test func `A SYN on an open connection is asked about`() {
    var peer = ScriptedPeer.connected()
    #expect(peer.text(peer.says([.syn], at: 100)) == ["ack 1 1"])
    #expect(peer.end.state == .established)
  }

  @Test func `An acknowledgement of what was never sent is answered, not believed`() {
    var peer = ScriptedPeer.connected()
    peer.leave(peer.end.send(Array("abc".utf8), at: peer.clock))
    #expect(peer.text(peer.says([.ack], at: 1, acknowledging: 5)) == ["ack 4 1"])
    #expect(!peer.end.isAllAcknowledged)
  }

  @Test func `Data outside of the window is answered, not taken`() {
    var peer = ScriptedPeer.connected()
    #expect(peer.text(peer.says([.ack], at: 70_000, "far")) == ["ack 1 1"])
    #expect(peer.end.stream == [])
  }

  @Test func `This end closes, then the peer`() {
    var peer = ScriptedPeer.connected()
    #expect(peer.text(peer.end.close(at: peer.clock)) == ["fin+ack 1 1"])
    #expect(peer.says([.ack], at: 1, acknowledging: 2) == [.acknowledged])
    #expect(peer.end.state == .finWait2)
    #expect(
      peer.text(peer.says([.fin, .ack], at: 1, acknowledging: 2)) == ["ack 2 2", "finished", "closed"]
    )
    #expect(!peer.end.isOpen)
  }

  @Test func `The peer closes, then this end`() {
    var peer = ScriptedPeer.connected()
    #expect(peer.text(peer.says([.fin, .ack], at: 1)) == ["ack 1 2", "finished"])
    #expect(peer.end.state == .closeWait)
    #expect(peer.text(peer.end.close(at: peer.clock)) == ["fin+ack 1 2"])
    #expect(peer.says([.ack], at: 2, acknowledging: 2) == [.acknowledged, .closed])
  }

  @Test func `Both ends close at once`() {
    var peer = ScriptedPeer.connected()
    peer.leave(peer.end.close(at: peer.clock))
    #expect(peer.text(peer.says([.fin, .ack], at: 1, acknowledging: 1)) == ["ack 2 2", "finished"])
    #expect(peer.end.state == .closing)
    #expect(peer.says([.ack], at: 2, acknowledging: 2) == [.acknowledged, .closed])
    #expect(peer.end.state == .timeWait)
  }

  @Test func `A FIN that comes before the data behind which it stands waits for it`() {
    var peer = ScriptedPeer.connected()
    #expect(peer.text(peer.says([.fin, .ack], at: 4, "def")) == ["ack 1 1"])
    #expect(!peer.end.isFinished)
    #expect(peer.text(peer.says([.ack], at: 1, "abc")) == ["received(6)", "ack 1 8", "finished"])
  }

  @Test func `An end that is torn down resets the peer and hears nothing more`() {
    var peer = ScriptedPeer.connected()
    #expect(peer.text(peer.end.abort()) == ["rst+ack 1 1"])
    #expect(peer.end.abort() == [])
    #expect(peer.says([.ack], at: 1, "late") == [])
  }

  @Test func `Numbers that pass zero are numbers like others`() {
    var peer = ScriptedPeer.connected(local: .max - 1, remote: .max - 2)
    #expect(peer.text(peer.end.send(Array("abcdef".utf8), at: peer.clock)) == ["psh+ack 1 1 abcdef"])
    #expect(peer.end.localNext == SequenceNumber(5))
    #expect(peer.text(peer.says([.ack], at: 4, acknowledging: 3, "def")) == ["ack 7 1"])
    #expect(
      peer.text(peer.says([.ack], at: 1, acknowledging: 7, "abc")) == [
        "acknowledged", "received(6)", "ack 7 7",
      ]
    )
    #expect(peer.end.remoteNext == SequenceNumber(4))
    #expect(peer.text(peer.says([.rst], at: 7)) == ["reset"])
  }

  @Test func `Segments of any kind trap nothing, and the same ones lead to the same answers`() {
    for seed in 0..<1000 {
      let lives = (0..<2).map { _ in live(seed: UInt64(seed)) }
      #expect(lives[0].actions == lives[1].actions)
      // Memory stays small, whatever comes.
      #expect(lives[0].end.localNext - lives[0].end.localUnacknowledged <= 100)
    }
  }

  /// A conversation with a peer that says whatever comes to its mind.
  private func live(seed: UInt64) -> (actions: [TCPConversation.Action], end: TCPConversation) {
    var generator = Generator(seed: seed)
    var peer = ScriptedPeer(local: .random(in: 0 ... .max, using: &generator))
    var actions = peer.end.open()
    peer.leave(actions)
    for _ in 0..<40 {
      let isNear = Int.random(in: 0..<3, using: &generator) > 0
      let base = isNear ? peer.end.remoteNext : SequenceNumber(.random(in: 0 ... .max, using: &generator))
      let segment = TCPSegment(
        from: 7,
        to: 50_000,
        sequence: base + Int.random(in: -3...3, using: &generator),
        acknowledgement: peer.end.localNext + Int.random(in: -3...1, using: &generator),
        flags: TCPSegment.Flags(rawValue: .random(in: 0...255, using: &generator)),
        window: .random(in: 0...9, using: &generator),
        maximumSegmentSize: Bool.random(using: &generator) ? .random(in: 0...9, using: &generator) : nil,
        payload: [UInt8](repeating: 1, count: .random(in: 0...5, using: &generator))
      )
      var answer = peer.end.received(segment, at: peer.clock)
      if Int.random(in: 0..<4, using: &generator) == 0 { answer += peer.end.send([1, 2], at: peer.clock) }
      if Int.random(in: 0..<30, using: &generator) == 0 { answer += peer.end.close(at: peer.clock) }
      peer.leave(answer)
      peer.wait(.milliseconds(Int64.random(in: 0..<500, using: &generator)))
      actions += answer + peer.expire()
    }
    return (actions, peer.end)
  }
}
