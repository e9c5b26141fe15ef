internal import CLinux
internal import Glibc

/// A netlink socket; it belongs to the network namespace in which it was opened, wherever its thread goes.
package final class NetlinkSocket {
  package let descriptor: Descriptor
  private var sequence: UInt32 = 0

  /// Opens it to a part of the kernel, with a subscription to groups (`RTMGRP_LINK`…).
  package init(
    _ family: Int32 = NETLINK_ROUTE,
    groups: UInt32 = 0,
    nonBlocking: Bool = false
  ) throws(SystemErrno) {
    let waiting = nonBlocking ? SOCK_NONBLOCK.rawValue : 0
    let kind = Int32(SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue | waiting)
    let number = socket(AF_NETLINK, kind, family)
    if number < 0 { throw .last }
    descriptor = Descriptor(owning: number)
    var address = sockaddr_nl()
    address.nl_family = UInt16(AF_NETLINK)
    address.nl_groups = groups
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(number, $0, socklen_t(MemoryLayout<sockaddr_nl>.size))
      }
    }
    if bound != 0 { throw .last }
  }

  /// Asks for a change and waits until the kernel has made it.
  package func perform(_ message: NetlinkMessage) throws(SystemErrno) {
    _ = try converse(message, flags: UInt16(NLM_F_ACK))
  }

  /// Asks for one thing, or with `NLM_F_DUMP` for many.
  package func query(_ message: NetlinkMessage) throws(SystemErrno) -> [NetlinkReply] {
    try converse(message, flags: 0)
  }

  /// The messages that have arrived on a non-blocking socket; nil if the kernel had to drop some.
  package func pending() -> [NetlinkReply]? {
    var all: [NetlinkReply] = []
    while true {
      let bytes: [UInt8]
      do throws(SystemErrno) { bytes = try receive() } catch {
        return error.code == ENOBUFS ? nil : all
      }
      if bytes.isEmpty { return all }
      for (_, _, reply) in split(bytes) { all.append(reply) }
    }
  }

  private func converse(_ message: NetlinkMessage, flags: UInt16) throws(SystemErrno) -> [NetlinkReply] {
    sequence &+= 1
    var bytes = message.finished(sequence: sequence)
    let asked = (bytes.number(at: 6, as: UInt16.self) ?? 0) | flags
    withUnsafeBytes(of: asked) { bytes.replaceSubrange(6..<8, with: $0) }
    if send(descriptor.number, bytes, bytes.count, 0) < 0 { throw .last }
    let isDump = asked & UInt16(NLM_F_DUMP) == UInt16(NLM_F_DUMP)
    var replies: [NetlinkReply] = []
    while true {
      for (number, isLast, reply) in split(try receive()) where number == sequence {
        if reply.type == Int(NLMSG_ERROR) {
          let code = reply.number(0, as: Int32.self) ?? -EPROTO
          if code != 0 { throw SystemErrno(-code) }
          return replies
        }
        if reply.type == Int(NLMSG_DONE) { return replies }
        replies.append(reply)
        if !isDump, isLast, flags & UInt16(NLM_F_ACK) == 0 { return replies }
      }
    }
  }

  private func receive() throws(SystemErrno) -> [UInt8] {
    while true {
      var length = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
        length = recv(descriptor.number, buffer.baseAddress, buffer.count, 0)
        count = max(0, length)
      }
      if length >= 0 { return bytes }
      if errno != EINTR { throw .last }
    }
  }

  /// The messages of one datagram with their sequence numbers, and whether each isn't part of a sequence.
  private func split(_ bytes: [UInt8]) -> [(sequence: UInt32, isLast: Bool, reply: NetlinkReply)] {
    var found: [(UInt32, Bool, NetlinkReply)] = []
    var offset = 0
    while let length = bytes.number(at: offset, as: UInt32.self), length >= 16,
      offset + Int(length) <= bytes.count,
      let type = bytes.number(at: offset + 4, as: UInt16.self),
      let flags = bytes.number(at: offset + 6, as: UInt16.self),
      let sequence = bytes.number(at: offset + 8, as: UInt32.self)
    {
      let body = Array(bytes[(offset + 16)..<(offset + Int(length))])
      found.append((sequence, flags & UInt16(NLM_F_MULTI) == 0, NetlinkReply(type: Int(type), body: body)))
      offset += (Int(length) + 3) & ~3
    }
    return found
  }
}
