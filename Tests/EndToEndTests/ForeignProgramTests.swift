import Foundation
import Testing

/// Programs of others that speak to the reference device: they are witnesses that it isn't only Assay's own idea of ICMP.
@Suite(.enabled(if: TapMachine.isPossible, TapMachine.needed), .timeLimit(.minutes(5)))
struct ForeignProgramTests {
  @Test(
    .enabled(if: Tool.exists("ping"), "ping isn't installed"),
    arguments: ["192.0.2.1", "2001:db8:1::1", "fe80::ff:fe00:101%near0"]
  )
  func `ping is answered, with the data that it sent`(address: String) async throws {
    let lab = try await LabUp("reference-tap")
    // An octet, the usual ones, and as many as take three fragments.
    for size in [1, 56, 4000] {
      let ping = try await lab.onTesterSide("ping -n -c 3 -i 0.05 -W 5 -p a55a -s \(size) \(address)".words)
      #expect(ping.status == 0, "\(ping)")
      #expect(ping.output.contains("3 packets transmitted, 3 received, 0% packet loss"), "\(ping)")
      #expect(!ping.output.contains("wrong data byte"), "\(ping)")
    }
    try await lab.down()
  }

  @Test(.enabled(if: Tool.exists("ping"), "ping isn't installed"))
  func `ping is told what is wrong with a packet`() async throws {
    let lab = try await LabUp("reference-tap")
    // A timestamp option fills up: addresses and times, of the device as of the others on the way.
    let stamps = try await lab.onTesterSide("ping -n -c 1 -W 5 -T tsandaddr 192.0.2.1".words)
    #expect(stamps.status == 0 && stamps.output.contains("192.0.2.1\t"), "\(stamps)")
    let route = try await lab.onTesterSide("ping -n -c 1 -W 5 -R 192.0.2.1".words)
    #expect(route.status == 0 && route.output.contains("RR:"), "\(route)")
    try await lab.down()
  }

  @Test(.enabled(if: Tool.hasTShark && Tool.exists("ping"), "tshark or ping isn't installed"))
  func `tshark sees the wire, and nothing wrong on it`() async throws {
    let lab = try await LabUp("reference-tap")
    let file = lab.place["seen.pcapng"]
    // Two packets of ping, and two answers, end the capture; it is ready when it has written the file's header.
    let script = """
      tshark -q -n -i near0 -f 'icmp or icmp6[0] == 128 or icmp6[0] == 129' -c 4 -w \(file) & \
      until [ -s \(file) ]; do sleep 0.05; done; sleep 0.5; \
      ping -c 1 -W 5 192.0.2.1 && ping -c 1 -W 5 2001:db8:1::1 && wait
      """
    let outcome = try await lab.onTesterSide(["sh", "-c", script])
    #expect(outcome.status == 0, "\(outcome)")
    let fields =
      "-T fields -E separator=, -e icmp.type -e icmpv6.type -e icmp.checksum.status -e icmpv6.checksum.status"
    let seen = try #require(Tool.run("tshark -n -r \(file) \(fields)"))
    #expect(seen.output.split(separator: "\n") == ["8,,1,", "0,,1,", ",128,,1", ",129,,1"])
    let warned = try #require(Tool.run("tshark -n -r \(file) -Y _ws.expert.severity>=0x600000"))
    #expect(warned.status == 0 && warned.output.isEmpty, "\(warned.output)")
    try await lab.down()
  }

  @Test(.enabled(if: Tool.hasScapy, "scapy isn't installed"))
  func `Packets of scapy are answered as they must be, with right checksums`() async throws {
    let lab = try await LabUp("reference-tap")
    let script = try lab.place.file("exchange.py", Self.script)
    let outcome = try await lab.onTesterSide(["/usr/bin/python3", script])
    #expect(outcome.status == 0, "\(outcome)")
    let answers = try JSONDecoder().decode([String: String].self, from: Data(outcome.output.utf8))
    #expect(
      answers == [
        "echo": "0/0 id 119 seq 3 'twelve octet' right",
        "echo with a wrong checksum": "none",
        "closed port": "3/3 quotes it all right",
        "timestamp": "14/0 id 119 seq 4 right",
        "echo6": "129 id 119 seq 5 'twelve octet' right",
        "echo6 with a wrong checksum": "none",
        "closed port6": "1/4 quotes it all right",
        "neighbor": "136 2001:db8:1::1 is at 02:00:00:00:01:01 right",
        "unknown option6": "4/2 at 42 quotes it all right",
        // The second and the third time it's a timer that asks.
        "neighbor that isn't there": "asked for 3 times",
      ]
    )
    try await lab.down()
  }

  /// Sends packets and tells the answers in a line each; `right` says that scapy would have computed the same checksums.
  private static let script = """
    import json, logging
    logging.getLogger("scapy").setLevel(logging.ERROR)
    from scapy.all import *
    from scapy.layers.inet6 import *
    conf.verb = 0

    four = Ether(dst="02:00:00:00:01:01") / IP(src="192.0.2.2", dst="192.0.2.1", id=0x4242)
    six = Ether(dst="02:00:00:00:01:01") / IPv6(src="2001:db8:1::2", dst="2001:db8:1::1")
    data = b"twelve octet"
    answers = {}

    def right(answer):
        again = Ether(bytes(answer))
        layer = again
        while layer and not isinstance(layer, NoPayload):
            if layer.name.endswith("error") or isinstance(layer, (IPerror6, Padding)):
                break
            for field in ("chksum", "cksum"):
                if field in layer.fields:
                    delattr(layer, field)
            layer = layer.payload
        return " right" if bytes(again) == bytes(answer) else " WRONG"

    def ask(name, packet, tell, timeout=5):
        packet = Ether(bytes(packet))
        answer = srp1(packet, iface="near0", timeout=timeout)
        if answer is None:
            answers[name] = "none"
            return
        quoted = bytes(packet)[14:] in bytes(answer)[34:]
        answers[name] = tell(answer) + (" quotes it all" if quoted else "") + right(answer)

    def echo(kind):
        def tell(answer):
            icmp = answer[kind]
            text = str(icmp.type) + ("/%d" % icmp.code if kind is ICMP else "") + " id %d seq %d" % (icmp.id, icmp.seq)
            load = icmp.data if kind is not ICMP else icmp[Raw].load if Raw in icmp else b""
            return text + (" %r" % load.decode() if load else "")
        return tell

    message = ICMP(id=119, seq=3) / data
    ask("echo", four / message, echo(ICMP))
    ask("echo with a wrong checksum", four / ICMP(id=119, seq=3, chksum=0x1234) / data, echo(ICMP), 0.5)
    ask("closed port", four / UDP(sport=40000, dport=33434) / data, lambda a: "%d/%d" % (a[ICMP].type, a[ICMP].code))
    ask("timestamp", four / ICMP(type=13, id=119, seq=4), echo(ICMP))
    message = ICMPv6EchoRequest(id=119, seq=5, data=data)
    ask("echo6", six / message, echo(ICMPv6EchoReply))
    message = ICMPv6EchoRequest(id=119, seq=5, data=data, cksum=0x1234)
    ask("echo6 with a wrong checksum", six / message, echo(ICMPv6EchoReply), 0.5)
    ask("closed port6", six / UDP(sport=40000, dport=33434) / data,
        lambda a: "%d/%d" % (a[ICMPv6DestUnreach].type, a[ICMPv6DestUnreach].code))
    ask("unknown option6",
        six / IPv6ExtHdrDestOpt(options=[HBHOptUnknown(otype=0xbe, optdata=b"1234")]) / ICMPv6EchoRequest(data=data),
        lambda a: "%d/%d at %d" % (a[ICMPv6ParamProblem].type, a[ICMPv6ParamProblem].code, a[ICMPv6ParamProblem].ptr))
    ask("neighbor",
        Ether(dst="33:33:ff:00:00:01") / IPv6(src="2001:db8:1::2", dst="ff02::1:ff00:1", hlim=255)
        / ICMPv6ND_NS(tgt="2001:db8:1::1") / ICMPv6NDOptSrcLLAddr(lladdr="06:a5:5a:00:00:02"),
        lambda a: "%d %s is at %s" % (a[ICMPv6ND_NA].type, a[ICMPv6ND_NA].tgt, a[ICMPv6NDOptDstLLAddr].lladdr))
    seeker = AsyncSniffer(iface="near0", count=3, timeout=30, started_callback=lambda: sendp(
        Ether(dst="02:00:00:00:01:01") / IP(src="192.0.2.99", dst="192.0.2.1") / ICMP(id=119), iface="near0"),
        lfilter=lambda p: ARP in p and p[ARP].op == 1 and p[ARP].pdst == "192.0.2.99")
    seeker.start()
    seeker.join()
    answers["neighbor that isn't there"] = "asked for %d times" % len(seeker.results)
    print(json.dumps(answers))
    """
}
