internal import Capture

/// How mutants deviate when a datagram doesn't become whole in time, over both IP versions.
enum ReassemblyTimerMutant: String, Deviation {
  case silentAboutReassemblyTimeout =
    "RFC1122-3.3.2-d RFC8200-4.5-60c: doesn't report what didn't become whole in time"
  case wrongCodeForReassemblyTimeout =
    "RFC1122-3.3.2-d RFC8200-4.5-60c: reports what didn't become whole as out of hops"
  case reportsTimeoutTwice =
    "RFC1122-3.3.2-d RFC8200-4.5-60f: reports what didn't become whole once for each fragment"
  case reportsTimeoutWithoutFirst =
    "RFC1122-3.3.2-f RFC8200-4.5-60d: reports what didn't become whole though its beginning never came"
  case reportsTimeoutAboutAnything =
    "RFC1122-3.3.2-e RFC4443-2.4.e.3-c RFC4443-2.4.e.6-u3: reports whatever didn't become whole, to whomever"
  case quotesWhatCameFirst =
    "RFC1122-3.3.2-d RFC8200-4.5-60f: quotes the fragment that came first, not the one with the beginning"
  case keepsFragmentsForGood = "RFC1122-3.3.2-c RFC8200-4.5-60b: never throws fragments away"
  case reportsTimeoutAndKeepsFragments =
    "RFC1122-3.3.2-c RFC8200-4.5-60b: reports what didn't become whole, and goes on waiting"
  case abandonsReassemblyEarly = "RFC1122-3.3.2-h RFC8200-4.5-60a: waits fifteen seconds for fragments"
  case abandonsReassemblyLate = "RFC1122-3.3.2-h RFC8200-4.5-60b: waits four minutes for fragments"
  case fragmentsProlongReassembly = "RFC1122-3.3.2-i RFC8200-4.5-60e: begins to wait anew with each fragment"
  case waitsAsLongAsTTLSays = "RFC1122-3.3.2-g: takes the TTL for the seconds that fragments are waited for"
}

extension ReferenceDevice {
  /// How long the fragments of a datagram are waited for: RFC8200-4.5-60b, and within what is recommended for IPv4
  /// [RFC1122-3.3.2-h], whatever its TTL [RFC1122-3.3.2-g].
  private func reassemblyTimeout(ttl: UInt8) -> Duration {
    if breaks(ReassemblyTimerMutant.abandonsReassemblyEarly) { return .seconds(15) }
    if breaks(ReassemblyTimerMutant.abandonsReassemblyLate) { return .seconds(240) }
    if breaks(ReassemblyTimerMutant.keepsFragmentsForGood) { return .seconds(86_400) }
    if breaks(ReassemblyTimerMutant.waitsAsLongAsTTLSays) { return .seconds(max(1, min(120, Int(ttl)))) }
    return .seconds(60)
  }

  /// What is known of a datagram when this fragment came: its time runs from the one that came first
  /// [RFC1122-3.3.2-i] [RFC8200-4.5-60e].
  func reassembly(_ known: Reassembly?, with fragment: [UInt8], ttl: UInt8) -> Reassembly {
    let deadline = now + reassemblyTimeout(ttl: ttl)
    guard var known else { return Reassembly(deadline: deadline, earliest: fragment) }
    if breaks(ReassemblyTimerMutant.fragmentsProlongReassembly) { known.deadline = deadline }
    return known
  }

  /// RFC1122-3.3.2-c: what didn't become whole in time is thrown away, and reported if fragment zero came
  /// [RFC1122-3.3.2-d]; without it nothing is said [RFC1122-3.3.2-f].
  mutating func abandonReassembly4() {
    for (key, reassembly) in reassembly4.expired(at: now) where !reassembly.isPoisoned {
      keep(reassembly) { device, kept in device.reassembly4[key] = kept }
      guard let first = reported(reassembly), let frame = reassembly.firstFrame ?? anyFrame else { continue }
      let header = Int(first.octet(0) & 15) * 4
      var datagram = IPv4Datagram(bytes: first, frame: frame, headerLength: header)
      if breaks(ReassemblyTimerMutant.reportsTimeoutWithoutFirst) { datagram = datagram.withoutItsOffset }
      for _ in 0..<timesReported {
        reportIPv4(
          11,
          timeoutCode,
          about: datagram,
          isForced: breaks(ReassemblyTimerMutant.reportsTimeoutAboutAnything)
        )
      }
    }
  }

  /// RFC8200-4.5-60b, -60c, -60f: the same for IPv6, once for each packet; nothing without fragment zero
  /// [RFC8200-4.5-60d].
  mutating func abandonReassembly6() {
    for (key, reassembly) in reassembly6.expired(at: now) where !reassembly.isPoisoned {
      keep(reassembly) { device, kept in device.reassembly6[key] = kept }
      guard let first = reported(reassembly), let frame = reassembly.firstFrame ?? anyFrame else { continue }
      for _ in 0..<timesReported {
        reportIPv6(
          3,
          timeoutCode,
          about: IPv6Packet(bytes: first, frame: frame),
          isForced: breaks(ReassemblyTimerMutant.reportsTimeoutAboutAnything)
        )
      }
    }
  }

  private var timeoutCode: UInt8 { breaks(ReassemblyTimerMutant.wrongCodeForReassemblyTimeout) ? 0 : 1 }

  private var timesReported: Int { breaks(ReassemblyTimerMutant.reportsTimeoutTwice) ? 2 : 1 }

  /// A frame around a fragment which isn't the first, for mutants.
  private var anyFrame: FrameHeader? {
    breaks(ReassemblyTimerMutant.reportsTimeoutWithoutFirst)
      ? FrameHeader(source: configuration.mac, destination: configuration.mac) : nil
  }

  /// The fragment that is reported: the one with the beginning, if it came.
  private func reported(_ reassembly: Reassembly) -> [UInt8]? {
    if breaks(ReassemblyTimerMutant.silentAboutReassemblyTimeout) { return nil }
    if breaks(ReassemblyTimerMutant.reportsTimeoutWithoutFirst) {
      return reassembly.first ?? reassembly.earliest
    }
    if breaks(ReassemblyTimerMutant.quotesWhatCameFirst), reassembly.first != nil {
      return reassembly.earliest
    }
    return reassembly.first
  }

  /// Puts back what a mutant doesn't throw away.
  private mutating func keep(
    _ reassembly: Reassembly,
    _ put: (inout ReferenceDevice, Reassembly) -> Void
  ) {
    guard breaks(ReassemblyTimerMutant.reportsTimeoutAndKeepsFragments) else { return }
    var kept = reassembly
    kept.deadline = now + .seconds(86_400)
    put(&self, kept)
  }
}
