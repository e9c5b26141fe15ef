import Foundation
import Testing

/// Cases that talk with a service of the target, on both targets that this machine can make.
@Suite(.enabled(if: Command.isLabPossible, Command.needsLab), .timeLimit(.minutes(5)))
struct ConversationRunTests {
  private static let suite = """
    suite: talk
    needs: [tcp-port, udp-echo-port]
    cases:
      - id: echo
        title: What is sent comes back, whatever its length
        requirement: RFC5927-4.1-a
        vary: { to: [$target.ipv4, $target.ipv6, $target.link-local], length: [1, 1000, 20000] }
        steps:
          - tcp-connect: { to: $to, port: $capability.tcp-port, as: conn }
          - tcp-exchange: { on: conn, data: { counter: $length }, expect: echo }
          - tcp-close: { on: conn }
      - id: spoofed-port-unreachable
        title: An error about octets that were never sent leaves the connection up
        requirement: RFC5927-4.1-a
        vary: { code: [protocol-unreachable, port-unreachable] }
        steps:
          - tcp-connect: { port: $capability.tcp-port, as: conn }
          - tcp-exchange: { on: conn, data: hello, expect: echo }
          - send:
              - ipv4
              - icmpv4: { type: destination-unreachable, code: $code }
              - quote:
                  - ipv4
                  - tcp:
                      source-port: $conn.remote-port
                      destination-port: $conn.local-port
                      sequence: $conn.remote-next + 100000
          - tcp-exchange: { on: conn, data: still here, expect: echo }
      - id: fragmentation-needed
        title: Octets under way are sent again in segments that fit the narrower path
        requirement: RFC1191-6.4-a
        steps:
          - tcp-connect: { port: $capability.tcp-port, as: conn, mss: 1460 }
          - tcp-exchange: { on: conn, data: { counter: 1200 }, expect: echo, acknowledge: false }
          - send:
              - ipv4
              - icmpv4: { type: destination-unreachable, code: fragmentation-needed, mtu: 576 }
              - quote: { of: $conn.last-received }
          - expect:
              - ipv4: { total-length: { at-most: 576 } }
              - tcp: { source-port: $conn.remote-port, sequence: $conn.last-received.tcp.sequence }
              - data: { length: 1..536 }
          - tcp-exchange: { on: conn, acknowledge: true }
          - tcp-exchange: { on: conn, data: and on, expect: echo }
      - id: closed
        title: A connection is refused where nobody listens
        requirement: RFC5927-4.1-a
        vary: { to: [$target.ipv4, $target.ipv6] }
        steps:
          - tcp-connect: { to: $to, port: $capability.tcp-closed-port, as: conn, expect: refused }
      - id: datagram
        title: A datagram comes back from where it was sent to
        requirement: RFC5927-4.1-a
        vary: { to: [$target, $target.ipv6, $target.link-local], length: [0, 1, 1000] }
        steps:
          - udp-exchange: { to: $to, port: $capability.udp-echo-port, data: { counter: $length } }
    """
  private static let count = 9 + 2 + 1 + 2 + 9

  /// A directory with the suite, which others may read.
  private func place() throws -> Place {
    let place = Place()
    _ = try place.file("talk.yaml", Self.suite)
    return place
  }

  @Test func `The reference device converses`() async throws {
    let place = try place()
    let run = try await Command().run("run --lab reference \(place["talk.yaml"]) --no-reports")
    #expect(run.status == 0, "\(run)")
    #expect(run.lastLine.hasPrefix("\(Self.count) passed, 0 failed"))
  }

  @Test(arguments: Command.users)
  func `The kernel of this machine converses`(user: Command.User) async throws {
    let place = try place()
    let run = try await Command(user: user).run("run --lab linux-host \(place["talk.yaml"]) --no-reports")
    #expect(run.status == 0, "\(run)")
    #expect(run.lastLine.hasPrefix("\(Self.count) passed, 0 failed"))
  }

  @Test func `A lab that stays up has its services, time and again, and keeps no connection`() async throws {
    let place = try place()
    let lab = try await LabUp()
    for _ in 0..<2 {
      let run = try await lab.command.run("run --lab linux-host \(place["talk.yaml"]) --no-reports")
      #expect(run.status == 0, "\(run)")
    }
    let open = try await lab.command.run("lab shell -- cat /proc/net/tcp /proc/net/tcp6")
    // 01 is an established connection, 0007 the port.
    let lines = open.output.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(lines.contains { $0.count > 3 && $0[1].hasSuffix(":0007") && $0[3] == "0A" }, "\(open)")
    #expect(!lines.contains { $0.count > 3 && $0[1].hasSuffix(":0007") && $0[3] == "01" }, "\(open)")
    try await lab.down()
  }
}
