/// A suite such as people write, but large: a thousand cases of ten trials each.
enum GeneratedSuite {
  static let caseCount = 1000
  static let trialCount = 10_000

  static var text: String {
    var text = """
      # yaml-language-server: $schema=../schema/suite.schema.json
      suite: generated
      title: A large suite
      cases:

      """
    for number in 0..<caseCount { text += testCase(number) }
    return text
  }

  private static func testCase(_ number: Int) -> String {
    let head = """
        - id: case-\(number)
          title: Number \(number) of a large suite asks and gets an answer
          requirement: RFC1122-3.2.2.6-a

      """
    switch number % 3 {
    case 0:
      return head + """
            vary: { length: [0, 1, 56, 512, 1472], ttl: [1, 64] }
            steps:
              - send:
                  - ipv4: { ttl: $ttl, tos: 0, dont-fragment: true }
                  - icmpv4: { type: echo-request, identifier: $id, sequence: \(number % 65_536) }
                  - data: { counter: $length }
              - expect:
                  - ipv4: { source: $target, destination: $tester, ttl: 32..255 }
                  - icmpv4: { type: echo-reply, code: 0, identifier: $id, sequence: $sent.icmpv4.sequence }
                  - data: $sent.data
                within: 1s

        """
    case 1:
      return head + """
            vary:
              code: [1..10]
            steps:
              - send:
                  - ipv6: { hop-limit: 255 }
                  - destination-options: { options: [{ padn: 4 }, { type: 0x1e, data: 01020304 }] }
                  - icmpv6: { type: echo-request, code: $code, identifier: $id, sequence: 7, checksum: wrong }
                  - data: { text: "number \(number)" }
                truncate: 60
                corrupt: [{ at: 41, xor: 0x01 }]
              - expect: nothing

        """
    default:
      return head + """
            vary: { size: [8, 16, 24, 32, 40], order: [{ forward: 0 }, { reverse: 1 }] }
            steps:
              - send:
                  - ipv4: { identification: $id + $order, options: [nop, { record-route: { slots: 3 } }] }
                  - udp: { source-port: $port, destination-port: 33434 + $size }
                  - data: { random: 100 }
                fragment: { size: 16, omit: [1], duplicate: [0] }
              - expect:
                  any-of:
                    - outcome: pass
                      packet:
                        - ipv4: { source: $target, total-length: 56..576 }
                        - icmpv4: { type: destination-unreachable, code: [port-unreachable, 13] }
                        - quoted: { of: $sent, at-least: 8, unchanged-except: [ttl, header-checksum] }
                    - outcome: warn
                      nothing: true
                      because: It is only a benchmark.

        """
    }
  }
}
