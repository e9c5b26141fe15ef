internal import CLinux
internal import Glibc
internal import Link

extension OpenLab {
  /// Lets the target forget all flows that it has seen: connections, their translations, whatever would make a packet an answer.
  ///
  /// A firewall remembers the flows of one run for minutes; in the next one, which has the same addresses and numbers, a
  /// packet that nobody asked for would look like an answer.
  ///
  /// - Throws: `failed` if the kernel can't, for lack of connection tracking or of its netlink interface.
  public func forgetFlows() throws(LabError) {
    let outcome = try inTarget { () -> SystemErrno? in
      var message = NetlinkMessage(Int(NFNL_SUBSYS_CTNETLINK) << 8 | Int(IPCTNL_MSG_CT_DELETE.rawValue))
      var header = nfgenmsg()
      header.nfgen_family = UInt8(AF_UNSPEC)
      message.append(header)
      do throws(SystemErrno) {
        try NetlinkSocket(NETLINK_NETFILTER).perform(message)
        return nil
      } catch { return error }
    }
    if let outcome { throw .failed(step: "forget the target's flows", reason: outcome.text) }
  }
}
