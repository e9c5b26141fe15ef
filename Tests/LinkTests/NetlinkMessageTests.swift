import Link
import Testing
import Wire

/// What is said to the kernel about interfaces, and what it says.
@Suite struct NetlinkMessageTests {
  @Test func `Attributes are padded to four octets and say their length without the padding`() {
    var message = NetlinkMessage(16)
    message.attribute(3, text: "ab")
    message.nest(18) { $0.attribute(4, number: UInt32(1500)) }
    let expected: [UInt8] = [7, 0, 3, 0, 97, 98, 0, 0, 12, 0, 18, 0, 8, 0, 4, 0, 0xdc, 5, 0, 0]
    #expect(Array(message.bytes.dropFirst(16)) == expected)
  }

  @Test func `Attributes are found behind the fixed header`() {
    let body: [UInt8] = [0, 0, 0, 0, 7, 0, 3, 0, 97, 98, 0, 0, 8, 0, 4, 0x80, 1, 0, 0, 0]
    let attributes = NetlinkReply(type: 16, body: body).attributes(behind: 4)
    #expect(attributes == [3: [97, 98, 0], 4: [1, 0, 0, 0]])
  }

  @Test(arguments: 0...40)
  func `A message that is cut or lies about lengths is read without a trap`(length: Int) {
    var body = [UInt8](repeating: 0xff, count: length)
    let reply = NetlinkReply(type: 16, body: body)
    #expect(reply.attributes(behind: 4).isEmpty)
    body.append(contentsOf: [3, 0, 0, 0])  // Shorter than its own header.
    #expect(NetlinkReply(type: 16, body: body).attributes(behind: length).isEmpty)
    #expect((NetworkInterface(reply) == nil) == (length < 12))
  }

  @Test func `The machine's loopback is found by its name`() throws {
    let socket = try NetlinkSocket()
    let loopback = try NetworkInterface(named: "lo", through: socket)
    #expect(loopback.name == "lo")
    #expect(loopback.index == 1)
    #expect(loopback.hardwareType == 772)
    #expect(loopback.mac.rawValue == 0)
  }

  @Test func `A name that no interface has is ENODEV`() throws {
    let socket = try NetlinkSocket()
    #expect(throws: SystemErrno(19)) { try NetworkInterface(named: "nowhere0", through: socket) }
  }
}
