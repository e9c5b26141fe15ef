internal import CLinux
internal import CPcap
internal import Capture
internal import Glibc

/// libpcap's handle of one live capture, closed exactly once: with its last reference.
///
/// Frames are stamped by the kernel in nanoseconds and handed over at once (immediate mode), both those that
/// come in and those that other sockets of this machine send out.
final class PcapHandle {
  private let handle: OpaquePointer
  private var earlier: pcap_stat = pcap_stat()
  private var dropped = 0

  /// Starts to capture.
  ///
  /// In immediate mode the buffer is a ring of slots as long as the longest frame to be kept.
  init(interface: String, snapLength: Int, bufferBytes: Int) throws(LinkError) {
    var text = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
    guard let handle = pcap_create(interface, &text) else {
      throw .system("capture on \(interface): \(Self.words(text))")
    }
    self.handle = handle
    let limit = Int(Int32.max)
    pcap_set_snaplen(handle, Int32(min(max(snapLength, 64), 262_144)))
    pcap_set_buffer_size(handle, Int32(min(max(bufferBytes, 65_536), limit)))
    pcap_set_promisc(handle, 1)
    pcap_set_immediate_mode(handle, 1)
    let status = pcap_set_tstamp_precision(handle, PCAP_TSTAMP_PRECISION_NANO)
    if status != 0 { throw .system("\(interface) can't be stamped in nanoseconds: \(Self.words(status))") }
    try activate(interface)
    let type = pcap_datalink(handle)
    if type != DLT_EN10MB {
      throw .notEthernet(pcap_datalink_val_to_name(type).map { String(cString: $0) } ?? "\(type)")
    }
    if pcap_setnonblock(handle, 1, &text) != 0 {
      throw .system("capture on \(interface): \(Self.words(text))")
    }
  }

  deinit { pcap_close(handle) }

  private func activate(_ interface: String) throws(LinkError) {
    let status = pcap_activate(handle)
    if status >= 0 { return }  // A positive one is a warning, for example that promiscuity isn't to be had.
    switch status {
    case PCAP_ERROR_PERM_DENIED, PCAP_ERROR_PROMISC_PERM_DENIED:
      throw .notPermitted(LinkError.howToGetRawSockets(interface))
    case PCAP_ERROR_NO_SUCH_DEVICE:
      throw .noSuchInterface(interface)
    case PCAP_ERROR_IFACE_NOT_UP:
      throw .interfaceDown(interface)
    default:
      throw .system("capture on \(interface): \(Self.words(status)) (\(lastError))")
    }
  }

  /// The descriptor which is readable when there are frames.
  var selectable: Int32 { pcap_get_selectable_fd(handle) }

  /// The next frame, or nil if there is none yet.
  func next() throws(LinkError) -> CapturedFrame? {
    var header: UnsafeMutablePointer<pcap_pkthdr>?
    var data: UnsafePointer<UInt8>?
    let status = pcap_next_ex(handle, &header, &data)
    if status == 1, let header = header?.pointee, let data {
      let bytes = UnsafeBufferPointer(start: data, count: Int(header.caplen))
      // With nanosecond precision the field for microseconds holds nanoseconds.
      let seconds = Int64(header.ts.tv_sec).multipliedReportingOverflow(by: 1_000_000_000).partialValue
      return CapturedFrame(
        time: Timestamp(nanoseconds: seconds &+ Int64(header.ts.tv_usec)),
        bytes: [UInt8](bytes),
        originalLength: Int(header.len)
      )
    }
    if status < 0 { throw .system("capture: \(lastError)") }
    return nil
  }

  /// Frames lost because the ring was full, since the start.
  func droppedByKernel() -> Int {
    var now = pcap_stat()
    guard pcap_stats(handle, &now) == 0 else { return dropped }
    // The counter has 32 bits and may wrap.
    dropped += Int(now.ps_drop &- earlier.ps_drop)
    earlier = now
    return dropped
  }

  private var lastError: String { pcap_geterr(handle).map { String(cString: $0) } ?? "unknown error" }

  private static func words(_ status: Int32) -> String { String(cString: pcap_statustostr(status)) }

  private static func words(_ text: [CChar]) -> String {
    String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

extension LinkError {
  /// Which privilege raw frames need, and the ways to get it.
  static func howToGetRawSockets(_ interface: String) -> String {
    """
    capturing and sending raw frames on \(interface) needs CAP_NET_RAW: run as root, or give it to the command \
    once (sudo setcap cap_net_raw,cap_net_admin+ep PATH-OF-ASSAY); a lab (--lab linux-host) needs no privilege
    """
  }
}
